import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

/// Streams of different seeds never meet, so two runs share no stream if no seed is in both.
@Suite struct ExperimentSeedTests {
  /// Small values for the experiments that train their replicates one after the other.
  static let small = [
    "relu_erm": ["repeats=3", "steps=400"],
    "outlier_training": [
      "repeats=3", "steps=10", "run.sampler.count=20", "run.sampler.steps=2",
      "run.probe.points=64", "run.probe.levels=2",
    ],
  ]

  @Test(
    "Runs of neighbouring seeds share no stream", arguments: ExperimentCatalog.all.map(\.name))
  func neighbours(name: String) throws {
    let (first, second) = (try seeds(of: name, seed: 7), try seeds(of: name, seed: 8))
    #expect(first.contains(7) && second.contains(8))
    #expect(first.isDisjoint(with: second), "\(first.intersection(second))")
    if Self.small[name] != nil {
      #expect(first.count >= 4, "one of the whole and three of repeats")
    }
  }

  @Test("The seed of its run is always the experiment's, whichever is set, and however")
  func oneSeed() throws {
    var configuration = ExperimentConfiguration("certificate")
    #expect(configuration.run.seed == configuration.seed)
    configuration.seed = 9
    #expect(configuration.run.seed == 9)
    configuration.run.seed = 3
    #expect(configuration.run.seed == 9)
    #expect(try configuration.setting(["run.seed=3", "seed=11"]).run.seed == 11)
    #expect(try configuration.setting("seed", to: .seed(12)).run.seed == 12)
    let read = try ExperimentConfiguration.parse(
      text: "experiment: certificate\nseed: 5\nrun: {seed: 6}", file: "e.yaml")
    #expect(read.run.seed == 5)
  }

  /// All seeds that an experiment holds, at its start and after each step.
  private func seeds(of name: String, seed: UInt64) throws -> Set<UInt64> {
    var configuration = try ExperimentConfiguration(name).setting(
      Self.small[name] ?? CreditSample.settings(of: name))
    configuration.seed = seed
    var run = try configuration.makeDriver(dataSource: DataFile())
    var found = Set<UInt64>()
    collectSeeds(in: run, into: &found)
    var steps = Self.small[name] == nil ? 1 : .max
    while !run.isFinished, steps > 0 {
      try run.step()
      collectSeeds(in: run, into: &found)
      steps -= 1
    }
    return found
  }

  /// The stored properties named `seed`, however deep.
  private func collectSeeds(in value: Any, into found: inout Set<UInt64>) {
    let mirror = Mirror(reflecting: value)
    // Longer lists are of numbers; no experiment holds as many runs.
    let children = mirror.displayStyle == .collection ? 300 : .max
    for child in mirror.children.prefix(children) {
      if child.label == "seed", let seed = child.value as? UInt64 {
        found.insert(seed)
      } else if !Self.isNumber(child.value) {
        collectSeeds(in: child.value, into: &found)
      }
    }
  }

  private static func isNumber(_ value: Any) -> Bool {
    value is Double || value is [Double] || value is [Float] || value is Int || value is [Int]
      || value is UInt64 || value is String || value is Points
  }
}
