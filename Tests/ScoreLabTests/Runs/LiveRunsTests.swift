import ScoreCore
import Testing

@testable import ScoreLab

/// The head moves through a tree of runs, and nothing that was done is lost.
@Suite struct LiveRunsTests {
  /// The bits of a run that is never interrupted: edits by the executed steps before them.
  private func plain(_ edits: [(Int, String)], to executed: Int, seed: Int = 7) throws -> [UInt32] {
    var session = try Session(try .small("seed=\(seed)"))
    for (step, edit) in edits {
      session.train(to: step)
      session.configure(try session.configuration.setting([edit]))
    }
    session.train(to: executed)
    return session.bits
  }

  private let rate = "optimizer.learning_rate=0.01"

  /// Stores with room for every checkpoint and for none: without one a run is replayed.
  private static let capacities = [MemoryRunStore.standardCapacity, 0]

  @Test(
    "Undo goes to the bits before an edit, and opening the run to those at its end",
    arguments: capacities)
  func undo(capacity: Int) throws {
    var runs = try LiveRuns(store: MemoryRunStore(capacity: capacity))
    runs.train(to: 20)
    try runs.set(rate)
    runs.train(to: 50)
    #expect(try runs.undo())
    runs.finishReplay()
    #expect(runs.session.executedSteps == 20 && runs.session.log.entries.isEmpty)
    #expect(try runs.session.bits == plain([], to: 20))
    #expect(runs.tree.records.count == 1)

    #expect(try runs.open(RunID(1)))
    runs.finishReplay()
    #expect(try runs.session.bits == plain([(20, rate)], to: 50))
    runs.train(to: 60)
    #expect(try runs.session.bits == plain([(20, rate)], to: 60))
    // At its end a run goes on itself.
    #expect(runs.tree.records.count == 1 && runs.tree.head == RunID(1))
    // Undone in turn: the opening, then the edit.
    #expect(try runs.undo())
    runs.finishReplay()
    #expect(runs.session.executedSteps == 20)
  }

  @Test(
    "Trained on from an earlier place a run branches, and both go on to their own bits",
    arguments: capacities)
  func branch(capacity: Int) throws {
    var runs = try LiveRuns(store: MemoryRunStore(capacity: capacity))
    runs.train(to: 20)
    try runs.set(rate)
    runs.train(to: 50)
    #expect(try runs.undo())
    runs.train(to: 30)
    try runs.set("optimizer.batch=32")
    runs.train(to: 45)
    let other = try plain([(30, "optimizer.batch=32")], to: 45)
    #expect(runs.session.bits == other)
    runs.keepTip()
    let branch = try #require(runs.tree[RunID(2)])
    #expect(runs.tree.head == branch.id && runs.tree.records.count == 2)
    #expect(branch.parent == RunPlace(run: RunID(1), executedSteps: 20, entries: 0))
    #expect(branch.executedSteps == 45 && branch.log.entries.map(\.executedSteps) == [30])

    #expect(try runs.open(RunID(1)))
    runs.train(to: 60)
    #expect(try runs.session.bits == plain([(20, rate)], to: 60))
    #expect(try runs.open(RunID(2)))
    runs.finishReplay()
    #expect(runs.session.bits == other)
    #expect(runs.tree.records.count == 2)
  }

  @Test("A restart is a sibling; undone, the run before it goes on at its end")
  func restart() throws {
    var runs = try LiveRuns()
    runs.train(to: 20)
    try runs.set(rate)
    runs.train(to: 30)
    var configuration = runs.session.configuration
    configuration.seed = 8
    try runs.restart(configuration)
    #expect(runs.tree.head == RunID(2) && runs.tree[RunID(2)]?.parent == nil)
    runs.train(to: 10)
    #expect(try runs.undo())
    runs.train(to: 40)
    #expect(runs.tree.head == RunID(1) && runs.tree.records.count == 2)
    #expect(try runs.session.bits == plain([(20, rate)], to: 40))
    #expect(try runs.open(RunID(2)))
    runs.finishReplay()
    #expect(runs.session.configuration == configuration && runs.session.step == 10)
  }

