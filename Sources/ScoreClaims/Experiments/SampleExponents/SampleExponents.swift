import ScoreCore
import ScoreLab

/// How the samples needed for an error of eps grow as eps falls, in three measures of error, where
/// nothing but their number limits the score.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 1.4 and Theorem C.2; Gaur,
/// Trivedi, Kunapuli, Bedi and Aggarwal 2025 (arXiv:2505.18344), abstracts.
struct SampleExponents: ClaimExperiment {
  static let claim = Claim(
    "sample_exponents", title: "Samples against eps",
    summary: "power of eps in the samples needed, in L2, D_delta and total variation",
    statement:
      "Where a class of few parameters holds the exact score, the samples needed for an error of eps "
      + "grow like eps^-2, in L2, in D_delta and in the total variation that the learned score costs: "
      + "less steeply than the published upper bounds eps^-4 (Gaur et al., v6 and TMLR 2026), eps^-5 "
      + "(Gupta et al., C.2 with its number of steps) and eps^-6 (Gaur et al., v2).",
    source:
      "Gupta et al. 2024 (arXiv:2311.13745), Lemma 1.4 and Theorem C.2; Gaur et al. 2025 "
      + "(arXiv:2505.18344), abstracts of v2, v6 and TMLR 2026", paper: .gaur2025, .observed,
    caveats: [
      "The published powers are upper bounds for networks in any dimension. A smaller power on lines "
        + "agrees with them and does not say that they can be improved.",
      "eps^-5 is not printed: it follows here from Theorem C.2 with its number of steps and delta = "
        + "eps, and a public review says the same. Theorem 1.2 prints eps^-3 for a fixed delta. The "
        + "text of v4, a bug fix, was not compared.",
      "The number of steps is fixed. Total variation is that to the samples of the exact score by the "
        + "same steps; what steps and start cost does not depend on n.",
      "The values of eps are taken from the errors: from that at the second n to that at the last but "
        + "one.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number("mean", "mean of the data", \.mean, in: -10...10),
    .number("variance", "variance of the data", \.variance, in: 1e-2...1e2),
    .number("horizon", "Ornstein-Uhlenbeck time that samples start from", \.horizon, in: 1...10),
    .number("stop", "Ornstein-Uhlenbeck time that samples end at", \.stop, in: 1e-4...0.5),
    .integer("steps", "steps of the sampler, with a line each", \.steps, in: 4...100),
    .integer("first_points", "the least n", \.firstPoints, in: 10...10_000),
    .integer("doublings", "how many times n is doubled", \.doublings, in: 4...12),
    .integer("eps_values", "values of eps, even in their logarithm", \.epsCount, in: 3...20),
    .number(
      "delta", "share of the points that may have larger errors", \.delta, in: 0.001...0.5),
    .number(
      "miss_share", "share of the data sets that may have larger errors", \.missShare,
      in: 0.01...0.5),
    .integer("repeats", "data sets at each n, in ten batches", \.repeats, in: 50...100_000),
    .integer(
      "resamples", "resamples of the data sets for the intervals", \.resamples, in: 100...10_000),
    .integer("draws", "points that formulas are held against", \.draws, in: 1000...1_000_000),
  ]

  /// The data are normal.
  var mean = 1.0
  var variance = 0.5
  var horizon = 3.0
  var stop = 0.01
  var steps = 16
  /// The least number n of points in a data set, and how often it is doubled.
  var firstPoints = 50
  var doublings = 7
  var epsCount = 6
  var delta = 0.1
  var missShare = 0.1
  var repeats = 1000
  var resamples = 1000
  var draws = 100_000

  init() {}

  func check() throws(ParameterError) {
    // A quantile over fewer data sets is no more than the largest error.
    let least = QuantileEstimate.neededCount(delta: missShare)
    guard repeats >= least else {
      throw ParameterError(
        path: ["repeats"],
        message: "expected at least \(least) for a miss_share of \(missShare), found \(repeats)")
    }
  }

  func makePlan(_ setup: ExperimentSetup) -> SampleExponentsPlan {
    SampleExponentsPlan(values: self, seed: setup.seed)
  }
}

extension SampleExponents {
  /// The batches that the data sets of one n are worked on in.
  static let batchCount = 10

  /// The numbers n of points, ascending.
  var counts: [Int] { (0...doublings).map { firstPoints << $0 } }
  var process: OrnsteinUhlenbeck { OrnsteinUhlenbeck(horizon: horizon, stop: stop) }
  var data: NormalLaw { NormalLaw(mean: mean, variance: variance) }

  /// The data sets of a batch.
  func sets(_ batch: Int) -> Range<Int> {
    repeats * batch / Self.batchCount..<repeats * (batch + 1) / Self.batchCount
  }
}

/// How far a learned score is from the exact one.
enum ErrorMeasure: String, Codable, CaseIterable, Sendable {
  case l2, dDelta, variation

  var name: String {
    switch self {
    case .l2: "L2"
    case .dDelta: "D_delta"
    case .variation: "total variation"
    }
  }

  /// The end of the names of its checks.
  var key: String {
    switch self {
    case .l2: "l2"
    case .dDelta: "d_delta"
    case .variation: "tv"
    }
  }
}

/// A power of eps in the samples needed that somebody states.
struct StatedPower: Sendable {
  let source: String
  /// The text that it is taken from.
  let version: String
  let error: String
  let power: Double
  /// How it is known: found in a public source, or derived here.
  let mark: String

  static let all = [
    StatedPower(
      source: "few parameters, exact score in the class", version: "least squares", error: "all",
      power: -2, mark: "derived"),
    StatedPower(
      source: "Gupta et al., Lemma 1.4, delta fixed", version: "NeurIPS 2024",
      error: "D_delta at one level", power: -2, mark: "found"),
    StatedPower(
      source: "Gupta et al., Theorem 1.2 as printed, delta fixed", version: "NeurIPS 2024",
      error: "total variation", power: -3, mark: "found"),
    StatedPower(
      source: "Gaur et al.", version: "v6 and TMLR 2026", error: "total variation", power: -4,
      mark: "found"),
    StatedPower(
      source: "Gupta et al., C.2 with its steps, delta = eps", version: "NeurIPS 2024",
      error: "total variation", power: -5, mark: "derived; a public review says the same"),
    StatedPower(
      source: "Gaur et al.", version: "v2", error: "total variation", power: -6, mark: "found"),
  ]

  /// The least steep of the bounds on total variation that hold for delta = eps.
  static let leastSteepBound = -4.0
}
