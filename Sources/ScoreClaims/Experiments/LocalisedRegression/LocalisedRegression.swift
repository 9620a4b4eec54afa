import ScoreCore
import ScoreLab
import ScoreTheory

/// Kernel regressions on shells of time and of |x| next to one for all, where their excess comes from, and
/// the four errors that a trained network's splits into.
///
/// Source: Han, Razaviyayn and Xu 2024 (arXiv:2401.15604): localised regressions and unbounded domains in
/// the abstract of v4; four errors, the radius R and the ball of radius D in public reviews.
struct LocalisedRegression: ClaimExperiment {
  static let claim = Claim(
    "localised_regression", title: "Localised regressions",
    summary: "where the excess of kernel regression comes from, by |x|; radius, ball, four errors",
    statement:
      "On data with a wide part, most of the excess of kernel regression stopped at its best step comes "
      + "from the few points far out, which hardly move D_delta. A regression for each shell of time and "
      + "of distance from 0 errs less than one for all. A trained network's error splits into coupling, label "
      + "mismatch, early stopping and approximation, whose sizes add up to little more than it.",
    source:
      "Han et al. 2024 (arXiv:2401.15604), Theorems 3.6 to 3.10 by public reviews, and the abstract of v4",
    paper: .han2024, .observed,
    caveats: [
      "That there are four errors, a radius R and a ball of radius D is in the paper's reviews; how each "
        + "error is defined here is reconstructed, not read.",
      "The regressions of v4 are localised; its shells were not found. Those here are our own.",
    ])

  /// What kernel and network are fed.
  enum Inputs: String, CaseIterable, Sendable {
    /// (x, t - T_0), as the paper is remembered to have them.
    case pointAndTime = "point_and_time"
    /// (x, t - T_0, 1).
    case withConstant = "with_constant"

    var text: String {
      switch self {
      case .pointAndTime: "(x, t - T_0)"
      case .withConstant: "(x, t - T_0, 1)"
      }
    }
  }

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("points", "n, noisy points of a data set for regressions", \.points, in: 50...4000),
    .number("first_time", "T_0, the least Ornstein-Uhlenbeck time", \.firstTime, in: 0.01...1),
    .number("last_time", "T, the largest time", \.lastTime, in: 0.1...5),
    .choice("inputs", "what kernel and network are fed", \.inputs),
    .number("wide_share", "weight of the wide part of the data", \.wideShare, in: 0.001...0.5),
    .number("wide_deviation", "its standard deviation", \.wideDeviation, in: 1...12),
    .number("radius", "R, beyond which |x| is far out", \.radius, in: 0.1...100),
    .number("ball", "D, the largest size of a prediction", \.ball, in: 0.1...1000),
    .number("delta", "share of points that may have larger errors", \.delta, in: 0.001...0.2),
    .integer("repeats", "data sets", \.repeats, in: 3...1000),
    .integer(
      "last_step", "the last step of descent on the kernel", \.lastStep, in: 100...10_000_000),
    .integer("run_points", "n of the run whose error is split", \.runPoints, in: 20...2000),
    .integer("width", "neurons of its network, an even number", \.width, in: 8...65_536),
    .integer("network_steps", "the most steps of its network", \.networkSteps, in: 20...100_000),
    .integer(
      "dense_points", "points without noise of the approximation", \.densePoints, in: 50...4000),
  ]

  var points = 800
  var firstTime = 0.1
  var lastTime = 1.0
  var inputs = Inputs.pointAndTime
  /// The part N(0, wide_deviation^2) of the data; the rest is N(+-1, 0.2^2) alike.
  var wideShare = 0.05
  var wideDeviation = 4.0
  var radius = 3.0
  var ball = 3.0
  var delta = 0.05
  var repeats = 24
  var lastStep = 100_000
  var runPoints = 200
  var width = 4096
  var networkSteps = 1000
  var densePoints = 800

  init() {}

  func check() throws(ParameterError) {
    guard firstTime < lastTime else {
      throw ParameterError(
        path: ["first_time"], message: "must be below last_time \(lastTime), found \(firstTime)")
    }
    guard width % 2 == 0 else {
      throw ParameterError(path: ["width"], message: "must be even, found \(width)")
    }
  }

  func makePlan(_ setup: ExperimentSetup) -> LocalisedRegressionPlan {
    LocalisedRegressionPlan(values: self, seed: setup.seed)
  }
}

extension LocalisedRegression {
  var distribution: GaussianMixture {
    GaussianMixture([
      .init(weight: (1 - wideShare) / 2, mean: [-1], spread: .isotropic(0.2)),
      .init(weight: (1 - wideShare) / 2, mean: [1], spread: .isotropic(0.2)),
      .init(weight: wideShare, mean: [0], spread: .isotropic(wideDeviation)),
    ])
  }

  /// The noise level at a time.
  func level(at time: Double) -> NoiseLevel {
    OrnsteinUhlenbeck(horizon: 2 * lastTime, stop: firstTime / 2).level(at: time)
  }

  /// Shells of time, of one length each.
  static let timeShells = 3
  /// The names of the shells of |x|: thirds of R, and what is beyond.
  var shellNames: [String] {
    ["below R/3", "R/3 to 2R/3", "2R/3 to R", "beyond R"]
  }

  /// The shell of |x| of a noisy point.
  func shell(of x: Double) -> Int { min(3, Int(3 * abs(x) / radius)) }

  /// The shell of time.
  func timeShell(of time: Double) -> Int {
    let share = (time - firstTime) / (lastTime - firstTime)
    return min(Self.timeShells - 1, max(0, Int(share * Double(Self.timeShells))))
  }

  /// Radii over the standard one; the last is none.
  static let radiusFactors = [1.0 / 3, 2.0 / 3, 1, 2, 4, .infinity]
  /// Sizes of the ball over the standard one; the last is none.
  static let ballFactors = [0.25, 0.5, 1, 2, 4, .infinity]
  var radii: [Double] { Self.radiusFactors.map { $0 * radius } }
  var balls: [Double] { Self.ballFactors.map { $0 * ball } }
}
