import ScoreClaims
import ScoreLab
import TestSupport
import Testing

@testable import ReportFiles

@Suite struct ReportFolderTests {
  private func small() throws -> ExperimentConfiguration {
    try ExperimentConfiguration("outlier_score").setting(["samples=20", "repeats=100"])
  }

  /// What a folder's files say of the claim is what the report says, to the last bit.
  private func expectFound(
    _ report: ExperimentReport, in path: String, _ configuration: ExperimentConfiguration
  ) throws {
    let found = try #require(try FinishedReport.read(path: path, configuration: configuration))
    #expect(found.answer == report.verdict.answer && found.seed == configuration.seed)
    #expect(found.statement == report.verdict.deciding?.statement)
    #expect(found.measured == report.verdict.deciding?.measured)
    #expect(found.interval == report.verdict.deciding?.interval)
    var other = configuration
    other.seed += 1
    #expect(try FinishedReport.read(path: path, configuration: other) == nil)
    let table = try FileReader.text("\(path)/checks.csv", limit: 1 << 20)
    try FileWriter.writeAtomically(table + "\n", to: "\(path)/more.csv")
    let changed = try FinishedReport.read(path: path, configuration: configuration)
    #expect(changed?.digest != found.digest)
  }

  @Test("An experiment's folder has configuration, tables, figures and a report with its verdict")
  func contents() throws {
    let home = try TemporaryFolder()
    let configuration = try small()
    let folder = try ReportFolder(path: "\(home.path)/deep/er", configuration: configuration)
    var run = try configuration.makeDriver(dataSource: DataFile(), store: folder.store())
    while !run.isFinished { try run.step() }
    let report = run.report
    try folder.write(
      report, command: "scorefield experiment outlier_score", program: "scorefield 1.2, commit ab"
    )
    let text = try FileReader.text("\(folder.path)/report.md", limit: 1 << 20)
    #expect(text.contains("## Verdict: \(report.verdict.answer.rawValue)"))
    #expect(text.contains("with scorefield 1.2, commit ab;"))
    try expectFound(report, in: folder.path, configuration)
    for figure in report.figures {
      #expect(text.contains("(\(figure.name).png)"))
      for ending in ["svg", "pdf", "png"] {
        #expect(FileReader.exists("\(folder.path)/\(figure.name).\(ending)"))
      }
    }
    for table in report.tables {
      let csv = try FileReader.text("\(folder.path)/\(table.name).csv", limit: 1 << 20)
      #expect(csv == table.csv)
    }
    let held = try ExperimentConfiguration.load(file: "\(folder.path)/configuration.yaml")
    #expect(held == configuration)
  }

  @Test("What decided is the check with the verdict's name, number, interval and requirement")
  func deciding() throws {
    let home = try TemporaryFolder()
    let configuration = try small()
    let folder = try ReportFolder(path: home.path, configuration: configuration)
    func check(
      _ statement: String, kind: Check.Kind = .claim, name: String = "rate",
      measured: Double = 0.5, interval: ClosedRange<Double> = 0.4...0.6, bound: Double = 1
    ) -> Check {
      Check(
        kind, name, statement, measured: measured, interval: interval, .atMost(bound), basis: "b")
    }
    let passed = [
      check("another name", name: "other"), check("a number, \"quoted\"", measured: 0.4),
      check("a narrower interval", interval: 0.45...0.55), check("a higher bound", bound: 2),
      check("no claim", kind: .agreement, interval: 0.4...1.6),
    ]
    for (failed, answer) in [
      (check("fails", bound: 0.1), ClaimVerdict.Answer.didNotHold),
      (check("wide", interval: 0.4...1.6), .notTested),
    ] {
      let report = ExperimentReport(
        title: "t", claim: "c", source: "s", checks: passed + [failed])
      try folder.write(report, command: "c", program: "p")
      let found = try #require(
        try FinishedReport.read(path: folder.path, configuration: configuration))
      #expect(found.answer == answer && found.statement == failed.statement)
      #expect(found.measured == 0.5 && found.interval == failed.interval)
      #expect(found.requirement == ReportText.requirement(failed))
    }
  }

  @Test("A folder that holds another configuration is refused and left as it is")
  func otherConfiguration() throws {
    let home = try TemporaryFolder()
    let configuration = try small()
    _ = try ReportFolder(path: home.path, configuration: configuration)
    _ = try ReportFolder(path: home.path, configuration: configuration)
    let other = try configuration.setting(["samples=21"])
    #expect(throws: FileError.self) { try ReportFolder(path: home.path, configuration: other) }
    let held = try FileReader.text("\(home.path)/configuration.yaml", limit: 1 << 20)
    #expect(held == configuration.yaml)
  }

  @Test("A unit that was kept comes back byte for byte")
  func units() throws {
    let home = try TemporaryFolder()
    let store = FolderStore(path: home.path)
    #expect(try store.load("a-1") == nil)
    let text = Array("0.1,nan,-inf,5e-324\n".utf8)
    try store.save(text, as: "a-1")
    #expect(try store.load("a-1") == text)
  }

  @Test("A figure or table is saved under a name that no file has")
  func exhibits() throws {
    let home = try TemporaryFolder()
    let figure = FigureFileTests.figure([FigureFileTests.series(.line)])
    #expect(try ExhibitFiles.write(figure, to: home.path) == ["test.svg", "test.pdf", "test.png"])
    try FileWriter.writeAtomically("mine", to: "\(home.path)/test-2.pdf")
    #expect(
      try ExhibitFiles.write(figure, to: home.path) == ["test-3.svg", "test-3.pdf", "test-3.png"])
    #expect(try FileReader.text("\(home.path)/test-2.pdf", limit: 10) == "mine")
    let report = try small().makeDriver(dataSource: DataFile()).report
    let table = try #require(report.tables.first)
    let name = "\(table.name).csv"
    #expect(try ExhibitFiles.write(table, to: home.path) == [name])
    #expect(try FileReader.text("\(home.path)/\(name)", limit: 1 << 20) == table.csv)
    #expect(throws: FileError.self) { try ExhibitFiles.write(table, to: "\(home.path)/none") }
  }
}