  @Test(
    "Redo goes back to the bits before an undo, also when the run went on in between",
    arguments: capacities)
  func redo(capacity: Int) throws {
    var runs = try LiveRuns(store: MemoryRunStore(capacity: capacity))
    runs.train(to: 20)
    try runs.set(rate)
    runs.train(to: 50)
    #expect(try !runs.redo() && !runs.canRedo)
    #expect(try runs.undo())
    runs.finishReplay()
    #expect(runs.canRedo)
    #expect(try runs.redo())
    runs.finishReplay()
    #expect(try runs.session.bits == plain([(20, rate)], to: 50))
    #expect(try runs.undo())
    runs.train(to: 30)
    #expect(try runs.redo())
    runs.finishReplay()
    #expect(try runs.session.bits == plain([(20, rate)], to: 50) && !runs.canRedo)
    // What was trained meanwhile is one undo away.
    #expect(try runs.undo())
    runs.finishReplay()
    #expect(try runs.session.bits == plain([], to: 30))
    // A change begins anew.
    try runs.set("optimizer.batch=32")
    #expect(!runs.canRedo)
    #expect(try !runs.redo())
  }

  @Test("Edits at one step are undone one by one, to the beginning and not beyond")
  func oneStep() throws {
    var runs = try LiveRuns()
    runs.train(to: 5)
    let values = ["0.002", "0.005", "0.01"]
    for value in values { try runs.set("optimizer.learning_rate=\(value)") }
    // What changes nothing is no edit.
    try runs.set("optimizer.learning_rate=0.01")
    for value in ["0.005", "0.002", "0.001"] {
      #expect(try runs.undo())
      #expect(runs.session.configuration.optimizer.learningRate == Double(value))
      #expect(runs.session.step == 5 && !runs.isReplaying)
    }
    #expect(runs.session.edits.isEmpty && !runs.canUndo)
    #expect(try !runs.undo())
  }

  @Test("An edit made while a run is replayed branches it there")
  func editWhileReplaying() throws {
    var runs = try LiveRuns(store: MemoryRunStore(capacity: 0))
    runs.train(to: 20)
    try runs.set(rate)
    runs.train(to: 40)
    #expect(try runs.undo())
    while runs.session.executedSteps < 10 { runs.replay() }
    try runs.set("optimizer.batch=32")
    #expect(!runs.isReplaying && runs.tree.head == RunID(2))
    runs.train(to: 30)
    #expect(try runs.session.bits == plain([(10, "optimizer.batch=32")], to: 30))
    #expect(try runs.open(RunID(1)))
    runs.finishReplay()
    #expect(try runs.session.bits == plain([(20, rate)], to: 40))
  }

  @Test("Undo goes back over a divergence")
  func divergence() throws {
    var runs = try LiveRuns()
    runs.train(to: 70)
    try runs.set("optimizer.learning_rate=30")
    runs.train(to: 500)
    #expect(runs.session.divergence != nil)
    try runs.set("optimizer.learning_rate=0.001")
    runs.resumeAfterDivergence()
    runs.train(to: runs.session.executedSteps + 20)
    let (tip, bits) = (runs.session.executedSteps, runs.session.bits)
    #expect(try runs.undo())
    runs.finishReplay()
    #expect(runs.session.divergence != nil)
    #expect(try runs.undo())
    runs.finishReplay()
    #expect(runs.session.divergence == nil)
    #expect(try runs.session.bits == plain([], to: 70))
    #expect(try runs.open(RunID(1)))
    runs.finishReplay()
    #expect(runs.session.executedSteps == tip && runs.session.bits == bits)
  }

  @Test("What cannot be done changes nothing")
  func refusals() throws {
    var runs = try LiveRuns()
    runs.train(to: 10)
    let bits = runs.session.bits
    let missing = try runs.session.configuration.setting([
      "distribution.kind=points", "distribution.file=missing.csv",
    ])
    #expect(throws: (any Error).self) { try runs.restart(missing) }
    #expect(try !runs.open(RunID(9)) && !runs.undo())
    #expect(runs.session.bits == bits && runs.tree.records.count == 1 && runs.generation == 0)
  }
}
