import ScoreCore
import Testing

@testable import ScoreLab

/// Runs that are trained in turn share nothing, and the way through training time loses nothing.
@Suite struct ComparedRunTests {
  private let rate = "optimizer.learning_rate=0.01"

  /// The bits of a run that is alone: an edit by the executed steps before it.
  private func alone(
    _ assignments: String..., edit: (step: Int, text: String)? = nil, to executed: Int
  ) throws -> [UInt32] {
    var session = try Session(try RunConfiguration.small().setting(assignments))
    if let edit {
      session.train(to: edit.step)
      session.configure(try session.configuration.setting([edit.text]))
    }
    session.train(to: executed)
    return session.bits
  }

  @Test("A compared run goes on as it is when the head changes, each with the bits it has alone")
  func branch() throws {
    var runs = try LiveRuns()
    runs.train(to: 20)
    try runs.compare(RunID(1))
    #expect(runs.companions.isEmpty)
    try runs.set(rate)
    #expect(runs.tree.head == RunID(2) && runs.companions.map(\.run) == [RunID(1)])
    #expect(
      runs.tree[RunID(2)]?.parent == RunPlace(run: RunID(1), executedSteps: 20, entries: 0))
    runs.train(to: 70)
    #expect(try runs.session.bits == alone(edit: (20, rate), to: 70))
    #expect(try runs.companions[0].session.bits == alone(to: 70))
    #expect(runs.comparison[0].step == 70)
    #expect(runs.comparison[0].configuration.optimizer.learningRate == 0.001)

    // The head goes to the other run and on from its end, and back.
    #expect(try runs.open(RunID(1)))
    runs.train(to: 75)
    #expect(try runs.session.bits == alone(to: 75))
    #expect(runs.companions.isEmpty)
    #expect(try runs.open(RunID(2)))
    runs.finishReplay()
    #expect(try runs.session.bits == alone(edit: (20, rate), to: 70))
    #expect(try runs.companions.map { $0.session.bits } == [alone(to: 75)])
  }

  @Test("A run that goes no further keeps its end, and a restart leaves a compared one training")
  func restart() throws {
    var runs = try LiveRuns()
    runs.train(to: 10)
    try runs.compare(RunID(1))
    var configuration = runs.session.configuration
    configuration.seed = 9
    try runs.restart(configuration)
    runs.train(to: 5)
    #expect(runs.companions.map(\.session.executedSteps) == [15])
    try runs.compare(RunID(1))
    #expect(runs.companions.isEmpty && runs.tree[RunID(1)]?.executedSteps == 15)
    runs.train(to: 8)
    #expect(try runs.session.bits == alone("seed=9", to: 8))
    #expect(try runs.open(RunID(1)))
    runs.finishReplay()
    #expect(try runs.session.bits == alone(to: 15))
  }

  @Test("A run that was left is brought to its end before it goes on", arguments: [0, 1 << 27])
  func replay(capacity: Int) throws {
    var runs = try LiveRuns(store: MemoryRunStore(capacity: capacity))
    runs.train(to: 30)
    try runs.restart(try runs.session.configuration.setting(["network.hidden=[5]"]))
    runs.train(to: 4)
    try runs.compare(RunID(1))
    runs.finishReplay()
    #expect(try runs.companions.map { $0.session.bits } == [alone(to: 30)])
    runs.train(to: 6)
    #expect(try runs.companions.map { $0.session.bits } == [alone(to: 32)])
  }

  @Test("Four runs are trained in turn: a fifth is refused, or takes the place of the first")
  func limit() throws {
    var runs = try LiveRuns()
    for seed in 1...4 {
      try runs.compare(try #require(runs.tree.head))
      try runs.restart(try runs.session.configuration.setting(["seed=\(seed)"]))
    }
    #expect(runs.companions.map(\.run) == [2, 3, 4].map { RunID($0) })
    #expect(runs.compared == [2, 3, 4].map { RunID($0) })
    #expect(throws: ComparisonError.full) { try runs.compare(RunID(1)) }
    #expect(throws: ComparisonError.noRun(RunID(9))) { try runs.compare(RunID(9)) }
    #expect(runs.compared.count == 3)
  }

  @Test("Every run that is shown is measured, the head's results with the head")
  func measuring() throws {
    var runs = try LiveRuns()
    runs.train(to: 3)
    try runs.compare(RunID(1))
    try runs.set(rate)
    runs.train(to: 6)
    runs.show(MeasurementRequest([FloorMeasurement.self, ProbeMeasurement.self]))
    var count = 0
    while !runs.isMeasured, count < 100_000 {
      runs.measure()
      count += 1
    }
    let other = try #require(runs.comparison.first)
    let (own, its) = (runs.session.measurements.probe, other.measurements.probe)
    #expect(own?.step == 6 && its?.step == 6)
    #expect(own?.levels.first?.l2 != its?.levels.first?.l2)
  }

  @Test("Through training time and back: the bits of each step, one undo for all of the way")
  func scrub() throws {
    var runs = try LiveRuns()
    runs.train(to: 20)
    try runs.set(rate)
    runs.train(to: 50)
    for step in [40, 10, 20, 30] {
      try runs.go(toExecutedStep: step)
      runs.finishReplay()
      let edit = step < 20 ? nil : (step: 20, text: rate)
      #expect(try runs.session.bits == alone(edit: edit, to: step))
    }
    #expect(try runs.undo())
    runs.finishReplay()
    #expect(try runs.session.bits == alone(edit: (20, rate), to: 50))
    #expect(runs.tree.records.count == 1)
    // Beyond the end there is nothing; from an earlier step training branches.
    try runs.go(toExecutedStep: 99)
    #expect(runs.session.executedSteps == 50)
    try runs.go(toExecutedStep: -3)
    runs.train(to: 12)
    #expect(try runs.session.bits == alone(to: 12))
    runs.keepTip()
    #expect(runs.tree.records.map(\.executedSteps) == [50, 12])
  }
}
