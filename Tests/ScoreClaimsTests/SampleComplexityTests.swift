import ScoreCore
import Synchronization
import TestSupport
import Testing

@testable import ScoreClaims
@testable import ScoreLab

/// A folder of units that remembers what was asked of it.
private final class WatchedStore: UnitStore {
  private let folder: FolderStore
  private let saved = Mutex<[String]>([])

  init(_ path: String) { folder = FolderStore(path: path) }

  /// The keys saved, in order.
  var savedKeys: [String] { saved.withLock { $0 } }

  func load(_ key: String) throws(FileError) -> [UInt8]? { try folder.load(key) }

  func save(_ text: [UInt8], as key: String) throws(FileError) {
    saved.withLock { $0.append(key) }
    try folder.save(text, as: key)
  }
}

@Suite struct SampleComplexityTests {
  private func configuration(_ assignments: String...) throws -> ExperimentConfiguration {
    try ExperimentConfiguration("sample_complexity").setting(
      [
        "first=20", "last=80", "values=3", "repeats=2", "steps=300", "patience=200",
        "run.network.hidden=[8]", "run.network.time_features=8", "run.optimizer.batch=32",
        "run.sampler.count=40", "run.sampler.steps=4", "run.probe.levels=3", "run.probe.points=256",
      ] + assignments)
  }

  private func run(
    _ configuration: ExperimentConfiguration, threads: Int = 1, store: any UnitStore = NoStore()
  ) throws -> any ExperimentDriver {
    try configuration.makeDriver(threads: threads, dataSource: DataFile(), store: store)
  }

  private func finished(_ run: any ExperimentDriver) throws -> any ExperimentDriver {
    var run = run
    while !run.isFinished { try run.step() }
    return run
  }

  @Test("A run that was killed half-way goes on from its finished units, to the same report")
  func resumption() throws {
    let configuration = try configuration()
    let whole = try finished(run(configuration))
    let folder = try TemporaryFolder()
    let first = WatchedStore(folder.path)
    var killed: (any ExperimentDriver)? = try run(configuration, store: first)
    while first.savedKeys.count < 3 { try killed?.step() }
    killed = nil
    let second = WatchedStore(folder.path)
    let resumed = try run(configuration, store: second)
    #expect(resumed.unitsDone >= first.savedKeys.count * resumed.unitCount / 6)
    let report = try finished(resumed).report
    #expect(report == whole.report)
    #expect(Set(first.savedKeys).isDisjoint(with: second.savedKeys))
    #expect(Set(first.savedKeys + second.savedKeys).count == 6)
    #expect(first.savedKeys.count + second.savedKeys.count == 6)
    let third = WatchedStore(folder.path)
    #expect(try finished(run(configuration, store: third)).report == report)
    #expect(third.savedKeys.isEmpty)
  }

  @Test("One and two threads give equal reports, on the way as well as in the end")
  func threads() throws {
    let configuration = try configuration()
    var one = try run(configuration, threads: 1)
    var two = try run(configuration, threads: 2)
    while !one.isFinished {
      try one.step()
      try two.step()
      #expect(one.unitsDone == two.unitsDone)
    }
    #expect(two.isFinished && one.report == two.report)
  }

  @Test("Other values are not taken for finished units, and a longer sweep keeps those it has")
  func keys() throws {
    let folder = try TemporaryFolder()
    let first = WatchedStore(folder.path)
    _ = try finished(run(configuration("values=2", "repeats=1"), store: first))
    #expect(first.savedKeys.map { $0.prefix(12) } == ["n-20-seed-1-", "n-80-seed-1-"])
    let longer = WatchedStore(folder.path)
    _ = try finished(run(configuration("values=3", "repeats=1"), store: longer))
    #expect(longer.savedKeys.map { $0.prefix(12) } == ["n-40-seed-1-"])
    let other = WatchedStore(folder.path)
    _ = try finished(run(configuration("values=2", "repeats=1", "patience=100"), store: other))
    #expect(other.savedKeys.count == 2)
  }

