import ScoreCore
import Testing

@testable import ScoreLab

/// Going on from a step of a run with other values, in one command.
@Suite struct BranchCommandTests {
  private func waitFor(
    _ runner: SessionRunner, _ isMeant: (SessionMessage) -> Bool
  ) throws -> SessionMessage {
    let message = runner.message(where: isMeant)
    return try #require(message)
  }

  @Test("A branch begins at its step with the bits the run had there, and the values it was given")
  func branches() throws {
    var options = SessionRunner.Options()
    options.startsPaused = true
    options.threads = 1
    let runner = SessionRunner(
      configuration: try .small(), dataSource: DataFile(), options: options)
    defer { runner.send(.stop) }
    runner.show(.none)
    runner.send(.step(count: 60))
    let first = try waitFor(runner) { $0.commandsDone == 1 }
    let root = try #require(first.snapshot?.runs.head)
    // What does not act live, is no key or has no run is refused, and the head stays.
    for (changes, words) in [
      (["seed=9"], "begins a new run"), (["optimizer.nope=1"], "nope"),
      (["optimizer.batch=-1"], "batch"),
    ] {
      runner.send(.branch(root, executedStep: 40, changes: changes))
      let message = try waitFor(runner) { $0.problem != nil }
      #expect(message.problem?.contains(words) == true, "\(message.problem ?? "")")
      #expect(message.snapshot?.runs.head == root && message.snapshot?.executedSteps == 60)
      runner.send(.pause)
      _ = try waitFor(runner) { $0.problem == nil }
    }
    runner.send(.branch(RunID(77), executedStep: 1, changes: []))
    #expect(try waitFor(runner) { $0.problem != nil }.problem == "there is no run 4d")

    runner.send(.branch(root, executedStep: 40, changes: ["optimizer.learning_rate=0.01"]))
    let branched = try waitFor(runner) { $0.snapshot?.runs.head != root }
    let snapshot = try #require(branched.snapshot)
    let branch = try #require(snapshot.runs.head.flatMap { snapshot.runs[$0] })
    #expect(branch.parent == RunPlace(run: root, executedSteps: 40, entries: 0))
    #expect(snapshot.executedSteps == 40 && snapshot.status == .paused)
    #expect(snapshot.configuration.optimizer.learningRate == 0.01)
    #expect(snapshot.runs[root]?.executedSteps == 60)
    runner.send(.step(count: 10))
    let trained = try waitFor(runner) { $0.snapshot?.executedSteps == 50 }
    var expected = try Session(try .small())
    while expected.step < 40 { _ = expected.trainStep() }
    expected.configure(try expected.configuration.setting(["optimizer.learning_rate=0.01"]))
    while expected.step < 50 { _ = expected.trainStep() }
    #expect(trained.snapshot?.history == expected.history)
    // One undo goes back to before the change, one more to where the run was left.
    runner.send(.undo)
    runner.send(.undo)
    let back = try waitFor(runner) {
      $0.snapshot?.runs.head == root && $0.snapshot?.executedSteps == 60
    }
    #expect(back.snapshot?.configuration == snapshot.runs[root]?.log.start)
  }
}
