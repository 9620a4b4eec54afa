import Dispatch
import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

/// A session on its own thread does what the same session does without one.
@Suite struct SessionRunnerTests {
  private func run(
    _ configuration: RunConfiguration, steps: Int?, isPaused: Bool = false
  ) -> SessionRunner {
    var options = SessionRunner.Options()
    options.stepLimit = steps
    options.startsPaused = isPaused
    options.publishRate = 500
    options.threads = 2
    return SessionRunner(
      configuration: configuration, dataSource: DataFile(folder: "/nonexistent"),
      options: options)
  }

  private func isFinished(_ message: SessionMessage) -> Bool {
    guard let snapshot = message.snapshot else { return false }
    return snapshot.status == .finished && snapshot.probe?.step == snapshot.step
      && snapshot.samples?.step == snapshot.step
  }

  @Test("A thread with snapshots and measuring gives the bits of a plain loop")
  func sameBits() throws {
    let configuration = try RunConfiguration.small("distribution.kind=gaussian_mixture")
    let runner = run(configuration, steps: 300)
    defer { runner.send(.stop) }
    let last = runner.message { isFinished($0) && $0.snapshot?.heldOut.last?.step == 300 }
    let snapshot = try #require(last?.snapshot)

    var plain = try Session(configuration)
    plain.train(to: 300)
    plain.measureFully()
    let expected = plain.snapshot(generation: 0, status: .finished, stepsPerSecond: nil)
    #expect(snapshot.step == 300)
    #expect(snapshot.history == expected.history)
    // Errors and samples come from the averaged weights alone, so they tell all weights apart.
    #expect(snapshot.probe == expected.probe)
    #expect(snapshot.samples == expected.samples)
    #expect(snapshot.heldOut.last == expected.heldOut.last)
  }

  @Test("Live changes keep the run; those of seed and network start it again with its seed")
  func configures() throws {
    let configuration = try RunConfiguration.small()
    let runner = run(configuration, steps: nil, isPaused: true)
    defer { runner.send(.stop) }
    for _ in 0..<3 { runner.send(.step(count: 1)) }
    let live = try configuration.setting(["optimizer.learning_rate=0.5"])
    runner.send(.configure(live))
    var snapshot = try #require(runner.message { $0.commandsDone == 4 }?.snapshot)
    #expect(snapshot.step == 3 && snapshot.generation == 0)
    #expect(snapshot.configuration == live)
    #expect(snapshot.edits.map(\.label) == ["learning_rate 0.001 -> 0.5"])

    let wider = try live.setting(["network.hidden=[8]"])
    runner.send(.configure(wider))
    snapshot = try #require(runner.message { $0.commandsDone == 5 }?.snapshot)
    #expect(snapshot.step == 0 && snapshot.generation == 1 && snapshot.configuration == wider)
    #expect(snapshot.history.buckets.isEmpty && snapshot.edits.isEmpty)
    #expect(snapshot.configuration.seed == configuration.seed)

    runner.send(.restart(seed: 99))
    snapshot = try #require(runner.message { $0.commandsDone == 6 }?.snapshot)
    #expect(snapshot.step == 0 && snapshot.generation == 2)
    #expect(snapshot.configuration.seed == 99 && snapshot.status == .paused)
  }

  @Test("At the step limit the run pauses, and goes on when it is resumed")
  func stepLimit() throws {
    let runner = run(try .small(), steps: 10)
    defer { runner.send(.stop) }
    let paused = try #require(runner.message { $0.snapshot?.status == .finished }?.snapshot)
    #expect(paused.step == 10)
    runner.send(.resume)
    #expect(runner.message { ($0.snapshot?.step ?? 0) > 10 } != nil)
    runner.send(.pause)
    let step = try #require(runner.message { $0.snapshot?.status == .paused }?.snapshot?.step)
    runner.send(.pauseAt(step: step + 7))
    runner.send(.resume)
    let last = try #require(runner.message { $0.snapshot?.status == .finished }?.snapshot)
    #expect(last.step == step + 7)
  }

  @Test("Ten steps of a press are ten steps, and the run stays paused")
  func tenSteps() throws {
    let runner = run(try .small(), steps: nil, isPaused: true)
    defer { runner.send(.stop) }
    runner.send(.step(count: 10))
    let snapshot = try #require(runner.message { $0.commandsDone == 1 }?.snapshot)
    #expect(snapshot.step == 10 && snapshot.status == .paused)
  }

