import ScoreCore
import ScoreLab
import ScoreTheory

/// Fits, minimises and trains scores of three classes, and measures how far they are apart.
struct ThreeErrorsPlan: ExperimentPlan {
  enum Unit: Codable, Hashable, Sendable {
    /// The population's minimisers of the linear class and of random features.
    case approximation
    /// The population's minimiser of networks of one width at one level.
    case population(width: Int, level: Int)
    /// Least squares to normal data, which the closed form is of.
    case normal(n: Int)
    /// A batch of data sets for the linear class and random features.
    case estimation(n: Int, batch: Int)
    /// The empirical minimiser of a network at the middle level.
    case networkEstimation(n: Int, set: Int)
    /// A batch of runs of the linear class, with steps in proportion to 1/k and constant ones.
    case descent(batch: Int)
    /// One data set and one run of a class at one level.
    case split(ScoreClass, level: Int, set: Int)
  }

  enum Record: Codable, Sendable {
    /// Squared errors: of the linear class `[levels]`, of features `[counts][draws][levels]`.
    case approximation(linear: [Double], features: [[[Double]]])
    case population(NetworkMinimum, gap: ScoreGap)
    /// Squared errors of each data set, `[levels][sets]`.
    case normal([[Double]])
    /// The means of the batch's data sets, `[levels]` of each class.
    case estimation(linear: [ScoreGap], features: [ScoreGap])
    case networkEstimation(ScoreGap)
    /// Mean squared distances from the minimiser at each checkpoint, and those that constant steps
    /// end at with what is expected there, `[rates]`.
    case descent(decay: [Double], floors: [Double], expected: [Double])
    case split(ErrorSplit)
  }

  static var lanes: Int { 4 }

  let values: ThreeErrors
  let seed: UInt64
  let process: OrnsteinUhlenbeck
  let distribution: IsotropicMixture
  /// The distribution at each level.
  let rules: [PopulationRule]
  /// What closed forms and first orders are of; a test puts another distribution in its place.
  var exactDistribution: any KnownScoreDistribution
  /// How many of n rows a fit uses; all but in tests.
  var usedRows: @Sendable (Int) -> Int = { $0 }
  /// The hidden units that stand in for a number of them where the approximation error is swept; as
  /// many but in tests.
  var usedWidth: @Sendable (Int) -> Int = { $0 }
  /// The factor on the noise that rows are made with; 1 but in tests.
  var noiseFactor = 1.0
  /// The steps of the runs whose decay is measured.
  var decaySchedule: any RateSchedule = InverseTimeRate(halfStep: 10)
  /// The step size that a constant one is replaced by; itself but in tests.
  var usedRate: @Sendable (Double) -> Double = { $0 }
  /// How networks are minimised.
  var method = FixedRisk.method
  /// The score of a run in place of its own; itself but in tests.
  var trained: @Sendable (any ScoreFunction) -> any ScoreFunction = { $0 }

  init(values: ThreeErrors, seed: UInt64) {
    (self.values, self.seed) = (values, seed)
    let (process, distribution) = (values.process, values.distribution)
    (self.process, self.distribution) = (process, distribution)
    exactDistribution = distribution
    rules = values.times.map {
      PopulationRule(line: distribution, level: process.level(at: $0), range: values.range)
    }
  }

  var units: [Unit] {
    let levels = 0..<values.levelCount
    let batches = 0..<ThreeErrors.batchCount
    return [.approximation]
      + values.widths.flatMap { width in
        levels.map { Unit.population(width: width, level: $0) }
      }
      + values.counts.map { Unit.normal(n: $0) }
      + values.counts.flatMap { n in batches.map { Unit.estimation(n: n, batch: $0) } }
      + batches.map { Unit.descent(batch: $0) }
      + values.networkCounts.flatMap { n in
        (0..<values.repeats).map { Unit.networkEstimation(n: n, set: $0) }
      }
      + ScoreClass.allCases.flatMap { kind in
        levels.flatMap { level in
          (0..<values.repeats).map { Unit.split(kind, level: level, set: $0) }
        }
      }
  }

  func needs(of unit: Unit) -> [Unit] {
    switch unit {
    case .approximation, .population, .normal, .estimation, .descent, .split(.linear, _, _),
      .split(.features, _, _):
      []
    case .networkEstimation: [.population(width: values.width, level: values.middle)]
    case .split(.network, let level, _): [.population(width: values.width, level: level)]
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .approximation: "minimisers of the population"
    case .population(let width, let level):
      "network of width \(width) on the population, level \(level + 1)"
    case .normal(let n): "least squares to normal data, n = \(n)"
    case .estimation(let n, let batch):
      "least squares, n = \(n), batch \(batch + 1) of \(ThreeErrors.batchCount)"
    case .networkEstimation(let n, let set):
      "network by L-BFGS, n = \(n), data set \(set + 1) of \(values.repeats)"
    case .descent(let batch): "descents, batch \(batch + 1) of \(ThreeErrors.batchCount)"
    case .split(let kind, let level, let set):
      "\(kind.name), level \(level + 1), data set \(set + 1) of \(values.repeats)"
    }
  }

  func findings(_ records: Records) -> ThreeErrorsFindings { ThreeErrorsFindings(self, records) }
}

/// How far the four scores of one run are apart at one level, under the noisy distribution; quantiles
/// are those of delta and of three times delta.
struct ErrorSplit: Codable, Sendable, Equatable {
  /// The exact score against the population's minimiser.
  var approximation: ScoreGap
  /// That one against the empirical minimiser.
  var statistical: ScoreGap
  /// That one against the run.
  var optimization: ScoreGap
  /// The exact score against the run.
  var total: ScoreGap
  /// The exact score against the empirical minimiser.
  var empirical: ScoreGap
  /// The gradient's norm at the empirical minimiser of a network, or of a line when it is minimised like
  /// one.
  var gradientNorm: Double?
  /// The squared distance of that minimiser of a line from the one of the normal equations.
  var methodGap: Double?
}
