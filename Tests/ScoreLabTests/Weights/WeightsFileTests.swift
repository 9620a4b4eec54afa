import Glibc
import OutsideText
import ScoreCore
import TestSupport
import Testing

@testable import ScoreLab

@Suite struct WeightsFileTests {
  private static func session(_ assignments: [String], steps: Int = 40) throws -> Session {
    var session = try Session(try RunConfiguration.small().setting(assignments))
    session.train(to: steps)
    return session
  }

  @Test(
    "Weights give the session's scores to the bit, for every kind of network and a bank",
    arguments: [
      [], ["network.kind=linear"], ["network.kind=random_features"],
      ["network.hidden=[8, 8]", "network.residual=true", "network.position_features=2"],
      ["objective.levels=bank", "network.time_embedding=plain"],
      ["distribution.kind=old_faithful", "objective.target=edm"],
      ["network.kind=ntk", "network.width=40"],
      ["network={kind: ntk, width: 40, outer_weights: trained}", "objective.levels=bank"],
      ["network={kind: conservative, width: 40, position_features: 2}"],
    ])
  func roundTrip(assignments: [String]) throws {
    let folder = try TemporaryFolder()
    let session = try Self.session(assignments)
    let path = "\(folder.path)/w.safetensors"
    try WeightsFile(of: session).write(to: path, origin: "a test")
    #expect(folder.contents == ["w.safetensors"])
    let read = try WeightsFile.read(path)
    #expect(read.configuration == session.configuration && read.step == 40)
    #expect(read.frame == session.distribution.coordinates)
    #expect(read.last == session.parameters && read.average == session.averagedParameters)
    var stream = RandomStream(seed: 3, purpose: .test)
    let x = stream.normals(count: 5, dimension: session.distribution.dimension)
    let level = NoiseLevel(alpha: 0.8, sigma: 0.6)
    #expect(read.score().score(at: x, level: level) == session.score.score(at: x, level: level))
    #expect(read.score(isCurrent: true).parameters == session.parameters)
  }

