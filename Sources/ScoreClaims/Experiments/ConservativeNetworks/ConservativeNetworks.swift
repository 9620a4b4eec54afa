import Glibc
import ScoreCore
import ScoreLab

/// What a score that is a gradient by construction costs and gains next to a free one.
///
/// Source: Salimans and Ho 2021 (Should EBMs model the energy or the score?, ICLR workshop on
/// energy-based models), Chao et al. 2023 (arXiv:2209.12753) and Horvat and Pfister 2024
/// (arXiv:2402.03845), abstracts of all three; Huang et al. 2026 (arXiv:2605.20235) for the network.
struct ConservativeNetworks: ClaimExperiment {
  static let claim = Claim(
    "conservative_networks", title: "Conservative against free networks",
    summary: "score networks that are gradients and free ones: curl, error and samples",
    statement:
      "At equal numbers of parameters and steps, a network whose score is the gradient of a scalar one is "
      + "no worse than a free one: not in squared error, not in D_delta, not in the distance of samples. "
      + "The free one has a curl, which the exact score has not, and it falls with training.",
    source: "Salimans and Ho 2021 (ICLR workshop), abstract; Huang et al. 2026 (arXiv:2605.20235)",
    paper: .huang2026, .observed,
    caveats: [
      "Salimans and Ho found gradients to do as well with a comparable structure; Chao et al. 2023 "
        + "(arXiv:2209.12753) say that the constraint may limit what is modelled. Only the abstracts were "
        + "read. Both are on images; these are small networks on two distributions.",
      "All networks have one step size, which need not be the best of each.",
      "By Horvat and Pfister 2024 (arXiv:2402.03845, abstract) no curl is neither necessary nor "
        + "sufficient for exact samples: curl is an error of the score that samples need not show.",
      "The requirements are our own, set before the first run.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("dimension", "ambient dimension of the circle", \.dimension, in: 2...64),
    .integer(
      "starts", "trainings of each network on each distribution", \.starts, in: 3...200),
    .integer("steps", "steps of a training", \.steps, in: 8...1_000_000),
    .integer("batch", "rows of a step", \.batch, in: 1...10_000),
    .integer(
      "width", "neurons of the free network of two layers; the others have as many parameters",
      \.width, in: 4...1024),
    .number("rate", "step size of Adam", \.rate, in: 1e-5...0.1),
    .number("low_sigma", "lowest noise", \.lowSigma, in: 0.01...1),
    .number("high_sigma", "highest noise, from which samples start", \.highSigma, in: 1.5...50),
    .integer("samples", "samples of each network", \.samples, in: 50...20_000),
  ]

  var dimension = 8
  var starts = 6
  var steps = 4000
  var batch = 128
  var width = 128
  var rate = 0.003
  var lowSigma = 0.1
  var highSigma = 4.0
  var samples = 1000

  init() {}

  func makePlan(_ setup: ExperimentSetup) -> ConservativeNetworksPlan {
    ConservativeNetworksPlan(values: self, seed: setup.seed)
  }
}

extension ConservativeNetworks {
  /// What is learned.
  enum Law: String, Codable, CaseIterable, Sendable {
    case mixture, circle

    /// As the names of checks, figures and tables say it.
    var name: String {
      switch self {
      case .mixture: "mixture in the plane"
      case .circle: "circle"
      }
    }
  }

  /// What learns it; the first is compared with the others.
  enum Form: String, Codable, CaseIterable, Sendable {
    case conservative, free, deep

    var name: String {
      switch self {
      case .conservative: "conservative, two layers"
      case .free: "free, two layers"
      case .deep: "free, three layers"
      }
    }
  }

  /// The levels at which scores are measured, and the points at each: for errors and for Jacobians.
  static let (levelCount, pointCount, jacobianCount) = (6, 512, 48)
  /// The probability that D_delta leaves out.
  static let delta = 0.05
  static let samplerSteps = 32

  /// Noise of deviation t at time t, without decay.
  var process: ElucidatedProcess {
    ElucidatedProcess(sigmaMinimum: lowSigma, sigmaMaximum: highSigma)
  }

  /// Eight Gaussians on a ring, or a circle with one denser side, rotated at random.
  func distribution(_ law: Law, seed: UInt64) -> any KnownScoreDistribution {
    switch law {
    case .mixture:
      let angles = (0..<8).map { Double.pi / 4 * Double($0) }
      return IsotropicMixture(
        means: Points(rows: angles.map { [cos($0), sin($0)] }),
        deviations: Array(repeating: 0.1, count: 8))
    case .circle:
      return VonMisesCircle(
        concentration: 2, radius: 1, dimension: dimension, seed: Int(seed % 1_000_000))
    }
  }

  /// The network of a form, with as many parameters as the free one of two layers as its widths allow.
  func architecture(_ form: Form, dimension d: Int) -> any Architecture {
    let encoding = InputEncoding(dimension: d, timeFeatures: TimeFeatures(.logSNR, pairs: 4))
    let free = Perceptron(encoding, hidden: [width])
    let count = Double(free.parameterCount)
    switch form {
    case .free: return free
    case .conservative:
      // Weights of the inputs, a bias and an outer weight a neuron.
      let neurons = (count / Double(encoding.count + 2)).rounded()
      return ConservativeNetwork(encoding, width: max(1, Int(neurons)))
    case .deep:
      // h^2 + (inputs + 2 + d) h + d parameters.
      let half = Double(encoding.count + 2 + d) / 2
      let neurons = ((half * half + count - Double(d)).squareRoot() - half).rounded()
      let hidden = max(1, Int(neurons))
      return Perceptron(encoding, hidden: [hidden, hidden])
    }
  }

  /// The steps after which scores are measured, ascending.
  var looks: [Int] { [8, 4, 2, 1].map { steps / $0 } }
}
