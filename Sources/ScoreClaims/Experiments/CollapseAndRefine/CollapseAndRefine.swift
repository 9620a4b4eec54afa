import Glibc
import ScoreCore
import ScoreLab

/// When a trained score finds the circle that data lie on, and when the density on it.
///
/// Source: Huang, Han, Bai, Zhou, Zhang, Suzuki and Fukumizu 2026 (arXiv:2605.20235), abstract.
struct CollapseAndRefine: ClaimExperiment {
  static let claim = Claim(
    "collapse_and_refine", title: "Collapse and refine",
    summary: "when training finds the manifold, and when the density on it",
    statement:
      "Trained on the squared error of the score, which diverges at low noise, a network first maps "
      + "noisy points onto the manifold of the data and later learns the density on it: the normal "
      + "eigenvalues of the denoiser's Jacobian at low noise have nine tenths of their way behind them at "
      + "an earlier step than the angular KL at moderate noise. Without the divergence, with sigma^2 on "
      + "that error, the lead is smaller.",
    source: "Huang et al. 2026 (arXiv:2605.20235), abstract of v1", paper: .huang2026, .observed,
    caveats: [
      "The paper says that low noise brings the collapse and moderate noise the density. That one comes "
        + "before the other in the steps of one training, the measures and the requirements are our own.",
      "The paper's first stage is a network in gradient form at low noise alone. Here a usual network is "
        + "trained at all levels at once.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("dimension", "ambient dimension d of the circle", \.dimension, in: 3...64),
    .number("concentration", "kappa of the angle's density", \.concentration, in: 0.1...50),
    .number("radius", "of the circle", \.radius, in: 0.1...10),
    .number("low_sigma", "lowest noise, at which collapse is measured", \.lowSigma, in: 0.01...1),
    .number(
      "moderate_sigma", "noise at which the angle's density is measured", \.moderateSigma,
      in: 0.02...5),
    .number("high_sigma", "highest noise, from which samples start", \.highSigma, in: 0.1...50),
    .number("share", "of the way to the exact score", \.share, in: 0.5...0.99),
    .integer("seeds", "trainings of each weighting", \.seeds, in: 3...200),
    .integer("steps", "steps of a training", \.steps, in: 50...1_000_000),
    .integer("batch", "rows of a step", \.batch, in: 1...10_000),
    .integer("width", "units of each of the two hidden layers", \.width, in: 2...512),
    .number("rate", "step size of Adam", \.rate, in: 1e-5...0.1),
    .integer("samples", "samples at each look", \.samples, in: 50...20_000),
  ]

  var dimension = 8
  var concentration = 2.0
  var radius = 1.0
  var lowSigma = 0.1
  var moderateSigma = 0.5
  var highSigma = 4.0
  var share = 0.9
  var seeds = 8
  var steps = 10_000
  var batch = 64
  var width = 64
  var rate = 0.002
  var samples = 512

  init() {}

  func check() throws(ParameterError) {
    guard lowSigma < moderateSigma else {
      throw ParameterError(
        path: ["low_sigma"],
        message: "must be below moderate_sigma \(moderateSigma), found \(lowSigma)")
    }
    guard moderateSigma < highSigma else {
      throw ParameterError(
        path: ["high_sigma"],
        message: "must be above moderate_sigma \(moderateSigma), found \(highSigma)")
    }
  }

  func makePlan(_ setup: ExperimentSetup) -> CollapseAndRefinePlan {
    CollapseAndRefinePlan(values: self, seed: setup.seed)
  }
}

extension CollapseAndRefine {
  /// What the squared error of the score counts at a level.
  enum Weighting: String, Codable, CaseIterable, Sendable {
    /// 1: the loss grows like sigma^-2 as noise vanishes.
    case score
    /// sigma^2: the squared error of the noise, of one size at all levels.
    case noise

    var name: String {
      switch self {
      case .score: "weight 1"
      case .noise: "weight sigma^2"
      }
    }

    var member: any LevelWeighting {
      switch self {
      case .score: ScoreErrorWeighting()
      case .noise: SigmaSquaredWeighting()
      }
    }
  }

  /// 1 on the squared error of the score.
  private struct ScoreErrorWeighting: LevelWeighting {
    func weight(at point: WeightingPoint) -> Double { point.onScoreError(1) }
  }

  /// Noise of deviation t at time t, without decay.
  var process: ElucidatedProcess {
    ElucidatedProcess(sigmaMinimum: lowSigma, sigmaMaximum: highSigma)
  }

  var low: NoiseLevel { NoiseLevel(alpha: 1, sigma: lowSigma) }
  var moderate: NoiseLevel { NoiseLevel(alpha: 1, sigma: moderateSigma) }

  func distribution(seed: UInt64) -> VonMisesCircle {
    VonMisesCircle(
      concentration: concentration, radius: radius, dimension: dimension,
      seed: Int(seed % 1_000_000))
  }

  var architecture: Perceptron {
    Perceptron(
      InputEncoding(dimension: dimension, timeFeatures: TimeFeatures(.logSNR, pairs: 4)),
      hidden: [width, width])
  }

  /// The steps after which scores are looked at, ascending: 0 and up to 25 more, in equal ratios from 4
  /// on.
  var checkpoints: [Int] {
    let first = 4.0
    let ratio = Double(steps) / first
    let even = (0..<25).map { Int((first * pow(ratio, Double($0) / 24)).rounded()) }
    return [0] + Set(even).sorted()
  }
}
