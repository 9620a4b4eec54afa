import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Whether the points needed to learn a score depend on the dimension of the plane that data lie in or on
/// that of the space.
///
/// Source: Huang, Han, Bai, Zhou, Zhang, Suzuki and Fukumizu 2026 (arXiv:2605.20235), abstract.
struct IntrinsicSampleComplexity: ClaimExperiment {
  static let claim = Claim(
    "intrinsic_sample_complexity", title: "Intrinsic sample complexity",
    summary: "score error against n in 2 to 64 dimensions around one plane",
    statement:
      "Where the manifold of the data is found first, the points needed to learn the score depend on the "
      + "intrinsic dimension and not on the ambient one: the squared error of a regression in the plane "
      + "that the points lie near grows with d to the power 0.25 at most, at every n, and its power of n "
      + "stays within 0.15 of that in 2 dimensions. A regression in the whole space errs by at least "
      + "d^0.5.",
    source: "Huang et al. 2026 (arXiv:2605.20235), abstract of v1", paper: .huang2026, .observed,
    caveats: [
      "The paper proves its rate for its own two stages, a network in gradient form and random features. "
        + "Here the first stage is linear: principal components.",
      "The full text was not read; no exponent of the paper is compared.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number("concentration", "kappa of the angle's density", \.concentration, in: 0.1...50),
    .number("radius", "of the circle in the plane", \.radius, in: 0.1...10),
    .number(
      "thickness", "deviation about the circle in every direction", \.thickness, in: 0.001...1),
    .number("sigma", "deviation of the noise", \.sigma, in: 0.02...5),
    .integer("doublings", "how many times the dimension 2 is doubled", \.doublings, in: 2...5),
    .integer("first_points", "the least n", \.firstPoints, in: 80...20_000),
    .integer("points_doublings", "how many times n is doubled", \.pointsDoublings, in: 2...8),
    .integer("features", "random ReLU features", \.features, in: 4...500),
    .integer("draws", "noise draws a point", \.draws, in: 1...64),
    .integer("repeats", "data sets of each n and dimension", \.repeats, in: 3...200),
    .integer(
      "test_points", "points that an error is the mean over", \.testPoints, in: 100...50_000),
    .integer("normal_sets", "data sets of the closed form", \.normalSets, in: 20...10_000),
  ]

  var concentration = 2.0
  var radius = 1.0
  var thickness = 0.05
  var sigma = 0.4
  var doublings = 5
  var firstPoints = 128
  var pointsDoublings = 5
  var features = 48
  var draws = 4
  var repeats = 8
  var testPoints = 1000
  var normalSets = 100

  init() {}

  func makePlan(_ setup: ExperimentSetup) -> IntrinsicSampleComplexityPlan {
    IntrinsicSampleComplexityPlan(values: self, seed: setup.seed)
  }
}

extension IntrinsicSampleComplexity {
  /// How a score is learned.
  enum Path: Int, Codable, CaseIterable, Sendable {
    /// Regression in the whole space.
    case plain
    /// Regression in the plane of the first two principal components, a line across it.
    case aware
    /// The same in the plane itself, which nobody has.
    case known

    var name: String {
      switch self {
      case .plain: "plain"
      case .aware: "plane found"
      case .known: "plane known"
      }
    }
  }

  /// The dimension of the plane.
  static let intrinsic = 2
  /// The penalties that each path has the best of, as shares of the mean diagonal of the Gram matrix.
  static let ridges = [1e-6, 1e-4, 1e-3, 1e-2, 1e-1]

  var dimensions: [Int] { (0...doublings).map { Self.intrinsic << $0 } }
  var counts: [Int] { (0...pointsDoublings).map { firstPoints << $0 } }

  var level: NoiseLevel { NoiseLevel(alpha: 1, sigma: sigma) }
  /// The noise that the circle itself has at the level: the thickness is noise too.
  var wholeLevel: NoiseLevel { NoiseLevel(alpha: 1, sigma: hypot(sigma, thickness)) }

  func circle(dimension: Int, seed: UInt64) -> VonMisesCircle {
    VonMisesCircle(
      concentration: concentration, radius: radius, dimension: dimension,
      seed: Int(seed % 1_000_000))
  }

  /// `sigma^2 E ||s_hat - s||^2`, summed over coordinates, of regression of the noise on normal points
  /// N(0, I) in d dimensions through 0, by n rows: `d^2 / ((1 + sigma^2) (n - d - 1))`.
  ///
  /// The residual variance of a coordinate is `1 / (1 + sigma^2)`, and the mean of an inverse Wishart matrix
  /// gives `d / (n - d - 1)` of it.
  ///
  /// Source: Mardia, Kent and Bibby 1979, *Multivariate Analysis*, section 3.8.
  func expectedNormal(dimension d: Int, count n: Int) -> Double {
    Double(d * d) / ((1 + sigma * sigma) * Double(n - d - 1))
  }
}
