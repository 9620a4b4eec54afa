import ScoreCore
import ScoreLab
import ScoreTheory

/// Descent of two-layer networks on the line against the exact minimiser of their objective, a convex
/// program over kinks.
///
/// Source: Zhang and Pilanci 2024 (arXiv:2402.01965).
struct ConvexMinimiser: ClaimExperiment {
  static let claim = Claim(
    "convex_minimiser", title: "Exact minimisers on the line",
    summary: "descent of two-layer networks against the convex program that they minimise",
    statement:
      "With weight decay the least objective of wide two-layer ReLU networks with a skip is that of a "
      + "convex program, whose minimiser has its kinks at data points and is the line of one Gaussian "
      + "above a penalty that is known in closed form. Denoising descent comes near it as the width "
      + "grows, and "
      + "samples by Langevin steps are Gaussian above that penalty and nearer to the data's law below.",
    source: "Zhang and Pilanci 2024 (arXiv:2402.01965), as told by its abstract and reviews",
    paper: .zhang2024, .derived,
    caveats: [
      "The convex program and its bounds are derived here (see the page); the paper's abstract and "
        + "public reviews were read, not its text.",
      "Implicit score matching sees slopes: its loss jumps where a kink passes a point, and gradients "
        + "do not see that. Below a penalty of 1/n on distinct points it has no minimum.",
      "Descent is L-BFGS from a few random starts with kinks spread over the data.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number("separation", "distance of the two parts of the data", \.separation, in: 0.1...20),
    .number("deviation", "deviation of each part", \.deviation, in: 0...5),
    .number("time", "Ornstein-Uhlenbeck time of the noise level", \.time, in: 0.005...3),
    .integer("points", "noisy points that are fitted", \.points, in: 20...5000),
    .integer("repeats", "data sets", \.repeats, in: 6...200),
    .integer("width", "units of the widest network", \.width, in: 16...512),
    .integer("starts", "starts of each descent, of which the lowest counts", \.starts, in: 1...20),
    .integer("steps", "most steps of L-BFGS", \.steps, in: 10...20_000),
    .number("share", "penalty over that of the line", \.share, in: 0.001...0.9),
    .integer("chains", "Langevin samples of each score", \.chains, in: 200...100_000),
    .number("langevin_step", "Langevin step over the variance", \.langevinStep, in: 0.01...1),
    .integer("langevin_steps", "Langevin steps", \.langevinSteps, in: 20...10_000),
    .integer("first_points", "least n of the sweep", \.firstPoints, in: 20...2000),
    .integer("doublings", "how often n is doubled", \.doublings, in: 2...7),
    .integer("data_sets", "data sets at each n, in ten batches", \.dataSets, in: 20...2000),
    .number(
      "delta", "share of the points that may have larger errors", \.delta, in: 0.001...0.3),
  ]

  var separation = 2.0
  var deviation = 0.3
  var time = 0.1
  var points = 200
  var repeats = 40
  var width = 64
  var starts = 2
  var steps = 1500
  var share = 0.1
  var chains = 2000
  var langevinStep = 0.1
  var langevinSteps = 300
  var firstPoints = 100
  var doublings = 4
  var dataSets = 300
  var delta = 0.1

  init() {}

  func makePlan(_ setup: ExperimentSetup) -> ConvexMinimiserPlan {
    ConvexMinimiserPlan(values: self, seed: setup.seed)
  }
}

extension ConvexMinimiser {
  /// The batches that data sets of one n are worked on in.
  static let batchCount = 10

  var process: OrnsteinUhlenbeck { OrnsteinUhlenbeck(horizon: 2 * time, stop: time) }
  var level: NoiseLevel { process.level(at: time) }

  var distribution: IsotropicMixture {
    IsotropicMixture(
      means: Points(rows: [[-separation / 2], [separation / 2]]),
      deviations: [deviation, deviation])
  }

  /// Where the data have all of their mass but a rounding error.
  var range: ClosedRange<Double> {
    -separation / 2 - 9 * deviation...separation / 2 + 9 * deviation
  }

  /// The share of noisy points below a place.
  func cdf(_ x: Double) -> Double {
    let tau =
      (level.alpha * level.alpha * deviation * deviation + level.sigma * level.sigma).squareRoot()
    let shift = level.alpha * separation / 2
    return (StandardNormal.cdf((x - shift) / tau) + StandardNormal.cdf((x + shift) / tau)) / 2
  }

  /// The widths of the networks, ascending.
  var widths: [Int] { [width / 16, width / 4, width] }

  /// The numbers n of the sweep, ascending.
  var counts: [Int] { (0...doublings).map { firstPoints << $0 } }

  /// Steps of L-BFGS after which the optimisation error is measured.
  var checkpoints: [Int] { [10, 100, 1000].filter { $0 <= steps } }

  /// Points that stand for the noisy distribution in its own minimiser.
  static let quantileCount = 2000
}

/// What a network is trained on.
enum KinkLoss: String, Codable, CaseIterable, Sendable {
  case denoising, implicit

  var name: String {
    switch self {
    case .denoising: "denoising"
    case .implicit: "implicit"
    }
  }
}