  @Test("A slow pace takes the same steps, one after the other")
  func pace() throws {
    let runner = run(try .small(), steps: 3, isPaused: true)
    defer { runner.send(.stop) }
    runner.send(.pace(.stepsPerSecond(20)))
    runner.send(.resume)
    let snapshot = try #require(runner.message { $0.snapshot?.status == .finished }?.snapshot)
    var plain = try Session(try .small())
    plain.train(to: 3)
    #expect(snapshot.step == 3 && snapshot.history == plain.history)
  }

  @Test("Undo and redo go back and forth over a restart, and say when there is nothing")
  func undoes() throws {
    let runner = run(try .small(), steps: nil, isPaused: true)
    defer { runner.send(.stop) }
    runner.send(.step(count: 5))
    runner.send(.restart(seed: 8))
    var snapshot = try #require(runner.message { $0.commandsDone == 2 }?.snapshot)
    #expect(snapshot.step == 0 && snapshot.canUndo && !snapshot.canRedo)
    runner.send(.undo)
    snapshot = try #require(runner.message { $0.commandsDone == 3 }?.snapshot)
    #expect(snapshot.step == 5 && snapshot.configuration.seed == 7)
    #expect(!snapshot.canUndo && snapshot.canRedo)
    runner.send(.redo)
    snapshot = try #require(runner.message { $0.commandsDone == 4 }?.snapshot)
    #expect(snapshot.step == 0 && snapshot.configuration.seed == 8)
    runner.send(.redo)
    #expect(runner.message { $0.commandsDone == 5 }?.problem == "there is nothing to do again")
  }

  @Test("A run is saved into a folder, and then no training is unsaved; a bad folder is a problem")
  func saves() throws {
    let folder = try TemporaryFolder()
    let runner = run(try .small(), steps: 5)
    defer { runner.send(.stop) }
    let trained = try #require(runner.message { $0.snapshot?.status == .finished }?.snapshot)
    #expect(trained.unsavedSeconds > 0)
    runner.send(.save(folder: folder.path + "/a"))
    let saved = try #require(runner.message { $0.commandsDone == 1 })
    #expect(saved.problem == nil && saved.snapshot?.unsavedSeconds == 0)
    #expect(saved.report?.hasPrefix("saved in \(folder.path)/a: run.yaml") == true)
    runner.send(.save(folder: "/dev/null/x"))
    let refused = try #require(runner.message { $0.commandsDone == 2 })
    #expect(refused.problem?.contains("/dev/null") == true && refused.report == nil)
  }

  @Test("A restart that fails keeps the old run and says why, until the next command")
  func failedRestart() throws {
    let configuration = try RunConfiguration.small()
    let runner = run(configuration, steps: nil, isPaused: true)
    defer { runner.send(.stop) }
    runner.send(.step(count: 1))
    runner.send(
      .configure(
        try configuration.setting(["distribution.kind=points", "distribution.file=missing.csv"])))
    let message = try #require(runner.message { $0.commandsDone == 2 })
    let snapshot = try #require(message.snapshot)
    #expect(try #require(message.problem).contains("missing.csv"))
    #expect(snapshot.step == 1 && snapshot.generation == 0)
    #expect(snapshot.configuration == configuration)
    runner.send(.step(count: 1))
    let next = try #require(runner.message { $0.commandsDone == 3 })
    #expect(next.problem == nil && next.snapshot?.step == 2)
  }

  @Test("A session that cannot be set up is a message too, and its thread is gone")
  func failedStart() throws {
    let runner = run(
      try .small("distribution.kind=points", "distribution.file=missing.csv"), steps: nil)
    let message = try #require(runner.message { _ in true })
    #expect(message.snapshot == nil)
    #expect("\(try #require(message.failure))".contains("missing.csv"))
    runner.send(.step(count: 1))
    #expect(!runner.polled.isReadable(milliseconds: 50))
  }

  @Test("Setting a session up keeps nobody waiting")
  func slowStart() throws {
    let source = HeldSource()
    var options = SessionRunner.Options()
    options.startsPaused = true
    let runner = SessionRunner(
      configuration: try .small("distribution.kind=points", "distribution.file=any.csv"),
      dataSource: source, options: options)
    defer { runner.send(.stop) }
    #expect(!runner.polled.isReadable(milliseconds: 0))
    // Of a key held down meanwhile the last counts, and all are answered.
    for seed in 1...100 { runner.send(.restart(seed: UInt64(seed))) }
    for _ in 0..<2 { source.release.signal() }
    let snapshot = runner.message { $0.commandsDone == 100 }?.snapshot
    #expect(snapshot?.generation == 1 && snapshot?.configuration.seed == 100)
  }

