import ScoreCore
import Synchronization
import TestSupport
import Testing

@testable import ScoreClaims
@testable import ScoreLab

/// What holds for every experiment that is made of units; one is tested by standing in ``small``.
@Suite struct UnitDriverTests {
  /// Values so small that an experiment takes a second or two.
  static let small: [String: [String]] = [
    "noise_levels": [
      "first_points=20", "last_points=80", "values=2", "repeats=400", "miss_share=0.5",
      "memorized=3", "levels=4",
    ],
    "sample_exponents": [
      "doublings=4", "steps=5", "repeats=100", "resamples=100", "draws=5000",
    ],
    "early_stopping": [
      "repeats=12", "last_step=30000", "network_sets=3", "width=256", "network_steps=4000",
    ],
    "credit_default": [
      "file=\(CreditSample.file)", "repeats=3", "training_rows=300", "steps=100", "trials=2",
      "kernel_rows=60", "synth_steps=20", "run.network.kind=random_features",
      "run.network.hidden=[32]", "run.optimizer.momentum=0", "run.optimizer.batch=32",
      "run.sampler.steps=5",
    ],
    "kernel_coupling": [
      "points=40", "first_power=5", "last_power=11", "repeats=6", "steps=20", "sweep_power=9",
    ],
    "kernel_rates": [
      "doublings=3", "doubled_dimensions=1", "repeats=4", "test_points=200", "last_step=10000",
    ],
    "localised_regression": [
      "points=150", "repeats=3", "last_step=1000", "run_points=60", "width=256",
      "network_steps=100", "dense_points=100",
    ],
    "convex_minimiser": [
      "points=80", "repeats=8", "steps=400", "chains=500", "langevin_steps=100", "doublings=2",
      "data_sets=30", "starts=1",
    ],
    "kernel_score_rates": [
      "first_points=100", "doublings=3", "repeats=4", "stop_sets=16", "first_time_plane=0.08",
      "laplace_scale=0.5",
    ],
    "certificate": [
      "training_steps=60", "paths=1000", "run.sampler.count=3000", "run.sampler.steps=60",
    ],
    "corrupted_score": ["run.sampler.count=2000", "pair_count=2000", "run.sampler.steps=12"],
    "finite_class": ["cells=8", "eps=0.6", "repeats=200", "sweep=4"],
    "three_errors": [
      "levels=2", "first_points=200", "counts=2", "data_sets=20", "repeats=16", "features=4",
      "width=4", "starts=1", "steps=1280", "descents=10", "points=100",
    ],
    "fresh_noise": [
      "points=150", "features=4", "repeats=20", "normal_sets=40", "runs=4", "steps=400",
    ],
    "memorisation": [
      "points=40", "neighbors=8", "samples=60", "repeats=8", "width=8", "steps=60",
    ],
    "flow_matching": [
      "points=60", "repeats=3", "width=8", "steps=60", "batch=16", "cells=400",
      "sampler_steps=80",
    ],
    "posterior_estimation": [
      "budget=50", "round_budget=100", "observations=4", "round_observations=3", "samples=60",
      "pairs=40", "exact_pairs=1000", "sampler_steps=8", "width=8", "steps=60",
    ],
    "guidance": [
      "points=200", "repeats=3", "width=16", "steps=400", "batch=32", "flow_steps=100", "cells=200",
      "draws=8000", "sampler_steps=200",
    ],
    "digits_by_class": [
      "steps=20", "run.network.hidden=[16]", "run.network.time_features=8",
      "run.optimizer.batch=32", "run.sampler.count=200", "run.sampler.steps=10",
    ],
    "image_copies": [
      "steps=20", "least=60", "sizes=3", "run.training_set.count=400", "run.network.hidden=[16]",
      "run.network.time_features=8", "run.optimizer.batch=32", "run.sampler.count=100",
      "run.sampler.steps=20",
    ],
    "polyak_lojasiewicz": ["width=4", "repeats=4", "starts=1", "steps=200"],
    "collapse_and_refine": [
      "dimension=3", "seeds=3", "steps=600", "batch=32", "width=16", "samples=100",
      "low_sigma=0.3", "share=0.6",
    ],
    "two_stages": [
      "dimension=3", "points=150", "stage1_width=16", "stage1_steps=400", "stage1_batch=16",
      "stage2_features=12", "stage2_draws=2", "other_width=16", "other_steps=400",
      "other_batch=16", "samples=100", "repeats=3",
    ],
    "conservative_networks": [
      "dimension=3", "starts=3", "steps=160", "batch=16", "width=16", "samples=60",
      "low_sigma=0.3",
    ],
    "intrinsic_sample_complexity": [
      "doublings=3", "first_points=100", "points_doublings=2", "features=16", "draws=2",
      "repeats=6",
      "test_points=300", "normal_sets=40",
    ],
    "hard_pair": ["samples=300", "repeats=3000"],
    "outlier_score": ["samples=100", "repeats=200"],
    "real_images": [
      "steps=60", "run.network.hidden=[16]", "run.network.time_features=8",
      "run.optimizer.batch=32", "run.training_set.count=1000", "run.sampler.count=20",
      "run.sampler.steps=10", "run.probe.levels=3", "run.probe.points=256",
    ],
    "relu_erm": ["repeats=4", "steps=40", "run.training_set.count=100"],
    "outlier_training": [
      "repeats=3", "steps=30", "run.sampler.count=60", "run.sampler.steps=5",
      "run.probe.points=64", "run.probe.levels=2",
    ],
    "recoverability": [
      "repeats=2", "steps=40", "kernel_points=4", "gradient_draws=16", "run.network.hidden=[8]",
      "run.network.time_features=4", "run.optimizer.batch=16", "run.sampler.count=60",
      "run.sampler.steps=5", "run.probe.points=64", "run.probe.levels=3",
    ],
    "schedules": [
      "training_steps=60", "paths=1000", "run.sampler.count=2000", "run.sampler.steps=12",
    ],
    "sample_complexity": [
      "first=20", "last=80", "values=3", "repeats=2", "steps=100", "patience=100",
      "run.network.hidden=[4]", "run.network.time_features=4", "run.optimizer.batch=16",
      "run.sampler.count=20", "run.sampler.steps=2", "run.probe.levels=3", "run.probe.points=256",
    ],
  ]

