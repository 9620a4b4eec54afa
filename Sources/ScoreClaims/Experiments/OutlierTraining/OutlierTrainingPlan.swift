import Glibc
import ScoreCore
import ScoreLab

/// Trains with the squared and with Huber's loss on the same points, for each share of outliers.
struct OutlierTrainingPlan: ExperimentPlan {
  enum Loss: CaseIterable, Hashable {
    case squared, huber
  }

  struct Case {
    let fraction: Double
    let loss: Loss
  }

  /// One training set for each share of outliers, with a network for each loss.
  struct Unit: Codable, Hashable, Sendable {
    var trainingSet: Int
  }

  struct Record: Codable, Sendable {
    /// One a case.
    var outcomes: [Outcome]
    /// One a baseline, with the largest share of outliers.
    var baselines: [Outcome]
  }

  /// What one network got wrong, measured against the clean distribution.
  struct Outcome: Codable, Sendable {
    struct Level: Codable, Sendable {
      var l2: Double
      var quantile: Double
    }

    struct Null: Codable, Sendable {
      var mean: Double
      var high: Double
    }

    /// The root mean square over levels of `sigma L2`, and the mean of `sigma D_delta`.
    let l2: Double
    let quantile: Double
    /// Both at each level.
    let levels: [Level]
    /// The distance of a sample from the clean distribution, and that of a clean sample of this
    /// size.
    let transport: Double
    let transportNull: Null
    /// The share of the sample beyond half of the outliers' distance.
    let farShare: Double
  }

  /// A score without a network, to measure networks by.
  enum Baseline: CaseIterable {
    case exact, contaminated, zero, gaussian, memorizing

    var name: String {
      switch self {
      case .exact: "exact score of the clean distribution"
      case .contaminated: "exact score of the contaminated distribution"
      case .zero: "zero"
      case .gaussian: "one Gaussian fitted to the points"
      case .memorizing: "exact score of the noisy training points"
      }
    }
  }

  static let cases = OutlierTraining.fractions.flatMap { fraction in
    Loss.allCases.map { Case(fraction: fraction, loss: $0) }
  }

  let experiment: OutlierTraining
  let setup: ExperimentSetup
  let sampleCount: Int
  let process: any ForwardProcess
  let distribution: any KnownScoreDistribution
  /// What is measured in place of a network of a case; itself but in tests.
  var measuredScore: @Sendable (_ network: any ScoreFunction, _ test: Case) -> any ScoreFunction = {
    network, _ in network
  }

  init(
    experiment: OutlierTraining, setup: ExperimentSetup, distribution: any KnownScoreDistribution,
    sampleCount: Int
  ) {
    self.experiment = experiment
    self.setup = setup
    self.distribution = distribution
    self.sampleCount = sampleCount
    process = setup.run.process.make()
    sliceCount = training(repeat: 0).sliceCount
    times = probe(repeat: 0).times
  }

  var dimension: Int { distribution.dimension }
  /// The times of the levels measured.
  private(set) var times: [Double] = []
  private var sliceCount = 1

  var units: [Unit] { (0..<experiment.repeats).map { Unit(trainingSet: $0) } }

  func length(of unit: Unit) -> Int { sliceCount + Self.cases.count + 1 }

  func activity(of unit: Unit) -> String {
    "training set \(unit.trainingSet + 1) of \(experiment.repeats)"
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    OutlierTrainingWork(self, trainingSet: unit.trainingSet, threads: threads)
  }

  func findings(_ records: Records) -> OutlierTrainingFindings {
    OutlierTrainingFindings(self, records)
  }
}

// MARK: - Training sets

extension OutlierTrainingPlan {
  /// The seed of a repeat: everything that is random in it, points of measurement and noise of
  /// sampling included, so that repeats are independent.
  func replicateSeed(_ index: Int) -> UInt64 {
    RandomStream.derivedSeed(seed: setup.seed, index: UInt64(index))
  }

  /// The points that the networks of one repeat are measured at.
  func probe(repeat index: Int) -> ErrorProbe {
    ErrorProbe(
      distribution: distribution, process: process, levelCount: setup.run.probe.levels,
      pointCount: setup.run.probe.points, seed: replicateSeed(index))
  }

  /// The networks of one repeat: alike in their clean points, their start and their batches.
  func training(repeat index: Int) -> ParallelTraining {
    let seed = replicateSeed(index)
    var stream = RandomStream(seed: seed, purpose: .experiment)
    let n = setup.run.trainingSet.fixedCount ?? 0
    let clean = distribution.sample(count: n, using: &stream)
    let outliers = outliers(count: n, dimension: distribution.dimension, using: &stream)
    let runs = Self.cases.map { test in
      var configuration = setup.run
      configuration.seed = seed
      configuration.objective.huberLength = test.loss == .huber ? experiment.huberLength : 0
      let count = Int((test.fraction * Double(n)).rounded())
      var points = outliers.rows(0..<count)
      points.append(clean.rows(count..<n))
      return Trainer(
        configuration: configuration, trainingSet: .fixed(points), distribution: distribution,
        threads: 1)
    }
    return ParallelTraining(runs, stepCount: experiment.steps)
  }

  /// Points about one place at the distance, with a spread of a twentieth of it.
  private func outliers(
    count: Int, dimension: Int, using stream: inout RandomStream
  ) -> Points {
    var points = stream.normals(count: count, dimension: dimension)
    for row in 0..<count {
      for axis in 0..<dimension { points[row, axis] *= experiment.spread }
      points[row, 0] += experiment.distance
    }
    return points
  }

  /// The distribution of the training points with the largest share of outliers.
  var contaminated: ContaminatedDistribution {
    var mean = [Double](repeating: 0, count: distribution.dimension)
    mean[0] = experiment.distance
    let outliers = IsotropicMixture(means: Points(rows: [mean]), deviations: [experiment.spread])
    return ContaminatedDistribution(
      clean: distribution, outliers: outliers, fraction: OutlierTraining.fractions.last ?? 0)
  }
}
