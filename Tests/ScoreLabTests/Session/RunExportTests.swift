import Glibc
import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct RunExportTests {
  private func export(
    _ settings: [String], steps: Int, recorded: Set<Int>, folder: TemporaryFolder
  ) throws -> (StoredArchive, Session) {
    let configuration = try RunConfiguration().setting(
      ["network.hidden=[5, 4]", "network.time_features=4", "optimizer.batch=80"] + settings)
    var session = try Session(configuration: configuration, dataSource: DataFile(), threads: 1)
    var export = try RunExport(of: session, to: "\(folder.path)/run.npz")
    while session.step < steps {
      if recorded.contains(session.step + 1) {
        let record = session.recordedStep()
        export.add(try #require(record))
      } else {
        _ = session.trainStep()
      }
    }
    #expect(try export.write(session, configuration: configuration.yaml, isCancelled: { false }))
    let bytes = try OpenFile(reading: "\(folder.path)/run.npz").readAll(limit: 1 << 24)
    return (try StoredArchive(bytes), session)
  }

  /// The prediction at one row from exported arrays alone: SiLU layers in float64.
  private func prediction(
    _ archive: StoredArchive, _ name: String, input: [Double], clock: Double
  ) throws -> [Double] {
    let frequencies = try archive.floats("time_frequencies").map { Double($0) }
    var values = input + frequencies.map { sin($0 * clock) } + frequencies.map { cos($0 * clock) }
    for layer in 0..<3 {
      let weight = try archive.floats("\(name).layer\(layer).weight").map { Double($0) }
      let bias = try archive.floats("\(name).layer\(layer).bias").map { Double($0) }
      var next = bias
      for j in bias.indices {
        for i in values.indices { next[j] += values[i] * weight[i * bias.count + j] }
      }
      values = layer < 2 ? next.map { $0 / (1 + exp(-$0)) } : next
    }
    return values
  }

  @Test("The arrays of a step give its inputs, its forward pass and its loss")
  func reproducesTheLoss() throws {
    let folder = try TemporaryFolder()
    let (archive, _) = try export([], steps: 30, recorded: [1, 30], folder: folder)
    #expect(folder.contents == ["run.npz", "run.npz.yaml"])
    for step in ["step1", "step30"] {
      func row(_ name: String) throws -> [Double] {
        try archive.floats("\(step).\(name)").map { Double($0) }
      }
      let (x, z, alpha, sigma) = (
        try row("points"), try row("noise"), try row("alpha"), try row("sigma")
      )
      let (weight, clock, target) = (try row("weight"), try row("clock"), try row("target"))
      var sum = 0.0
      for k in 0..<80 {
        // The noise target sees the noisy point as it is.
        let input = [0, 1].map { alpha[k] * x[2 * k + $0] + sigma[k] * z[2 * k + $0] }
        #expect(abs(alpha[k] * alpha[k] + sigma[k] * sigma[k] - 1) < 1e-6)
        #expect(abs(clock[k] - 2 * log(alpha[k] / sigma[k])) < 1e-5 * max(1, abs(clock[k])))
        let output = try prediction(archive, "\(step).before", input: input, clock: clock[k])
        for axis in 0..<2 {
          #expect(target[2 * k + axis] == z[2 * k + axis])
          sum += weight[k] * (output[axis] - z[2 * k + axis]) * (output[axis] - z[2 * k + axis])
        }
      }
      // Float32 passes against float64, over some dozens of terms near 1.
      #expect(abs(sum / 80 / (try archive.number("\(step).loss")) - 1) < 3e-6)
    }
  }

  @Test("The averaged weights give the session's score, and the first weights the first step's")
  func reproducesTheScore() throws {
    let folder = try TemporaryFolder()
    let (archive, session) = try export([], steps: 20, recorded: [1], folder: folder)
    let level = OrnsteinUhlenbeck(horizon: 5, stop: 0.001).level(at: 0.4)
    let score = session.score.score(at: Points(rows: [[0.3, -0.8]]), level: level).values
    let output = try prediction(
      archive, "average", input: [0.3, -0.8], clock: 2 * log(level.alpha / level.sigma))
    for (found, noise) in zip(score, output) {
      #expect(abs(found + noise / level.sigma) < 1e-5)
    }
    for layer in 0..<3 {
      let name = "layer\(layer).weight"
      #expect(try archive.floats("initial.\(name)") == archive.floats("step1.before.\(name)"))
      #expect(try archive.floats("step1.after.\(name)") != archive.floats("last.\(name)"))
    }
  }

  @Test("A bank has an axis for its networks, and a step the arrays of its own")
  func bank() throws {
    let folder = try TemporaryFolder()
    let (archive, session) = try export(
      ["objective.levels=bank", "objective.bank_networks=3"], steps: 3, recorded: [1, 2, 3],
      folder: folder)
    let size = try archive.floats("step2.before.layer1.weight").count
    let all = try archive.floats("last.layer1.weight")
    #expect(all.count == 3 * size)
    for network in 0..<3 {
      let part = Array(all[network * size..<(network + 1) * size])
      #expect(try archive.floats("step\(network + 1).after.layer1.weight") == part)
    }
    #expect(session.step == 3)
  }

  @Test("Recording changes no bit of a run")
  func sameRun() throws {
    let folder = try TemporaryFolder()
    let all = try export([], steps: 12, recorded: Set(1...12), folder: folder).1
    let none = try export([], steps: 12, recorded: [], folder: folder).1
    #expect(all.parameters == none.parameters && all.averagedParameters == none.averagedParameters)
  }
}
