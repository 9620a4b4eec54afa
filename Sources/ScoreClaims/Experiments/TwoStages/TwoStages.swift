import ScoreCore
import ScoreLab

/// A manifold that is learned first and the density on it second, against one stage and other codes.
///
/// Source: Huang, Han, Bai, Zhou, Zhang, Suzuki and Fukumizu 2026 (arXiv:2605.20235), abstract.
struct TwoStages: ClaimExperiment {
  static let claim = Claim(
    "two_stages", title: "Two stages",
    summary: "a learned manifold, then its density, against other codes",
    statement:
      "A map in gradient form, learned at low noise, gives a coordinate of a circle in which random "
      + "features learn the density: with one coordinate held-out points come back with an eighth of the "
      + "squared error of one principal component at most, and with no more than that of an autoencoder "
      + "with a KL penalty. Samples are no further from the law, in sliced W2 and in the KL of the angle, "
      + "than those of diffusion on two principal components, of diffusion on two coordinates of that "
      + "autoencoder, and of one network for all of the space and all levels.",
    source: "Huang et al. 2026 (arXiv:2605.20235), abstract of v1", paper: .huang2026, .observed,
    caveats: [
      "The paper compares image and molecule data by FID, validity and the like. The data here are "
        + "points of a circle, whose law is known, and the requirements are our own.",
      "The coordinate is the length along the curve that the map projects on. How the paper gets a "
        + "coordinate is not known here, and for more than one dimension this way does not do.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("dimension", "ambient dimension d of the circle", \.dimension, in: 3...64),
    .number("concentration", "kappa of the angle's density", \.concentration, in: 0.1...10),
    .number("radius", "of the circle", \.radius, in: 0.5...5),
    .integer("points", "training points", \.points, in: 50...20_000),
    .number("stage1_sigma", "stage 1: deviation of its noise", \.stage1Sigma, in: 0.02...0.5),
    .integer("stage1_width", "stage 1: units of the map", \.stage1Width, in: 4...512),
    .integer("stage1_steps", "stage 1: steps of training", \.stage1Steps, in: 10...200_000),
    .integer("stage1_batch", "stage 1: rows of a step", \.stage1Batch, in: 4...4096),
    .number("stage1_rate", "stage 1: first step size of Adam", \.stage1Rate, in: 1e-5...0.1),
    .integer(
      "stage2_features", "stage 2: random ReLU features at each level", \.stage2Features,
      in: 4...500),
    .number(
      "stage2_ridge", "stage 2: of the ridge regression, over the features' mean square",
      \.stage2Ridge, in: 1e-10...1),
    .integer(
      "stage2_draws", "stage 2: noise draws a point at each level", \.stage2Draws, in: 1...64),
    .integer(
      "stage2_levels", "levels of noise, in equal ratios, of whatever samples", \.stage2Levels,
      in: 4...400),
    .number(
      "stage2_low_sigma", "lowest noise of whatever samples", \.stage2LowSigma, in: 0.01...0.5),
    .integer(
      "other_width", "units of each hidden layer of autoencoders and of the one network",
      \.otherWidth, in: 4...512),
    .integer("other_steps", "steps of training of those", \.otherSteps, in: 10...200_000),
    .integer("other_batch", "rows of a step of those", \.otherBatch, in: 4...4096),
    .number("other_rate", "first step size of Adam of those", \.otherRate, in: 1e-5...0.1),
    .number(
      "code_deviation", "deviation of what autoencoders decode", \.codeDeviation, in: 0.02...0.5),
    .integer("samples", "samples of each way", \.samples, in: 50...20_000),
    .integer("repeats", "data sets", \.repeats, in: 3...200),
  ]

  var dimension = 8
  var concentration = 1.0
  var radius = 1.0
  var points = 1000
  // Stage 1: the map in gradient form.
  var stage1Sigma = 0.1
  var stage1Width = 48
  var stage1Steps = 4000
  var stage1Batch = 32
  var stage1Rate = 0.005
  // Stage 2: random features in a coordinate; all ways but the one network sample by it.
  var stage2Features = 96
  var stage2Ridge = 1e-4
  var stage2Draws = 4
  var stage2Levels = 40
  var stage2LowSigma = 0.05
  // Autoencoders, and one network for all of the space.
  var otherWidth = 48
  var otherSteps = 4000
  var otherBatch = 32
  var otherRate = 0.005
  var codeDeviation = 0.1
  var samples = 1000
  var repeats = 8

  init() {}

  func makePlan(_ setup: ExperimentSetup) -> TwoStagesPlan {
    TwoStagesPlan(values: self, seed: setup.seed)
  }
}

extension TwoStages {
  /// Where samples come from.
  enum Way: String, Codable, CaseIterable, Sendable {
    /// The length along the curve that a learned map projects on.
    case stages
    /// The angle itself, which nobody has.
    case angle
    /// Diffusion on one and on two principal components.
    case component, plane
    /// Diffusion on one and on two coordinates of a variational autoencoder.
    case code, planeCode
    /// One network, or random features, for all of the space and all levels.
    case network, features
    /// No model: training points drawn again, one Gaussian, and new points of the law.
    case again, gaussian, law

    var name: String {
      switch self {
      case .stages: "two stages, 1 coordinate"
      case .angle: "angle known"
      case .component: "PCA, 1 coordinate"
      case .plane: "PCA, 2 coordinates"
      case .code: "KL autoencoder, 1 coordinate"
      case .planeCode: "KL autoencoder, 2 coordinates"
      case .network: "one stage, network"
      case .features: "one stage, random features"
      case .again: "training points again"
      case .gaussian: "one Gaussian"
      case .law: "the law itself"
      }
    }

    /// The parts of equal length that it takes.
    var length: Int {
      switch self {
      case .code, .planeCode, .network: 4
      case .stages: 2
      case .angle, .component, .plane, .features, .again, .gaussian, .law: 1
      }
    }
  }

  /// The bins of angles.
  static let bins = 16

  func circle(seed: UInt64) -> VonMisesCircle {
    VonMisesCircle(
      concentration: concentration, radius: radius, dimension: dimension,
      seed: Int(seed % 1_000_000))
  }

  /// Noise of deviation t at time t, for the network of one stage.
  var process: ElucidatedProcess {
    ElucidatedProcess(sigmaMinimum: stage2LowSigma, sigmaMaximum: 10 * radius)
  }

  /// Two hidden layers, more weights than the other ways have.
  var architecture: Perceptron {
    Perceptron(
      InputEncoding(dimension: dimension, timeFeatures: TimeFeatures(.logSNR, pairs: 4)),
      hidden: [otherWidth, otherWidth])
  }
}
