import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Networks trained on each data set, and samples of every score on it.
struct MemorisationPlan: ExperimentPlan {
  static var lanes: Int { 4 }

  struct Unit: Codable, Hashable, Sendable { let set: Int }

  /// What was measured on one data set.
  struct Record: Codable, Sendable, Equatable {
    /// The share of copies of each source.
    var ratios: [Memorisation.Source: Double] = [:]
    /// The energy distance of each source to many fresh points.
    var distances: [Memorisation.Source: Double] = [:]
    /// The energy distance to n held-out points, less that to the training points.
    var gaps: [Memorisation.Source: Double] = [:]
    /// The mean effective number of points, `[levels]`.
    var effective: [Memorisation.Source: [Double]] = [:]
    /// The least and the largest at any point.
    var effectiveRange: [Double] = []
    /// The temperature that the points' score fits a score best at, `[levels]`.
    var temperatures: [Memorisation.Source: [Double]] = [:]
    /// The effective number at that temperature, `[levels]`.
    var fittedEffective: [Memorisation.Source: [Double]] = [:]
    /// The root mean square distance of the copies' samples from the nearest training point, over its
    /// expectation.
    var nearestDistance = 0.0
    /// The largest gap to the closed form of two points, times sigma^2.
    var twoPointGap = 0.0
  }

  let values: Memorisation
  let seed: UInt64
  let distribution: any KnownScoreDistribution
  /// Stands in for the smoothing of the points' score; itself but in tests.
  var smoothing: @Sendable (EmpiricalScore.Smoothing) -> EmpiricalScore.Smoothing = { $0 }
  /// Stands in for a source's score on training points; itself but in tests.
  var score: @Sendable (any ScoreFunction, Memorisation.Source, Points) -> any ScoreFunction = {
    score, _, _ in score
  }

  init(values: Memorisation, seed: UInt64, distribution: any KnownScoreDistribution) {
    (self.values, self.seed, self.distribution) = (values, seed, distribution)
  }

  var units: [Unit] { (0..<values.repeats).map { Unit(set: $0) } }

  func activity(of unit: Unit) -> String { "data set \(unit.set + 1) of \(values.repeats)" }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    let data = Data(self, set: unit.set)
    @Sendable func training(_ features: TimeFeatures) -> UnitTraining {
      UnitTraining(
        trainer(on: data, features, threads: threads), stepCount: values.steps, partSteps: 100,
        threads: threads)
    }
    let (level, none) = (TimeFeatures(.logSNR, pairs: 8), TimeFeatures(.absent, pairs: 0))
    return training(level).then { learned in
      training(none).map { levelFree in
        measured(
          data,
          networks: Networks(
            learned: network(learned, level), levelFree: network(levelFree, none)))
      }
    }
  }

  func findings(_ records: Records) -> MemorisationFindings {
    MemorisationFindings(self, records)
  }
}

extension MemorisationPlan {
  /// The points of one data set, all independent.
  struct Data: Sendable {
    let set: Int
    let training: Points
    /// As many as the training points.
    let heldOut: Points
    /// Many, which stand for the distribution.
    let reference: Points

    private static let referenceCount = 2000

    init(_ plan: MemorisationPlan, set: Int) {
      var stream = plan.stream(1, set)
      self.set = set
      training = plan.distribution.sample(count: plan.values.points, using: &stream)
      heldOut = plan.distribution.sample(count: plan.values.points, using: &stream)
      reference = plan.distribution.sample(count: Self.referenceCount, using: &stream)
    }
  }

  func stream(_ part: UInt64, _ set: Int) -> RandomStream {
    RandomStream(seed: seed, purpose: .experiment, index: part << 32 | UInt64(set))
  }

  /// The networks trained on one data set.
  struct Networks: Sendable {
    let learned: NetworkScore
    /// Of a network that does not see the noise level.
    let levelFree: NetworkScore
  }

  private func architecture(_ features: TimeFeatures) -> Perceptron {
    Perceptron(
      InputEncoding(
        dimension: distribution.dimension, positionPairs: 2, timeFeatures: features),
      hidden: [values.width, values.width])
  }

  private func trainer(on data: Data, _ features: TimeFeatures, threads: Int) -> Trainer {
    Trainer(
      architecture: architecture(features), process: values.process,
      trainingSet: .fixed(data.training),
      optimization: Optimization(
        learningRate: values.rate, schedule: CosineRate(steps: values.steps),
        average: WeightAverage(decay: 0.99)),
      batch: values.batch, seed: RandomStream.derivedSeed(seed: seed, index: UInt64(data.set)),
      threads: threads)
  }

  private func network(_ weights: TrainedWeights, _ features: TimeFeatures) -> NetworkScore {
    NetworkScore(
      architecture: architecture(features), parameters: weights.average.values,
      process: values.process, threads: 1)
  }

  /// The score that a source's samples follow; nil where they follow none.
  func makeScore(
    _ source: Memorisation.Source, _ data: Data, networks: Networks
  ) -> (any ScoreFunction)? {
    let own: any ScoreFunction
    switch source {
    case .empirical, .temperature, .nearest, .smoothed:
      own = EmpiricalScore(data.training, smoothing: smoothing(values.smoothing(of: source)))
    case .learned: own = networks.learned
    case .levelFree: own = networks.levelFree
    case .exact: own = ExactScore(distribution)
    case .gaussian: own = BaselineScore.gaussian(fittedTo: data.training)
    case .unconditional, .fresh: return nil
    }
    return score(own, source, data.training)
  }
}
