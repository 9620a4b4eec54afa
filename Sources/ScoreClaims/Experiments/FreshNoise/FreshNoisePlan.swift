import ScoreCore
import ScoreLab
import ScoreTheory

/// Fits with one noise a point, with several and with endlessly many, and descents, on the same points.
struct FreshNoisePlan: ExperimentPlan {
  static var lanes: Int { 4 }

  enum Unit: Codable, Hashable, Sendable {
    /// Lines on normal data at one level, which the closed form is of.
    case normal(level: Int)
    /// The minimisers of one data set.
    case fits(FreshNoise.Data, level: Int, set: Int)
    /// The descent on it, on fixed noise or on fresh.
    case run(FreshNoise.Data, level: Int, set: Int, isFresh: Bool)
  }

  enum Record: Codable, Sendable {
    /// sigma^2 L2^2 of each data set, `[numbers of draws, fresh noise last][sets]`.
    case normal([[Double]])
    case fits(Fits)
    case run(Errors)
  }

  /// How far a score is from the population's minimiser of the class, and from the exact score.
  struct Errors: Codable, Sendable, Equatable {
    var statistical: ScoreGap
    var whole: ScoreGap
  }

  /// What the minimisers of one data set miss.
  struct Fits: Codable, Sendable, Equatable {
    /// In the order of ``FreshNoise/draws``.
    var draws: [Errors]
    var fresh: Errors
    /// The squared distance of each minimiser from that with fresh noise.
    var distances: [Double]
    /// Of the score 0 and of the one Gaussian with mean and variance of the points.
    var zero: Errors
    var gaussian: Errors
    /// What each loss has at the other's minimiser beyond what it has at its own: that of one noise a
    /// point, and that of fresh noise.
    var excesses: [Double]
  }

  /// The population of one kind of data at one level.
  struct Population: Sendable {
    let rule: PopulationRule
    /// The score of its minimiser at the rule's points.
    let minimiser: Points
  }

  let values: FreshNoise
  let seed: UInt64
  let process: OrnsteinUhlenbeck
  let features: NetworkFeatures
  private let populations: [FreshNoise.Data: [Population]]
  /// How many draws a point stand in for a number of them; as many but in tests.
  var usedDraws: @Sendable (Int) -> Int = { $0 }
  /// The points that have fresh noise; all but in tests.
  var freshPoints: @Sendable (Points) -> Points = { $0 }
  /// The score of a descent on fresh noise; itself but in tests.
  var trained: @Sendable (any ScoreFunction) -> any ScoreFunction = { $0 }

  init(values: FreshNoise, seed: UInt64) {
    (self.values, self.seed, process) = (values, seed, values.process)
    let (process, architecture) = (values.process, values.architecture)
    let features = NetworkFeatures(
      NetworkScore(
        architecture: architecture, parameters: architecture.initialParameters(seed: seed),
        process: process, threads: 1))
    self.features = features
    populations = Dictionary(
      uniqueKeysWithValues: FreshNoise.Data.allCases.map { data in
        let found = values.times.map { time in
          let rule = PopulationRule(
            line: values.distribution(of: data), level: process.level(at: time),
            range: values.range(of: data))
          let minimiser = Self.minimiser(features, rule.rows(target: NoiseTarget()))
          return Population(
            rule: rule, minimiser: minimiser.score(at: rule.points, level: rule.level))
        }
        return (data, found)
      })
  }

  func population(_ data: FreshNoise.Data, _ level: Int) -> Population {
    guard let found = populations[data] else { preconditionFailure("All data have populations.") }
    return found[level]
  }

  var units: [Unit] {
    let settings = FreshNoise.Data.allCases.flatMap { data in
      values.times.indices.map { (data: data, level: $0) }
    }
    let fits = settings.flatMap { setting in
      (0..<values.repeats).map { Unit.fits(setting.data, level: setting.level, set: $0) }
    }
    let runs = settings.flatMap { setting in
      (0..<runCount).flatMap { set in
        [true, false].map {
          Unit.run(setting.data, level: setting.level, set: set, isFresh: $0)
        }
      }
    }
    return values.times.indices.map { .normal(level: $0) } + fits + runs
  }

  /// The first data sets, which are descended on.
  var runCount: Int { min(values.runs, values.repeats) }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .normal: 20
    case .fits: 1
    case .run: 2
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .normal(let level): "lines on normal data, level \(level + 1)"
    case .fits(let data, let level, let set):
      "minimisers, \(data.name), level \(level + 1), data set \(set + 1) of \(values.repeats)"
    case .run(let data, let level, let set, let isFresh):
      "descent on \(isFresh ? "fresh" : "fixed") noise, \(data.name), level \(level + 1), data set "
        + "\(set + 1) of \(runCount)"
    }
  }

  func findings(_ records: Records) -> FreshNoiseFindings { FreshNoiseFindings(self, records) }
}
