import ScoreCore
import ScoreLab

/// Works through the units of a plan: the same loop for every experiment.
///
/// Records are kept in the store as units finish, and taken from it at the start.
struct UnitDriver<Plan: ExperimentPlan>: ExperimentDriver {
  private struct Lane: Sendable {
    let place: Int
    var work: any UnitWork<Plan.Record>
    var outcome: Result<Plan.Record, any Error>?

    mutating func step() {
      do {
        outcome = try work.step().map { .success($0) }
      } catch {
        outcome = .failure(error)
      }
    }
  }

  let claim: Claim
  let plan: Plan
  private(set) var records: Plan.Records
  private let setup: ExperimentSetup
  private let lengths: [Int]
  /// The places of the units to work on.
  private var chosen: Set<Int>
  private let fixed = FixedExhibits()
  private var lanes: [Lane] = []

  /// Takes up what the store has of a plan.
  ///
  /// - Throws: ``FileError`` when something kept cannot be read.
  init(claim: Claim, plan: Plan, setup: ExperimentSetup) throws {
    self.claim = claim
    self.plan = plan
    self.setup = setup
    let units = plan.units
    lengths = units.map { plan.length(of: $0) }
    chosen = Set(units.indices)
    records = Plan.Records(units)
    for place in units.indices {
      if let record = try setup.store.record(
        of: units[place], as: plan.key(of: units[place], at: place)) as Plan.Record?
      {
        records.finish(place, record)
      }
    }
  }

  /// A driver of the same experiment with its plan altered, for tests; its units may be others.
  func altering(_ alter: (inout Plan) throws -> Void) throws -> Self {
    var plan = plan
    try alter(&plan)
    return try Self(claim: claim, plan: plan, setup: setup)
  }

  /// The places of the units to work on.
  private var places: some Collection<Int> {
    lengths.indices.lazy.filter { [chosen] in chosen.contains($0) }
  }

  var unitCount: Int { places.reduce(0) { $0 + lengths[$1] } }

  var unitsDone: Int {
    let whole = places.reduce(0) { $0 + (records[$1] == nil ? 0 : lengths[$1]) }
    // A unit under way is never all done.
    return lanes.reduce(whole) { sum, lane in
      let length = lengths[lane.place]
      return sum + min(length - 1, Int(lane.work.progress * Double(length)))
    }
  }

  /// The report is made of the records alone.
  var revision: Int { records.count }

  var activity: String {
    guard let lane = lanes.first else {
      return nextPlace.map { plan.activity(of: records.units[$0]) } ?? "done"
    }
    let detail = lane.work.detail.map { ", \($0)" } ?? ""
    let others = lanes.count > 1 ? ", and \(lanes.count - 1) more" : ""
    return plan.activity(of: records.units[lane.place]) + detail + others
  }

  var units: [UnitOverview] {
    records.units.enumerated().map { place, unit in
      UnitOverview(
        number: place + 1, activity: plan.activity(of: unit), length: lengths[place],
        needs: plan.needs(of: unit).map { records.place(of: $0) + 1 },
        isFinished: records[place] != nil, key: plan.key(of: unit, at: place))
    }
  }

  mutating func restrict(to numbers: Set<Int>) throws(UnitError) {
    let all = units
    if let unknown = numbers.subtracting(all.map(\.number)).min() {
      throw .unknown(unknown, count: all.count)
    }
    for unit in all where numbers.contains(unit.number) && !unit.isFinished {
      let missing = unit.needs.filter { !all[$0 - 1].isFinished && !numbers.contains($0) }
      guard missing.isEmpty else { throw .needs(unit.number, missing) }
    }
    chosen = Set(numbers.map { $0 - 1 })
  }

  mutating func step() throws {
    try fillLanes()
    let threads = setup.threads
    lanes.withUnsafeMutableBufferPointer { buffer in
      // Each lane is worked on by one thread.
      let lanes = buffer
      if lanes.count == 1 {
        lanes[0].step()
      } else {
        Parallel.perform(lanes.count, threads: threads) { lanes[$0].step() }
      }
    }
    let finished = lanes.filter { $0.outcome != nil }
    lanes.removeAll { $0.outcome != nil }
    for lane in finished {
      guard let record = try lane.outcome?.get() else { continue }
      records.finish(lane.place, record)
      let unit = records.units[lane.place]
      try setup.store.keep(record, of: unit, as: plan.key(of: unit, at: lane.place))
    }
  }

  private mutating func fillLanes() throws {
    while lanes.count < Plan.lanes, let place = nextPlace {
      let threads = Plan.lanes == 1 ? setup.threads : 1
      lanes.append(
        Lane(
          place: place,
          work: try plan.work(on: records.units[place], given: records, threads: threads)))
    }
  }

  /// The first unit that is neither finished nor under way and has what it needs.
  private var nextPlace: Int? {
    places.first { place in
      records[place] == nil && !lanes.contains { $0.place == place }
        && plan.needs(of: records.units[place]).allSatisfy { records[$0] != nil }
    }
  }

  var report: ExperimentReport {
    let findings = plan.findings(records)
    var report = ExperimentReport(
      title: claim.title, claim: claim.statement, source: claim.source,
      caveats: claim.caveats + findings.caveats, checks: findings.checks)
    for (place, exhibit) in findings.exhibits.enumerated() {
      switch exhibit.isFixed ? fixed.content(at: place, exhibit.make) : exhibit.make() {
      case .figure(let figure): report.figures.append(figure)
      case .table(let table): report.tables.append(table)
      }
    }
    return report
  }
}
