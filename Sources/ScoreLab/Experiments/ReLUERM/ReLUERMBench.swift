import OutsideText
import Glibc
import ScoreCore

/// A network trained on a hard pair's data with few far samples, or none: its error in L2 is that
/// of the far part until there is one, its `D_delta` is small throughout.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Setting 1.1 and Lemma 4.1.
public struct ReLUERMBench: Experiment {
  /// How many far samples the training sets have.
  static let farCounts = [0, 1, 2, 3, 5, 10]

  public var delta: Double
  /// Training sets, and networks, for each number of far samples.
  public var repeats: Int
  /// Training steps of each network.
  public var steps: Int

  public var standardRun: RunConfiguration? {
    var run = RunConfiguration()
    run.distribution = DistributionConfiguration(
      kind: "pair", parameters: ["eta": .number(0.001), "separation": .number(30)])
    run.trainingSet.count = .fixed(1000)
    run.process = ProcessConfiguration()
    run.network.hidden = [32, 32]
    run.network.activation = .relu
    run.network.timeEmbedding = .plain
    run.objective.target = CatalogChoice("score", of: TrainingTargetCatalog.all)
    run.objective.levels = CatalogChoice(
      "fixed", of: LevelDrawCatalog.all, ["level_time": .number(0.5)])
    run.objective.noise = .fixed
    run.optimizer.learningRate = 0.003
    run.optimizer.batch = 128
    run.optimizer.schedule = CatalogChoice(
      "cosine", of: RateScheduleCatalog.all, ["decay_steps": .number(3000)])
    return run
  }

  public func makeRun(_ setup: ExperimentSetup) throws -> any ExperimentRun {
    try MemoryEstimate(setup.run, dimension: 1, use: .sideBySide(Self.farCounts.count)).check()
    return try ReLUERMRun(bench: self, setup: setup)
  }
}

extension CatalogEntry where Member == any Experiment {
  static var reluERM: Self {
    Self(
      name: "relu_erm",
      summary: "a ReLU network that sees no far sample, or a few: L2 is off, D_delta is small",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Setting 1.1 and Lemma 4.1",
      parameters: [
        ParameterDescription(
          "delta", "share of the samples that may have larger errors, above the law's eta",
          .number(default: 0.01, range: 1e-4...0.5)),
        ParameterDescription(
          "repeats", "training sets and networks for each number of far samples",
          .integer(default: 20, range: 2...1000)),
        ParameterDescription(
          "steps", "training steps of each network",
          .integer(default: 3000, range: 10...1_000_000)),
      ]
    ) { values in
      ReLUERMBench(
        delta: values.number("delta"), repeats: values.integer("repeats"),
        steps: values.integer("steps"))
    }
  }
}

/// The law and the level of a run, which must be a pair at one level.
struct ReLUERMSetting: Sendable {
  let pair: LowerBoundPair
  let time: Double
  let level: NoiseLevel
  let sampleCount: Int

  init(_ run: RunConfiguration, delta: Double) throws(ParameterError) {
    guard run.distribution.kind == "pair" else {
      throw ParameterError(
        path: ["run", "distribution", "kind"],
        message: "must be pair, found \(SafeText.sanitized(run.distribution.kind))")
    }
    guard let time = run.onlyTrainedTime else {
      throw ParameterError(
        path: ["run", "objective", "levels"],
        message: "must be fixed, found \(run.objective.levels.name)")
    }
    let least = 2 * (ReLUERMBench.farCounts.max() ?? 0)
    guard let count = run.trainingSet.fixedCount, count >= least else {
      throw ParameterError(
        path: ["run", "training_set", "count"], message: "must be a number from \(least) on")
    }
    let values = try CatalogParameters(
      run.distribution.parameters,
      describedBy: DistributionCatalog.entry(named: "pair")?.parameters ?? [])
    pair = LowerBoundPair(
      eta: values.number("eta"), separation: values.number("separation"))
    guard delta > pair.eta else {
      throw ParameterError(
        path: ["delta"], message: "must be above eta \(pair.eta), found \(delta)")
    }
    self.time = time
    level = run.process.make().level(at: time)
    sampleCount = count
  }

  /// The distance of the parts in noisy data.
  var separation: Double { level.alpha * pair.separation }
  /// What the squared L2 error is of a score that does not know of the far part.
  var unit: Double { pair.eta * separation * separation }
}