  @Test("Checks are open until every run is done, and progress never falls", arguments: [1, 2])
  func progress(repeats: Int) throws {
    var run = try run(configuration("repeats=\(repeats)"))
    #expect(run.report.checks.allSatisfy { $0.outcome == .open } && run.unitsDone == 0)
    var before = 0
    while !run.isFinished {
      try run.step()
      #expect(run.unitsDone >= before && run.unitsDone <= run.unitCount)
      before = run.unitsDone
      if !run.isFinished { #expect(run.report.verdict.answer == .notTested) }
    }
    #expect(run.report.checks.allSatisfy { $0.outcome != .open })
    #expect(run.report.faults.isEmpty)
  }

  @Test(
    "Every sweep has a point for each value and finite errors",
    arguments: [
      ("width", "first=2", "run.seed=7"), ("noise_level", "first=0.01", "last=1"),
      ("dimension", "last=4", "run.distribution={kind: uniform}"),
    ])
  func sweeps(name: String, first: String, second: String) throws {
    var assignments = ["sweep=\(name)", "first=0", "last=0", first]
    if name == "dimension" { assignments.append("first=1") }
    if name == "width" { assignments.append("last=8") }
    if second != "run.seed=7" { assignments.append(second) }
    let configuration = try configuration("values=2", "repeats=1", "run.training_set.count=30")
      .setting(assignments)
    let report = try finished(run(configuration)).report
    let figures = report.figures.filter { $0.name.hasSuffix("against_\(name)") }
    #expect(figures.count == (name == "noise_level" ? 2 : 3))
    for figure in figures {
      guard case .plot(let plot) = figure.content else { Issue.record("no plot"); continue }
      #expect(plot.series.allSatisfy { $0.x.count == 2 && $0.y.allSatisfy(\.isFinite) })
    }
    #expect(!report.checks.contains { $0.outcome == .open })
    #expect(report.verdict.answer == .notTested)
  }

  @Test("The kernel baseline is the exact score of the training points under the stored bandwidth")
  func kernelBaseline() throws {
    let configuration = try configuration()
    let distribution = try configuration.run.distribution.makeDistribution(dataSource: DataFile())
    var trial = ComplexityTrial(
      configuration: configuration.run, distribution: distribution, stepCount: 100, patience: 100)
    let record = trial.finish()
    var stream = RandomStream(seed: configuration.run.seed, purpose: .trainingSet)
    let points = distribution.sample(count: 300, using: &stream)
    let kernel = try SmoothedPoints(
      table: DataTable(names: ["x"], points: points), scaling: .none, bandwidth: record.bandwidth)
    var probe = ErrorProbe(
      distribution: distribution, process: configuration.run.process.make(), levelCount: 3,
      pointCount: 256,
      seed: configuration.run.seed)
    for index in 0..<3 {
      let error = probe.measure(ExactScore(kernel), levelIndex: index)
      #expect(record.levels[index][.kernel].l2 == error.l2)
    }
  }

  @Test("Early stopping keeps the least held-out loss, the last step the end of training")
  func earlyStop() throws {
    let configuration = try configuration()
    let distribution = try configuration.run.distribution.makeDistribution(dataSource: DataFile())
    var trial = ComplexityTrial(
      configuration: configuration.run, distribution: distribution, stepCount: 400, patience: 100)
    let record = trial.finish()
    var run = Trainer(configuration: configuration.run, distribution: distribution, threads: 1)
    let loss = HeldOutLoss(
      distribution: distribution, process: run.process, objective: run.objective, seed: run.seed)
    var excesses: [Int: Double] = [:]
    while run.state.step < 400 {
      _ = run.step()
      if run.state.step % 100 == 0 { excesses[run.state.step] = loss.excess(of: run.averagedScore) }
    }
    let seen = excesses.filter { $0.key <= record.stopStep }
    #expect(seen.values.min() == record.excess && excesses[record.bestStep] == record.excess)
    var probe = ErrorProbe(
      distribution: distribution, process: run.process, levelCount: 3, pointCount: 256,
      seed: run.seed)
    #expect(
      record.levels[2][.last].l2 == probe.measure(run.averagedScore, levelIndex: 2).l2)
  }

  @Test("With too few points for D_delta its checks stay open and its table says how many it takes")
  func fewPoints() throws {
    let report = try finished(run(configuration("run.probe.points=64", "repeats=1"))).report
    let open = report.checks.filter { $0.outcome == .open }.map(\.name)
    #expect(Set(open) == ["slope_d_delta", "growth_d_delta", "growth_l2_over_d_delta"])
    let deltas = try #require(report.tables.first { $0.name == "deltas" })
    #expect(deltas.rows.contains { $0[3] == .none && $0[6] == .text("unknown, needs 200") })
  }

  @Test("Values that do not fit are refused with one line that says what is allowed")
  func refusals() throws {
    #expect(throws: ConfigurationError.self) { try configuration("first=90") }
    for bad in [
      ["sweep=dimension"], ["sweep=width", "run.training_set.count=unlimited"],
      ["sweep=noise_level", "first=0.0001", "last=1"], ["sweep=width", "run.network.kind=linear"],
    ] {
      let configuration = try configuration().setting(bad)
      #expect(throws: ParameterError.self) { try run(configuration) }
    }
  }

  @Test("The standard values read back from their own YAML")
  func yaml() throws {
    let standard = ExperimentConfiguration("sample_complexity")
    #expect(try ExperimentConfiguration.parse(text: standard.yaml, file: "x.yaml") == standard)
  }
}

extension ComplexityTrial {
  /// Steps to the end.
  fileprivate mutating func finish() -> TrialRecord {
    while true {
      if let record = step() { return record }
    }
  }
}
