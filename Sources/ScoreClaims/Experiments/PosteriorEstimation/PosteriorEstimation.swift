import ScoreCore
import ScoreLab
import ScoreTheory

/// Posteriors by conditional score networks, next to exact ones: two-sample tests, ranks and rounds.
///
/// Source: Sharrock, Simons, Liu and Beaumont 2024 (arXiv:2210.04872); ranks as in Talts et al. 2018
/// (arXiv:1804.06788), two-sample tests as in Lueckmann et al. 2021 (arXiv:2101.04653).
struct PosteriorEstimation: ClaimExperiment {
  static let claim = Claim(
    "posterior_estimation", title: "Posterior estimation",
    summary:
      "posteriors of four simulators by score networks, against exact ones; budgets and rounds",
    statement:
      "A conditional score network on simulated pairs comes nearer to the exact posterior the more simulations "
      + "it has, of a linear Gaussian simulator, a Gaussian mixture, two moons and SLCP, and ranks of parameters "
      + "among its samples are as spread as they should be. With as many simulations, a second round in the box "
      + "of the first one's samples, or where its density is no less than at them, comes nearer than a single one.",
    source: "Sharrock et al. 2024 (arXiv:2210.04872)", paper: .sharrock2024, .observed,
    caveats: [
      "That the paper truncates the prior by the estimated density is from memory, and so is the threshold, of "
        + "which only the kind is the same: the least density at the first round's samples.",
      "One network is trained for each simulator and budget: intervals are over observations, not over "
        + "networks.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer(
      "budget", "the least number of simulations; next ten and a hundred times", \.budget,
      in: 50...1000),
    .integer(
      "round_budget", "simulations of two rounds, and of one", \.roundBudget, in: 50...100_000),
    .integer("observations", "observations of two-sample tests", \.observations, in: 4...200),
    .integer("round_observations", "observations with rounds", \.roundObservations, in: 3...200),
    .integer("samples", "posterior samples of a test", \.samples, in: 40...10_000),
    .integer("pairs", "pairs whose ranks are taken with a network", \.pairs, in: 20...10_000),
    .integer(
      "exact_pairs", "pairs whose ranks are taken with exact draws", \.exactPairs, in: 500...100_000
    ),
    .number("scale", "spread of draws that are to be seen as wrong", \.scale, in: 0.1...0.9),
    .integer("sampler_steps", "steps of the sampler", \.samplerSteps, in: 5...1000),
    .integer("width", "units of each of two hidden layers", \.width, in: 4...512),
    .integer("steps", "training steps of a network", \.steps, in: 20...1_000_000),
    .integer("batch", "rows of a step", \.batch, in: 8...4096),
    .number("rate", "first step size of Adam", \.rate, in: 1e-5...0.1),
  ]

  var budget = 1000
  var roundBudget = 2000
  var observations = 20
  var roundObservations = 6
  var samples = 400
  var pairs = 400
  var exactPairs = 2000
  var scale = 0.8
  var samplerSteps = 20
  var width = 64
  var steps = 12_000
  var batch = 128
  var rate = 0.003

  init() {}

  func makePlan(_ setup: ExperimentSetup) -> PosteriorEstimationPlan {
    PosteriorEstimationPlan(values: self, seed: setup.seed)
  }
}

extension PosteriorEstimation {
  /// What is simulated.
  enum Task: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
    case linearGaussian = "linear_gaussian"
    case mixture
    case twoMoons = "two_moons"
    case simpleLikelihood = "slcp"

    var name: String {
      switch self {
      case .linearGaussian: "linear Gaussian"
      case .mixture: "Gaussian mixture"
      case .twoMoons: "two moons"
      case .simpleLikelihood: "SLCP"
      }
    }

    var simulator: any Simulator {
      switch self {
      case .linearGaussian: LinearGaussianSimulator(dimension: 2)
      case .mixture: MixtureSimulator()
      case .twoMoons: TwoMoonsSimulator()
      case .simpleLikelihood: SimpleLikelihoodSimulator()
      }
    }

    /// What the accuracy of a classifier may be with the most simulations, at most.
    var limit: Double {
      switch self {
      case .linearGaussian, .mixture: 0.6
      case .twoMoons: 0.75
      case .simpleLikelihood: 0.9
      }
    }
  }

  /// The draws that a parameter is ranked among, and the bins of ranks.
  static let (rankDraws, rankBins) = (49, 10)
  /// How far the box of the second round reaches beyond the samples of the first, by their range.
  static let boxMargin = 0.1
  /// How far parameters are looked at beyond that range where the density truncates.
  static let searchMargin = 0.5
  /// Steps of the flow that has the density of the first round's samples.
  static let flowSteps = 20

  var budgets: [Int] { [budget, 10 * budget, 100 * budget] }
  var process: OrnsteinUhlenbeck { OrnsteinUhlenbeck(horizon: 5, stop: 1e-4) }
}
