import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Copies of training points among the samples of the points' own score, of its smoothings and of a network.
///
/// Source: Zhou, Zhang and Wright 2026 (arXiv:2601.19285); the memorisation ratio as in Yoon et al. 2023.
struct Memorisation: ClaimExperiment {
  static let claim = Claim(
    "memorisation", title: "Memorisation",
    summary: "copies among the samples of the training points' score, smoothed and learned",
    statement:
      "Sampling with the score of the training points copies them. With a temperature max(sigma_c/sigma, 1) "
      + "and the K nearest points there are far fewer copies, and the samples are less nearer to the training "
      + "points than to fresh ones, while they stay nearer to the distribution than one Gaussian; for more than "
      + "one point has weight at small noise. A trained network does so of itself: it is like the points' score "
      + "at a higher temperature.",
    source: "Zhou, Zhang and Wright 2026 (arXiv:2601.19285)", paper: .zhou2026, .observed,
    caveats: [
      "The paper's figures are of images, with neighbours by features or pixels; here are points in the "
        + "plane, where neighbours are the nearest ones.",
      "By chance alone the ratio is about 3^-k for points spread in k dimensions, not 0; so it stands next "
        + "to that of fresh points.",
      "Whether the paper takes the nearest points at every noise level was not found; here they are taken at "
        + "every one.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("points", "n, training points", \.points, in: 10...5000),
    .number("noise", "deviation of the data about two moons", \.noise, in: 0.01...1),
    .number("collapse", "sigma_c, below which the temperature rises", \.collapse, in: 0.01...10),
    .integer("neighbors", "K, nearest points that have weight", \.neighbors, in: 1...1000),
    .number("least_noise", "sigma that sampling ends at", \.leastNoise, in: 1e-4...0.1),
    .number("most_noise", "sigma that it starts from", \.mostNoise, in: 1...100),
    .integer("samples", "samples of each score", \.samples, in: 20...10_000),
    .integer("sampler_steps", "steps of the probability flow", \.samplerSteps, in: 5...1000),
    .integer("repeats", "data sets", \.repeats, in: 3...200),
    .integer("width", "units of each of two hidden layers", \.width, in: 4...512),
    .integer("steps", "training steps of a network", \.steps, in: 20...1_000_000),
    .integer("batch", "rows of a step", \.batch, in: 8...4096),
    .number("rate", "step size of Adam", \.rate, in: 1e-5...0.1),
  ]

  var points = 200
  var noise = 0.08
  var collapse = 1.0
  var neighbors = 20
  var leastNoise = 0.005
  var mostNoise = 10.0
  var samples = 300
  var samplerSteps = 40
  var repeats = 10
  var width = 64
  var steps = 3000
  var batch = 128
  var rate = 0.002

  init() {}

  func check() throws(ParameterError) {
    guard neighbors <= points else {
      throw ParameterError(
        path: ["neighbors"], message: "must be at most points \(points), found \(neighbors)")
    }
  }

  func makePlan(_ setup: ExperimentSetup) throws -> MemorisationPlan {
    let data = DistributionConfiguration(
      kind: "two_moons", parameters: ["noise": .number(noise)])
    return MemorisationPlan(
      values: self, seed: setup.seed,
      distribution: try data.makeDistribution(dataSource: setup.dataSource))
  }
}

extension Memorisation {
  /// What samples come from.
  enum Source: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
    case empirical
    case temperature
    case nearest
    case smoothed
    case unconditional
    case learned
    case levelFree = "level_free"
    case exact
    case gaussian
    case fresh

    var name: String {
      switch self {
      case .empirical: "training points"
      case .temperature: "with temperature"
      case .nearest: "with nearest points"
      case .smoothed: "with both"
      case .unconditional: "without level"
      case .learned: "network"
      case .levelFree: "network, no level"
      case .exact: "exact score"
      case .gaussian: "one Gaussian"
      case .fresh: "fresh points"
      }
    }
  }

  /// Scores that have weights of training points.
  static let weighted: [Source] = [.empirical, .temperature, .nearest, .smoothed]
  /// Scores that a temperature is fitted to.
  static let fitted: [Source] = [.learned, .exact]
  /// Noise levels that weights are looked at.
  static let levelCount = 6
  /// The ratio of distances below which a sample counts as a copy.
  static let copyRatio = 1.0 / 3
  /// Temperatures that are tried, by powers of the root of 2.
  static let temperatures = (0...40).map { pow(2, Double($0) / 2) }
  /// Steps of ascent without a level, and its levels.
  static let (ascentSteps, ascentLevels) = (150, 12)

  var process: VarianceExploding {
    VarianceExploding(sigmaMinimum: leastNoise, sigmaMaximum: mostNoise)
  }

  func smoothing(of source: Source) -> EmpiricalScore.Smoothing {
    switch source {
    case .temperature: .init(collapseNoise: collapse)
    case .nearest: .init(neighbors: neighbors)
    case .smoothed: .init(collapseNoise: collapse, neighbors: neighbors)
    case .empirical, .unconditional, .learned, .levelFree, .exact, .gaussian, .fresh: .none
    }
  }

  /// The noise levels from the least to 2, by equal ratios.
  var noises: [Double] {
    let last = Double(Self.levelCount - 1)
    return (0..<Self.levelCount).map { leastNoise * pow(2 / leastNoise, Double($0) / last) }
  }
}
