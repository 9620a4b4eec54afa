import ScoreCore
import Testing

@testable import ScoreLab

/// A run goes on from a checkpoint as if it had never stopped.
@Suite struct CheckpointTests {
  /// A run with edits, a divergence and a way on from it, and checkpoints all along.
  private func edited() throws -> (session: Session, checkpoints: [Checkpoint]) {
    var session = try Session(try .small())
    var checkpoints: [Checkpoint] = []
    func train(to executed: Int) {
      while session.executedSteps < executed, session.divergence == nil {
        if session.executedSteps % 11 == 0 { checkpoints.append(session.checkpoint) }
        _ = session.trainStep()
      }
      checkpoints.append(session.checkpoint)
    }
    let edits = ["optimizer.learning_rate=0.01", "optimizer.batch=40", "sampler.steps=4"]
    for (index, edit) in edits.enumerated() {
      train(to: 20 * (index + 1))
      session.configure(try session.configuration.setting([edit]))
      checkpoints.append(session.checkpoint)
    }
    train(to: 75)
    session.configure(try session.configuration.setting(["optimizer.learning_rate=30"]))
    train(to: 500)
    try #require(session.divergence != nil)
    session.configure(try session.configuration.setting(["optimizer.learning_rate=0.001"]))
    checkpoints.append(session.checkpoint)
    session.resumeAfterDivergence()
    train(to: session.executedSteps + 40)
    return (session, checkpoints)
  }

  @Test("Replaying the log from any checkpoint gives the bits of the run that never stopped")
  func replays() throws {
    let (session, checkpoints) = try edited()
    #expect(checkpoints.count > 15 && Set(checkpoints.map(\.entries)).count >= 5)
    for checkpoint in checkpoints {
      let again = try Session.replay(
        session.log, executedSteps: session.executedSteps, from: checkpoint,
        dataSource: DataFile(), threads: 2)
      #expect(again.bits == session.bits, "from \(checkpoint.executedSteps)")
      #expect(again.log == session.log && again.edits == session.edits)
      #expect(again.checkpoint == session.checkpoint)
    }
  }

  @Test("A checkpoint and a log are the same after they were written and read")
  func codes() throws {
    let (session, checkpoints) = try edited()
    for checkpoint in checkpoints {
      #expect(RecordCoding.decode(RecordCoding.encode(checkpoint)) == checkpoint)
    }
    #expect(RecordCoding.decode(RecordCoding.encode(session.log)) == session.log)
    let start = RunConfiguration.start
    #expect(RecordCoding.decode(RecordCoding.encode(start)) == start)
  }

  @Test("A restored session measures its own weights")
  func measures() throws {
    let (session, checkpoints) = try edited()
    let checkpoint = try #require(checkpoints.first { $0.step == 33 })
    var (restored, fresh) = (session, try Session(try .small()))
    restored.measureFully()
    restored.restore(checkpoint, of: session.log)
    #expect(restored.measurements.probe == nil && restored.measurements.heldOut.isEmpty)
    restored.measureFully()
    fresh.restore(checkpoint, of: session.log)
    fresh.measureFully()
    #expect(restored.measurements.probe == fresh.measurements.probe)
    #expect(restored.measurements.probe?.step == 33)
    #expect(restored.measurements.samples == fresh.measurements.samples)
  }
}