  @Test("Commands that come while the session is set up are carried out after it")
  func earlyCommands() throws {
    let runner = run(try .small(), steps: nil, isPaused: true)
    defer { runner.send(.stop) }
    runner.send(.step(count: 1))
    #expect(runner.message { $0.commandsDone == 1 }?.snapshot?.step == 1)
  }

  @Test("Undo and opening a run move the head, and what cannot be done is said")
  func moves() throws {
    let configuration = try RunConfiguration.small()
    let runner = run(configuration, steps: nil, isPaused: true)
    defer { runner.send(.stop) }
    for _ in 0..<3 { runner.send(.step(count: 1)) }
    runner.send(.configure(try configuration.setting(["optimizer.learning_rate=0.5"])))
    runner.send(.step(count: 1))
    runner.send(.undo)
    var message = try #require(runner.message { $0.commandsDone == 6 && $0.snapshot?.step == 3 })
    var snapshot = try #require(message.snapshot)
    #expect(snapshot.configuration == configuration && snapshot.edits.isEmpty)
    #expect(snapshot.status == .paused && snapshot.generation == 1 && message.problem == nil)
    runner.send(.step(count: 1))
    runner.send(.open(RunID(1)))
    snapshot = try #require(
      runner.message { $0.commandsDone == 8 && $0.snapshot?.status == .paused }?.snapshot)
    #expect(snapshot.step == 4 && snapshot.configuration.optimizer.learningRate == 0.5)
    #expect(snapshot.runs.head == RunID(1) && snapshot.runs.records.count == 2)
    runner.send(.open(RunID(7)))
    message = try #require(runner.message { $0.commandsDone == 9 })
    #expect(message.problem == "there is no run 7" && message.snapshot?.step == 4)
    for _ in 0..<3 { runner.send(.undo) }
    #expect(runner.message { $0.commandsDone == 12 }?.problem == "there is nothing to undo")
  }

  @Test("A diverged run waits; resuming with a lower rate trains it on")
  func divergence() throws {
    let configuration = try RunConfiguration.small("optimizer.learning_rate=10")
    let runner = run(configuration, steps: 50)
    defer { runner.send(.stop) }
    let diverged = try #require(
      runner.message {
        if case .diverged? = $0.snapshot?.status { true } else { false }
      }?.snapshot)
    #expect(diverged.step == 0 && diverged.history.buckets.isEmpty)
    runner.send(.configure(try configuration.setting(["optimizer.learning_rate=0.001"])))
    runner.send(.resume)
    let finished = try #require(runner.message(where: isFinished)?.snapshot)
    #expect(finished.step == 50)
  }

  @Test("A paused and measured run is silent")
  func silence() throws {
    let runner = run(
      try .small("distribution.kind=gaussian_mixture"), steps: nil, isPaused: true)
    defer { runner.send(.stop) }
    // A measured session publishes once more and then blocks.
    #expect(
      runner.message {
        $0.snapshot?.probe != nil && $0.snapshot?.samples != nil
          && $0.snapshot?.exactScoreRun != nil
          && $0.snapshot?.floor != nil && $0.snapshot?.heldOut.isEmpty == false
      } != nil)
    while runner.polled.isReadable(milliseconds: 200) {
      runner.polled.drain()
      _ = runner.mailbox.take()
    }
    #expect(!runner.polled.isReadable(milliseconds: 200))
    runner.send(.step(count: 1))
    #expect(runner.message { $0.snapshot?.step == 1 } != nil)
  }

  @Test("A configuration that leaves signal at the horizon carries a warning")
  func warning() throws {
    for configuration in [RunConfiguration(), .start] {
      #expect(try Session(configuration).warnings.isEmpty)
    }
    let short = try RunConfiguration().setting(["process.horizon=1"])
    #expect(try Session(short).warnings.count == 1)
  }

  @Test("Training at one level carries a warning, which is none of the exact score's")
  func fixedLevel() throws {
    let fixed = try RunConfiguration().setting(["objective.levels=fixed"])
    let session = try Session(fixed)
    #expect(
      session.warnings.count == 1 && session.warnings[0].hasPrefix("trained at time 0.1 alone"))
    #expect(fixed.samplerWarnings(for: session.distribution).isEmpty)
    #expect(try Session(fixed.setting(["objective.levels=bank"])).warnings.isEmpty)
  }
}

/// A file that is read once it is let go.
private struct HeldSource: DataSource {
  let release = DispatchSemaphore(value: 0)

  func table(file: String, columns: [String]) throws -> DataTable {
    release.wait()
    return DataTable(
      names: ["x", "y"], points: Points(values: [0, 0, 1, 1, 2, 3], dimension: 2))
  }
}
