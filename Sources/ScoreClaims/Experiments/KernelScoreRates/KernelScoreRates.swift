import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// How the error of a kernel estimate's score depends on the number of points and on the noise, on
/// smooth laws and on others.
///
/// Source: Fu and Lee 2025 (arXiv:2505.10880); Zhang, Yin, Liang and Liu 2024 (arXiv:2402.15602).
struct KernelScoreRates: ClaimExperiment {
  static let claim = Claim(
    "kernel_score_rates", title: "Rates of the kernel score",
    summary: "error of a kernel density score against n, noise and where to stop",
    statement:
      "The score of a kernel estimate whose bandwidth is the noise errs like n^-1 t^(-(d+2)/2) in "
      + "squared L2 at the noise variance t, and like n^-1 t_0^(-d/2) in its integral over t >= t_0, on "
      + "smooth laws and on laws with jumps or kinks alike. The t_0 that is best for the samples' total "
      + "variation falls with n as the law's smoothness says, slower than n^(-2/d).",
    source:
      "Fu and Lee 2025 (arXiv:2505.10880), abstract; Zhang et al. 2024 (arXiv:2402.15602), abstract",
    paper: .fu2025, .derived,
    caveats: [
      "The papers' rates are upper bounds for the worst law, up to logarithms of n. Here the error of "
        + "one estimate on given laws is measured. A power that agrees does not show a bound to be "
        + "sharp.",
      "The logarithms are seen: the region where points are near grows with n, so that powers of n are "
        + "a little above -1 on laws with tails.",
      "Noise is added to the data as it is (alpha = 1), and t is its variance.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number("separation", "distance of the two parts of the mixture", \.separation, in: 0...20),
    .number("side", "length of the uniform law's sides", \.side, in: 0.5...20),
    .number("laplace_scale", "scale of the Laplace law", \.laplaceScale, in: 0.1...10),
    .integer("first_points", "the least n", \.firstPoints, in: 50...5000),
    .integer("doublings", "how often n is doubled", \.doublings, in: 2...8),
    .number("first_time", "least noise variance t on the line", \.firstTime, in: 1e-4...0.05),
    .number("first_time_plane", "that in the plane", \.firstTimePlane, in: 1e-3...0.2),
    .number("floor", "points near by below which the score is 0", \.floor, in: 0...100),
    .integer("repeats", "data sets of each law", \.repeats, in: 4...500),
    .integer(
      "stop_sets", "data sets for the best stop, in eight batches", \.stopSets, in: 8...2000),
  ]

  var separation = 3.0
  var side = 4.0
  var laplaceScale = 1.0
  var firstPoints = 250
  var doublings = 4
  var firstTime = 0.002
  var firstTimePlane = 0.02
  var floor = 1.0
  var repeats = 10
  var stopSets = 48

  init() {}

  func makePlan(_ setup: ExperimentSetup) -> KernelScoreRatesPlan {
    KernelScoreRatesPlan(values: self, seed: setup.seed)
  }
}

extension KernelScoreRates {
  static let batchCount = 8

  /// The numbers n of points, ascending.
  var counts: [Int] { (0...doublings).map { firstPoints << $0 } }
  var mostPoints: Int { firstPoints << doublings }

  /// Noise variances, each twice the last; the last is that up to which errors are summed.
  func times(_ law: ScoreLaw) -> [Double] {
    let (first, count) = law.dimension == 1 ? (firstTime, 10) : (firstTimePlane, 7)
    return (0..<count).map { first * pow(2, Double($0)) }
  }

  /// The noise variances, from the least, whose power is measured.
  func usedTimes(_ law: ScoreLaw) -> Int { law.dimension == 1 ? 5 : 4 }

  /// The place of the noise variance at which n is swept.
  static let middle = 2

  /// Where a sampler may stop.
  static let stops = (0..<15).map { 1e-3 * pow(1e3, Double($0) / 14) }

  static func level(_ time: Double) -> NoiseLevel {
    NoiseLevel(alpha: 1, sigma: time.squareRoot())
  }

  func distribution(_ law: ScoreLaw) -> any KnownScoreDistribution {
    let d = law.dimension
    let zeros = Array(repeating: 0.0, count: d - 1)
    switch law {
    case .mixture, .planeMixture:
      return IsotropicMixture(
        means: Points(rows: [[-separation / 2] + zeros, [separation / 2] + zeros]),
        deviations: [1, 1])
    case .uniform, .planeUniform:
      return UniformBoxMixture([
        .init(
          low: Array(repeating: -side / 2, count: d), high: Array(repeating: side / 2, count: d))
      ])
    case .laplace: return Laplace(scale: laplaceScale)
    }
  }

  /// How far from 0, along an axis, a law has all of its mass but 1e-5 of it.
  func reach(_ law: ScoreLaw) -> Double {
    switch law {
    case .mixture, .planeMixture: separation / 2 + 5
    case .uniform, .planeUniform: side / 2
    case .laplace: 12 * laplaceScale
    }
  }
}

/// A law whose score is estimated.
enum ScoreLaw: String, Codable, CaseIterable, Sendable {
  case mixture, uniform, laplace, planeMixture, planeUniform

  var name: String {
    switch self {
    case .mixture: "two Gaussians, d = 1"
    case .uniform: "uniform, d = 1"
    case .laplace: "Laplace, d = 1"
    case .planeMixture: "two Gaussians, d = 2"
    case .planeUniform: "uniform, d = 2"
    }
  }

  var dimension: Int {
    switch self {
    case .mixture, .uniform, .laplace: 1
    case .planeMixture, .planeUniform: 2
    }
  }

  /// The rules of the bandwidth that are compared; in the plane the noise alone.
  var rules: [BandwidthRule] { dimension == 1 ? BandwidthRule.allCases : [.none] }

  static let onLine = allCases.filter { $0.dimension == 1 }

  /// The power of n of the best stop by the law's smoothness: bandwidth^2 with a bandwidth of
  /// `n^(-1/5)` where the second derivative has a finite mass, and `n^(-1/3)` for jumps.
  ///
  /// Source: Devroye and Györfi 1985, *Nonparametric Density Estimation: The L1 View*, chapter 5, from
  /// memory.
  var stopPower: Double {
    switch self {
    case .mixture, .laplace, .planeMixture: -0.4
    case .uniform, .planeUniform: -2.0 / 3
    }
  }
}

/// How the bandwidth at a level is chosen, in parts of Silverman's rule; the noise adds to it.
enum BandwidthRule: Int, Codable, CaseIterable, Sendable {
  case none, half, whole, double

  var factor: Double {
    switch self {
    case .none: 0
    case .half: 0.5
    case .whole: 1
    case .double: 2
    }
  }

  var name: String {
    switch self {
    case .none: "the noise alone"
    case .half: "half of Silverman's"
    case .whole: "Silverman's"
    case .double: "twice Silverman's"
    }
  }
}
