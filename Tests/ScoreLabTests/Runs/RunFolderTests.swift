import TestSupport
import Testing

@testable import ScoreLab

/// A run as files that other programs read.
@Suite struct RunFolderTests {
  @Test("From the files the run can be trained again to the bits of its weights")
  func again() throws {
    let folder = try TemporaryFolder()
    var session = try Session(try .small("seed=11"))
    session.train(to: 20)
    session.configure(try session.configuration.setting(["optimizer.learning_rate=0.01"]))
    session.train(to: 30)
    let names = try RunFolder(path: folder.path + "/run").write(session)
    #expect(
      names == [
        "run.yaml", "configuration.yaml", "edits.csv", "losses.csv", "held_out.csv",
        "weights.safetensors",
      ])
    func text(_ name: String) throws -> String {
      String(decoding: try folder.read("run/\(name)"), as: UTF8.self)
    }
    #expect(try text("edits.csv") == "step,change\n20,learning_rate 0.001 -> 0.01\n")
    let log = try SharedRun.parse(text: text("run.yaml"), file: "run").log()
    let again = try Session.replay(log, executedSteps: 30, dataSource: DataFile(), threads: 1)
    #expect(again.bits == session.bits)
    #expect(
      try RunConfiguration.parse(text: text("configuration.yaml"), file: "now")
        == session.configuration)
    let weights = try WeightsFile.read("\(folder.path)/run/weights.safetensors")
    #expect(weights.last == session.parameters && weights.step == 30)
    #expect(try RunFolder(path: folder.path + "/again").write(again) == names)
    for name in names { #expect(try folder.read("run/\(name)") == folder.read("again/\(name)")) }
  }

  @Test("Every step is in one stretch of losses")
  func losses() throws {
    let folder = try TemporaryFolder()
    var session = try Session(try .small())
    session.train(to: 25)
    _ = try RunFolder(path: folder.path).write(session)
    let rows = String(decoding: try folder.read("losses.csv"), as: UTF8.self).split(separator: "\n")
    #expect(rows[0] == "first_step,steps,minimum,mean,maximum,smoothed")
    #expect(rows.dropFirst().compactMap { Int($0.split(separator: ",")[1]) }.reduce(0, +) == 25)
  }

  @Test("A folder without a name is one that was not there")
  func unused() throws {
    let folder = try TemporaryFolder()
    let session = try Session(try .small())
    for number in 1...3 {
      let next = RunFolder.unused(folder.path + "/run")
      #expect(next.path == "\(folder.path)/run-\(number)")
      _ = try next.write(session)
    }
  }
}