  private func run(_ name: String, store: any UnitStore = NoStore()) throws -> any ExperimentDriver
  {
    try ExperimentConfiguration(name).setting(Self.small[name] ?? [])
      .makeDriver(threads: 2, dataSource: DataFile(), store: store)
  }

  /// The steps and the report of an experiment that is never stopped; its progress never falls.
  private func whole(_ name: String) throws -> (steps: Int, units: Int, report: String) {
    var whole = try run(name)
    var (steps, before) = (0, 0)
    while !whole.isFinished {
      try whole.step()
      steps += 1
      #expect(whole.unitsDone >= before && whole.unitsDone <= whole.unitCount)
      before = whole.unitsDone
    }
    #expect(whole.activity == "done")
    // As text, because gaps of curves are NaN, which differs from itself.
    return (steps, whole.units.count, "\(whole.report)")
  }

  @Test(
    "Killed at five moments and resumed, or done unit by unit, it ends with the report of one run",
    arguments: small.keys.sorted())
  func sameReport(name: String) throws {
    let whole = try whole(name)
    #expect(try killed(name, steps: whole.steps) == whole.report)
    #expect(try collected(name, units: whole.units) == whole.report)
  }

  /// The report after five kills, each at another moment.
  private func killed(_ name: String, steps: Int) throws -> String {
    let folder = try TemporaryFolder()
    var stream = RandomStream(seed: 3, purpose: .experiment)
    for _ in 0..<5 {
      var killed = try run(name, store: FolderStore(path: folder.path))
      for _ in 0..<stream.integer(below: steps) where !killed.isFinished {
        try killed.step()
      }
    }
    var last = try run(name, store: FolderStore(path: folder.path))
    #expect(last.unitsDone > 0, "units were kept")
    while !last.isFinished { try last.step() }
    return "\(last.report)"
  }

  /// The report from records of units that were done one at a time, the last first where it can be.
  private func collected(_ name: String, units: Int) throws -> String {
    let folder = try TemporaryFolder()
    let store = FolderStore(path: folder.path)
    var left = Array(1...units)
    while !left.isEmpty {
      var alone = try run(name, store: store)
      let overview = alone.units
      let next = try #require(
        left.last { number in overview[number - 1].needs.allSatisfy { !left.contains($0) } })
      try alone.restrict(to: [next])
      #expect(alone.unitsDone == 0 && alone.unitCount == overview[next - 1].length)
      while !alone.isFinished { try alone.step() }
      left.removeAll { $0 == next }
    }
    let collected = try run(name, store: store)
    #expect(collected.isFinished)
    return "\(collected.report)"
  }
}

