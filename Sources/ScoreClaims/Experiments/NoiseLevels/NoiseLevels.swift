import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// How many points a score needs at each noise level, on a distribution and a class where nothing but
/// their number limits it, next to the score that memorises them.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 1.4.
struct NoiseLevels: ClaimExperiment {
  static let claim = Claim(
    "noise_levels", title: "Noise levels",
    summary: "points needed at each noise level: linear least squares, and memorising",
    statement:
      "For a class of few parameters the number of points that gives D_delta <= eps / sigma "
      + "does not depend on the noise level: sigma D_delta falls like m^-1/2 at every level and "
      + "does not grow as the noise shrinks. Where the class is not limited it does: sigma D_delta "
      + "of the score that memorises the points grows without bound.",
    source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 1.4", .stated,
    caveats: [
      "Lemma 1.4 is an upper bound for networks; this is the class of scores -a x on normal data, "
        + "which holds the exact score at every level, so that nothing but m limits it."
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number("variance", "variance of the data", \.variance, in: 1e-3...1e3),
    .number(
      "first_time", "Ornstein-Uhlenbeck time of the least noise", \.firstTime, in: 1e-9...1),
    .number("last_time", "Ornstein-Uhlenbeck time of the most noise", \.lastTime, in: 1e-6...5),
    .integer("levels", "noise levels, even in the logarithm of time", \.levelCount, in: 3...30),
    .integer(
      "first_points", "m, the least number of points to learn from", \.firstPoints,
      in: 10...10_000),
    .integer(
      "last_points", "m, the largest number of points to learn from", \.lastPoints,
      in: 20...10_000),
    .integer("values", "numbers of points, even in their logarithm", \.valueCount, in: 2...10),
    .number(
      "delta", "share of the points that may have larger errors", \.delta, in: 0.001...0.5),
    .number(
      "miss_share", "share of the data sets that may have larger errors", \.missShare,
      in: 0.01...0.5),
    .integer(
      "repeats", "data sets that are fitted, at each level and m", \.repeats, in: 200...100_000),
    .integer("memorized", "data sets that are memorised, at each m", \.memorized, in: 2...1000),
  ]

  /// The variance v of the data, which are normal.
  var variance = 1.0
  /// The Ornstein-Uhlenbeck times of the noise levels with the least and the most noise.
  var firstTime = 1e-6
  var lastTime = 1.0
  var levelCount = 7
  /// The least and the largest number m of points.
  var firstPoints = 50
  var lastPoints = 800
  var valueCount = 3
  /// The share of points that may have larger errors.
  var delta = 0.05
  /// The share of the data sets on which the error may be larger, the paper's `delta_train`.
  var missShare = 0.1
  /// The data sets that least squares is fitted to, at each level and m.
  var repeats = 4000
  /// The data sets that are memorised, at each m.
  var memorized = 20

  init() {}

  func check() throws(ParameterError) {
    guard firstTime < lastTime else {
      throw ParameterError(
        path: ["first_time"], message: "must be below last_time \(lastTime), found \(firstTime)")
    }
    guard firstPoints < lastPoints else {
      throw ParameterError(
        path: ["first_points"],
        message: "must be below last_points \(lastPoints), found \(firstPoints)")
    }
    // A batch whose quantile is no more than its largest value says nothing of it.
    let least = Int((10 / missShare).rounded(.up)) * NoiseLevelsFindings.batchCount
    guard repeats >= least else {
      throw ParameterError(
        path: ["repeats"],
        message: "expected at least \(least) for a miss_share of \(missShare), found \(repeats)")
    }
  }

  func makePlan(_ setup: ExperimentSetup) -> NoiseLevelsPlan {
    NoiseLevelsPlan(values: self, seed: setup.seed)
  }
}

extension NoiseLevels {
  /// The times of the noise levels, ascending.
  var times: [Double] { Self.even(from: firstTime, to: lastTime, count: levelCount) }

  /// The numbers m of points, ascending.
  var sampleCounts: [Int] {
    let counts = Self.even(from: Double(firstPoints), to: Double(lastPoints), count: valueCount)
    return Set(counts.map { Int($0.rounded()) }).sorted()
  }

  private static func even(from first: Double, to last: Double, count: Int) -> [Double] {
    (0..<count).map { first * pow(last / first, Double($0) / Double(count - 1)) }
  }

  /// The levels with the least noise that powers are fitted to: half of all, at least three.
  var smallNoise: Range<Int> { 0..<max(3, (levelCount + 1) / 2) }

  /// The points at which the error of a score is measured, as many as make `D_delta` known.
  var probePoints: Int { Int((100 / delta).rounded(.up)) }

  /// Linear regression at a level.
  func regression(at time: Double) -> LinearScoreRegression {
    LinearScoreRegression(variance: variance, level: level(at: time))
  }

  func level(at time: Double) -> NoiseLevel {
    OrnsteinUhlenbeck(horizon: 2 * lastTime, stop: firstTime).level(at: time)
  }
}