  @Test("What is missing from a file of weights or does not fit is one line that names it")
  func refused() throws {
    let folder = try TemporaryFolder()
    try WeightsFile(of: try Self.session([])).write(
      to: "\(folder.path)/w.safetensors", origin: "a test")
    let good = try SafetensorsFile.read("\(folder.path)/w.safetensors")
    func message(
      metadata: [String: String?] = [:], array: NamedArray? = nil, without name: String? = nil
    ) -> String {
      var texts = good.metadata
      for (key, value) in metadata { texts[key] = value }
      let arrays =
        good.arrays.filter { $0.name != (array?.name ?? name) } + [array].compactMap { $0 }
      do throws(DataFileError) {
        _ = try WeightsFile(SafetensorsFile(arrays, metadata: texts), file: "w")
        return "read"
      } catch {
        return error.description
      }
    }
    #expect(message() == "read")
    #expect(
      message(metadata: ["format": nil])
        == "w: no format in its metadata; expected \"scorefield weights 1\", the weights that "
        + "scorefield writes")
    #expect(message(metadata: ["format": "pt"]).hasPrefix("w: format \"pt\"; expected"))
    #expect(message(metadata: ["configuration": nil]) == "w: no \"configuration\" in its metadata")
    #expect(
      message(metadata: ["configuration": "seed: -1"]).hasPrefix("w: configuration: seed: expected")
    )
    #expect(
      message(metadata: ["step": "many"]) == "w: step: expected a whole number, found \"many\"")
    #expect(
      message(metadata: ["dimension": "0"]).hasPrefix("w: dimension: expected a whole number"))
    #expect(message(metadata: ["coordinates": "a"]) == "w: coordinates: expected 2 names")
    #expect(
      message(without: "average.layer1.weight") == "w: there is no array \"average.layer1.weight\"")
    #expect(
      message(array: NamedArray("last.layer1.bias", shape: [1], .float32([0])))
        == "w: array \"last.layer1.bias\": shape [1]; expected [2]")
    #expect(
      message(array: NamedArray("last.layer1.bias", shape: [2], .float32([0, .nan])))
        == "w: array \"last.layer1.bias\": expected finite numbers of type F32")
    #expect(
      message(array: NamedArray("coordinates.scale", shape: [2], .float64([1, 0])))
        == "w: array \"coordinates.scale\": expected positive numbers")
  }

  /// Runs a shell command and returns its output; nil if it fails.
  private static func output(_ command: String) -> String? {
    guard let pipe = popen(command, "r") else { return nil }
    var bytes: [UInt8] = []
    while case let byte = fgetc(pipe), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return pclose(pipe) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static let hasNumPy = output("python3 -c 'import numpy' 2>/dev/null") != nil

  @Test(
    "The Python module gives the network's output, the score and a step of DDIM to 1e-6",
    .enabled(if: hasNumPy, "numpy is not there"),
    arguments: [
      ["objective.target=noise"], ["objective.target=data", "network.activation=gelu"],
      [
        "objective.target=velocity", "network.hidden=[16, 16]", "network.residual=true",
        "network.position_features=3",
      ],
      ["objective.target=flow", "process.kind=flow", "network.time_embedding=time"],
      ["objective.target=score", "network.activation=relu", "network.time_embedding=plain"],
      ["objective.target=data", "network.time_embedding=none"],
      [
        "objective.target=edm", "objective.data_deviation=0.7", "process.kind=edm",
        "network.activation=tanh",
      ],
      ["objective.levels=bank"], ["network.kind=linear"],
      [
        "network={kind: ntk, width: 40, time_embedding: since_stop, input_radius: 1.2}",
        "objective={target: data, support_radius: 0.3}",
      ],
      ["network={kind: ntk, width: 40, outer_weights: trained}", "objective.levels=bank"],
      ["network={position_features: 2, input_radius: 0.8}"],
      [
        "network={kind: conservative, width: 40, activation: tanh, position_features: 3}",
        "objective.target=velocity",
      ],
      ["network={kind: conservative, width: 40}", "objective.levels=bank"],
    ])
  func python(assignments: [String]) throws {
    let folder = try TemporaryFolder()
    let weights = WeightsFile(of: try Self.session(assignments))
    #expect(
      try PythonModule(path: folder.path).write(weights, origin: "a test")
        == ["weights.safetensors", "scorefield_score.py", "example.py", "example.ipynb"])
    try folder.write(
      """
      import numpy as np, scorefield_score
      m = scorefield_score.Model("weights.safetensors")
      x = np.array([[0.5, -1.0], [2.0, 0.25]])
      a, b = m.levels[2], m.levels[3]
      for v in (m.predict(x, a), m.score(x, a), m.step(x, a, b)):
          print(*(repr(float(u)) for u in v.ravel()))
      """, to: "ask.py")
    let text = try #require(Self.output("cd '\(folder.path)' && python3 ask.py"))
    let found = text.split(separator: "\n").map {
      $0.split(separator: " ").compactMap { Double($0) }
    }

    let (configuration, score) = (weights.configuration, weights.score())
    let process = configuration.process.make()
    let times = configuration.sampler.makeGrid().times(stepCount: 6, process: process)
    let x = Points(rows: [[0.5, -1], [2, 0.25]])
    var moved = x
    var (noise, memory) = (RandomStream(seed: 0, purpose: .test), SamplerMemory())
    ImplicitSampler().step(
      &moved, over: TimeStep(from: times[2], to: times[3]), process: process, score: score,
      noise: &noise, memory: &memory)
    let level = process.level(at: times[2])
    let expected = [
      score.prediction(at: x, level: level), score.score(at: x, level: level), moved,
    ]
    #expect(found.count == 3)
    for (numbers, points) in zip(found, expected) {
      let largest = points.values.map { abs($0) }.max() ?? 0
      #expect(numbers.count == 4)
      for (a, b) in zip(numbers, points.values) {
        // Float32 passes against float64.
        #expect(abs(a - b) < 1e-6 * max(1, largest), "\(a), not \(b)")
      }
    }
    let printed = try #require(Self.output("cd '\(folder.path)' && python3 example.py"))
    // The notebook's cells, one after the other, but for the picture.
    try folder.write(
      """
      import json
      notebook = json.load(open("example.ipynb"))
      assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
      cells = notebook["cells"]
      assert len({cell["id"] for cell in cells}) == len(cells)
      names = {}
      for cell in [cell for cell in cells if cell["cell_type"] == "code"][:-1]:
          assert cell["outputs"] == [] and cell["execution_count"] is None
          exec("".join(cell["source"]), names)
      """, to: "cells.py")
    #expect(Self.output("cd '\(folder.path)' && python3 cells.py") == printed)
  }
}
