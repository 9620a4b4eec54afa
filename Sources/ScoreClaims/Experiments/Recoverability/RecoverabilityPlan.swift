import ScoreCore
import ScoreLab

/// Trains a network for each weighting on the same draws, and measures all of them the same way.
struct RecoverabilityPlan: ExperimentPlan {
  /// One seed of training, with a network for each weighting.
  struct Unit: Codable, Hashable, Sendable {
    var seed: Int
  }

  struct Record: Codable, Sendable {
    /// One a weighting, then one a baseline.
    var outcomes: [Outcome]
    var baselines: [Outcome]
    /// The loss of the constant weighting above the floor, half way and at the end, and the floor.
    var excessHalfway: Double
    var excessAtEnd: Double
    var floor: Double
    /// Of the network without training, of the constant weighting's and of erd's.
    var kernels: [KernelLevels]
  }

  /// What one score got wrong.
  struct Outcome: Codable, Sendable {
    /// `sigma^2 E||s_hat - s||^2` at each level: the excess of the noise.
    var excess: [Double]
    var transport: Distance
    var variation: Distance
  }

  /// A distance of a sample with that of samples of the distribution itself.
  struct Distance: Codable, Sendable {
    var value: Double
    var nullMean: Double
    var nullHigh: Double
  }

  /// The tangent kernel, the last hidden layer and the gradients of a network, level by level.
  struct KernelLevels: Codable, Sendable {
    /// The effective rank of the tangent kernel, and of the covariance of the last hidden layer.
    var rank: [Double] = []
    var featureRank: [Double] = []
    /// The squared length of the mean gradient and the variance of single gradients about it.
    var signal: [Double] = []
    var noise: [Double] = []
  }

  /// A score without a network, to measure networks by.
  enum Baseline: CaseIterable {
    case exact, zero, gaussian

    var name: String {
      switch self {
      case .exact: "exact score"
      case .zero: "zero"
      case .gaussian: "one Gaussian"
      }
    }
  }

  /// Networks whose kernels are looked at.
  enum Looked: String, CaseIterable {
    case untrained, constant, erd
  }

  let experiment: Recoverability
  let setup: ExperimentSetup
  let process: any ForwardProcess
  let distribution: any KnownScoreDistribution
  /// The times of the levels measured, ascending.
  let times: [Double]
  /// The share of the target's mean square that the noisy point tells, at each level.
  let shares: [Double]
  /// What is measured in place of a network of a weighting; itself but in tests.
  var measuredScore:
    @Sendable (_ network: any ScoreFunction, _ weighting: String) -> any ScoreFunction = {
      network, _ in network
    }
  /// What is measured in place of the network half way and at the end; itself but in tests.
  var followedScore: @Sendable (_ network: any ScoreFunction, _ isEnd: Bool) -> any ScoreFunction =
    {
      network, _ in network
    }
  /// What is looked at in place of a network at a level; itself but in tests.
  var lookedAt: @Sendable (_ network: NetworkScore, _ level: NoiseLevel) -> NetworkScore = {
    network, _ in network
  }

  init(
    experiment: Recoverability, setup: ExperimentSetup, distribution: any KnownScoreDistribution
  ) {
    self.experiment = experiment
    self.setup = setup
    self.distribution = distribution
    let process = setup.run.process.make()
    self.process = process
    let probe = ErrorProbe(
      distribution: distribution, process: process, levelCount: setup.run.probe.levels,
      pointCount: setup.run.probe.points, seed: setup.seed)
    times = probe.times
    let shares = RecoverableShares(
      of: setup.run.objective.make().target, distribution: distribution, process: process)
    self.shares = times.map { shares.share(atLogSNR: process.level(at: $0).logSNR) }
    sliceCount = half(training(seed: 0), isFirst: true).sliceCount * 2
  }

  private(set) var sliceCount = 1

  var units: [Unit] { (0..<experiment.repeats).map { Unit(seed: $0) } }

  func length(of unit: Unit) -> Int { sliceCount + Recoverability.weightings.count + 3 }

  func activity(of unit: Unit) -> String { "seed \(unit.seed + 1) of \(experiment.repeats)" }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    RecoverabilityWork(self, index: unit.seed, threads: threads)
  }

  func findings(_ records: Records) -> RecoverabilityFindings {
    RecoverabilityFindings(self, records)
  }
}

// MARK: - Training

extension RecoverabilityPlan {
  /// The seed of a repeat: everything that is random in it, so that repeats are independent.
  func replicateSeed(_ index: Int) -> UInt64 {
    RandomStream.derivedSeed(seed: setup.seed, index: UInt64(index))
  }

  /// The networks of one repeat: alike in their start, their points, levels and noise.
  func training(seed index: Int) -> [Trainer] {
    Recoverability.weightings.map { name in
      var configuration = setup.run
      configuration.seed = replicateSeed(index)
      configuration.objective.weighting = CatalogChoice(name, of: LevelWeightingCatalog.all)
      return Trainer(configuration: configuration, distribution: distribution, threads: 1)
    }
  }

  /// The first or the second half of the training of these networks.
  func half(_ runs: [Trainer], isFirst: Bool) -> ParallelTraining {
    let first = experiment.steps / 2
    return ParallelTraining(runs, stepCount: isFirst ? first : experiment.steps - first)
  }

  /// The objective that the two losses are of: that of the run, with the constant weighting.
  var plainObjective: Objective {
    var objective = setup.run.objective.make()
    objective.weighting = ConstantWeighting()
    return objective
  }
}
