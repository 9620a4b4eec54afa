import ScoreClaims
import ScoreCore
import ScoreLab
import Testing

/// What holds for every experiment of the catalog; a new one is tested by being listed.
@Suite struct ExperimentContractTests {
  static let names = ExperimentCatalog.all.map(\.name)

  @Test("Its configuration reads back from its own YAML", arguments: names)
  func yaml(name: String) throws {
    var configuration = ExperimentConfiguration(name)
    configuration.seed = 11
    #expect(
      try ExperimentConfiguration.parse(text: configuration.yaml, file: "e.yaml") == configuration)
  }

  @Test("A distribution that cannot be made is named by its place in the run")
  func distributionError() {
    var configuration = ExperimentConfiguration("certificate")
    configuration.run.distribution = DistributionConfiguration(
      kind: "gaussian_mixture", parameters: ["components": .list([.map(["mean": .text("far")])])])
    let error = #expect(throws: ParameterError.self) {
      try configuration.makeDriver(dataSource: DataFile())
    }
    #expect(error?.path == ["run", "distribution", "components", "1", "mean"])
    #expect(error?.description.hasPrefix("run.distribution.components.1.mean: expected") == true)
  }

  @Test("It starts, takes a step, and its reports are fit for files", arguments: names)
  func reports(name: String) throws {
    var run = try ExperimentConfiguration(name).setting(CreditSample.settings(of: name))
      .makeDriver(dataSource: DataFile())
    #expect(run.unitsDone == 0)
    check(run.report)
    #expect(run.report.faults.isEmpty)
    try run.step()
    #expect(run.unitsDone <= run.unitCount)
    #expect(!run.activity.isEmpty)
    check(run.report)
  }

  private func check(_ report: ExperimentReport) {
    #expect(!report.title.isEmpty && !report.claim.isEmpty && !report.source.isEmpty)
    let (figures, tables) = (report.figures.map(\.name), report.tables.map(\.name) + ["checks"])
    #expect(Set(figures).count == figures.count && Set(tables).count == tables.count)
    let plain = { (byte: UInt8) in
      byte == 0x5F || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
    for stem in figures + tables + report.checks.map(\.name) {
      #expect(!stem.isEmpty && stem.utf8.allSatisfy(plain))
    }
    for figure in report.figures {
      guard case .plot(let plot) = figure.content else { continue }
      // Bars with names need no more words below them.
      #expect(!plot.x.label.isEmpty || !plot.categories.isEmpty)
      #expect(!plot.y.label.isEmpty)
      let labels = plot.series.map(\.label) + plot.marks.map(\.label)
      #expect(Set(labels).count == labels.count, "\(figure.name): \(labels)")
      #expect(plot.series.count < 2 || !labels.contains(""), "\(figure.name)")
    }
  }

  @Test("Unknown keys, and a run for an experiment without one, are refused with the place")
  func refusals() {
    func message(_ text: String) -> String {
      do {
        _ = try ExperimentConfiguration.parse(text: text, file: "e.yaml")
        return "no error"
      } catch { return "\(error)" }
    }
    #expect(message("seed: 1").contains("experiment must be given"))
    #expect(message("experiment: outlier_score\nslop: 3").contains("e.yaml:2: slop: unknown key"))
    #expect(
      message("experiment: outlier_score\nrun: {seed: 1}").contains("trains and samples no run"))
  }
}
