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
      let file = try SafetensorsFile(checkpoint.file.bytes, file: "checkpoint")
      #expect(Checkpoint(file) == checkpoint)
    }
    #expect(RecordCoding.decode(RecordCoding.encode(session.log)) == session.log)
    let start = RunConfiguration.start
    #expect(RecordCoding.decode(RecordCoding.encode(start)) == start)
  }

  @Test(
    "The file of a checkpoint has each state's numbers once, and what is missing is no checkpoint")
  func files() throws {
    let session = try Session(try .small())
    let first = session.checkpoint.file
    // Before the first step the four states are one.
    #expect(first.arrays.allSatisfy { $0.name.hasPrefix("state.") })
    #expect(first["state.parameters"]?.elements == .float32(session.parameters))
    let (later, _) = try edited()
    let file = later.checkpoint.file
    #expect(file.arrays.count { $0.name.hasSuffix(".parameters") } > 1)
    for array in file.arrays {
      let rest = file.arrays.filter { $0.name != array.name }
      #expect(Checkpoint(SafetensorsFile(rest, metadata: file.metadata)) == nil)
    }
    #expect(Checkpoint(SafetensorsFile(file.arrays)) == nil)
  }

  @Test("The checksum of a long file differs after any one byte, and with its length")
  func checksums() {
    let bytes = (0..<37).map { UInt8(7 * $0) }
    var sums: Set = [CheckedText.longChecksum(bytes)]
    for place in bytes.indices {
      var other = bytes
      other[place] ^= 0x40
      sums.insert(CheckedText.longChecksum(other))
    }
    for count in [0, 8, 32, 36] {
      sums.insert(CheckedText.longChecksum(Array(bytes.prefix(count))))
    }
    sums.insert(CheckedText.longChecksum(bytes + [0]))
    #expect(sums.count == 1 + 37 + 4 + 1)
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