/// A plan whose units need others, fail or are kept, as asked.
private struct ToyPlan: ExperimentPlan {
  struct Findings: ExperimentFindings {
    let sum: Double
    let made: Counter
    var checks: [Check] {
      [Check(.claim, "sum", "the sum", measured: sum, .near(6, tolerance: 0), basis: "1 + 2 + 3")]
    }
    var exhibits: [Exhibit] {
      [
        .fixedTable(made.table("fixed")), .table(made.table("changing")),
      ]
    }
  }

  final class Counter: Sendable {
    private let counts = Mutex<[String: Int]>([:])
    subscript(name: String) -> Int { counts.withLock { $0[name, default: 0] } }
    func table(_ name: String) -> ReportTable {
      counts.withLock { $0[name, default: 0] += 1 }
      return ReportTable(name, title: name, columns: [], rows: [])
    }
  }

  struct Failure: Error {}

  let made = Counter()
  var fails = false
  let units = ["last", "first", "second"]

  func needs(of unit: String) -> [String] { unit == "last" ? ["first", "second"] : [] }
  func activity(of unit: String) -> String { unit }

  func work(
    on unit: String, given records: UnitRecords<String, Double>, threads: Int
  ) throws -> any UnitWork<Double> {
    if fails { throw Failure() }
    let given = records.finished.map(\.record).reduce(0, +)
    return SingleStep { unit == "first" ? 1 : unit == "second" ? 2 : given }
  }

  func findings(_ records: UnitRecords<String, Double>) -> Findings {
    Findings(sum: records.finished.map(\.record).reduce(0, +), made: made)
  }
}

@Suite struct UnitDriverOrderTests {
  private func driver(_ plan: ToyPlan) throws -> UnitDriver<ToyPlan> {
    let setup = ExperimentSetup(run: RunConfiguration(), dataSource: DataFile())
    return try UnitDriver(
      claim: Claim("toy", title: "Toy", summary: "", statement: "", source: "", .observed),
      plan: plan,
      setup: setup)
  }

  @Test("A unit waits for those it needs and is given their records")
  func needs() throws {
    var driver = try driver(ToyPlan())
    var order: [String] = []
    while !driver.isFinished {
      order.append(driver.activity)
      try driver.step()
    }
    #expect(order == ["first", "second", "last"])
    #expect(driver.report.verdict.answer == .held)
  }

  @Test("What depends on the values alone is made once, the rest with every report")
  func fixedExhibits() throws {
    let plan = ToyPlan()
    var driver = try driver(plan)
    for _ in 0..<3 {
      try driver.step()
      #expect(driver.report.tables.map(\.name) == ["fixed", "changing"])
    }
    #expect(plan.made["fixed"] == 1 && plan.made["changing"] == 3)
  }

  @Test("The revision grows with every finished unit and with nothing else")
  func revision() throws {
    var driver = try driver(ToyPlan())
    var revisions = [driver.revision]
    while !driver.isFinished {
      try driver.step()
      revisions.append(driver.revision)
    }
    #expect(revisions == [0, 1, 2, 3] && driver.revision == 3)
  }

  @Test("Units that are not there, and units without what they need, are refused by number")
  func restriction() throws {
    var driver = try driver(ToyPlan())
    #expect(throws: UnitError.unknown(4, count: 3)) { try driver.restrict(to: [2, 4]) }
    #expect(throws: UnitError.needs(1, [3])) { try driver.restrict(to: [1, 2]) }
    try driver.restrict(to: [2])
    #expect(driver.unitCount == 1)
    while !driver.isFinished { try driver.step() }
    #expect(driver.units.map(\.isFinished) == [false, true, false])
    try driver.restrict(to: [1, 3])
    while !driver.isFinished { try driver.step() }
    #expect(driver.report.verdict.answer == .held)
  }

  @Test("A unit that cannot be begun throws")
  func failure() throws {
    var plan = ToyPlan()
    plan.fails = true
    var driver = try driver(plan)
    #expect(throws: ToyPlan.Failure.self) { try driver.step() }
    driver = try driver.altering { $0.fails = false }
    while !driver.isFinished { try driver.step() }
    #expect(driver.report.verdict.answer == .held)
  }
}
