import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Whether the loss's gradient is long wherever the loss is above its least: along descents of linear
/// scores, for which it is known, and of ReLU networks.
///
/// Source: Polyak 1963, USSR Comput. Math. Math. Phys. 3; Karimi, Nutini and Schmidt 2016
/// (arXiv:1608.04636), eq. 3. The assumption of Gaur et al. 2025 (arXiv:2505.18344).
struct PolyakLojasiewicz: ClaimExperiment {
  static let claim = Claim(
    "polyak_lojasiewicz", title: "Polyak-Lojasiewicz condition",
    summary: "squared gradient over twice the loss above its least, along descents",
    statement:
      "The squared gradient is at least 2 mu times the loss above its least, with one mu > 0 for all "
      + "weights: for linear scores it is, with mu twice the variance. For ReLU networks it is not: mu "
      + "goes to 0 with the squared scale of the first weights, and falls by a factor of ten or more "
      + "along a descent from the usual ones.",
    source:
      "an assumption of Gaur et al. 2025 (arXiv:2505.18344), by public reviews; condition as in "
      + "Karimi et al. 2016 (arXiv:1608.04636), eq. 3",
    paper: .gaur2025, .observed,
    caveats: [
      "Found: that the paper assumes the condition. Not found: its exact form and for which weights. "
        + "Derived here: what is expected of linear scores and of small first weights.",
      "The least loss of a network is the least that L-BFGS finds; a lower one makes what is shown "
        + "smaller, so that failures are not due to it.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .number("time", "Ornstein-Uhlenbeck time of the noise level", \.time, in: 0.01...3),
    .number("separation", "distance of the two atoms of the data", \.separation, in: 0.1...20),
    .integer("width", "units of the network's hidden layer", \.width, in: 2...200),
    .integer("repeats", "first weights that are drawn", \.repeats, in: 4...100),
    .integer("starts", "further starts of L-BFGS for the least loss", \.starts, in: 1...20),
    .integer("steps", "steps of each descent", \.steps, in: 100...1_000_000),
    .number("rate", "step size", \.rate, in: 1e-4...0.2),
  ]

  var time = 0.3
  var separation = 2.0
  var width = 16
  var repeats = 10
  var starts = 5
  var steps = 4000
  var rate = 0.05

  init() {}

  func makePlan(_ setup: ExperimentSetup) -> PolyakLojasiewiczPlan {
    PolyakLojasiewiczPlan(values: self, seed: setup.seed)
  }
}

extension PolyakLojasiewicz {
  var process: OrnsteinUhlenbeck { OrnsteinUhlenbeck(horizon: 2 * time, stop: time / 2) }

  var level: NoiseLevel { process.level(at: time) }

  /// Two atoms.
  var distribution: IsotropicMixture {
    IsotropicMixture(
      means: Points(rows: [[-separation / 2], [separation / 2]]), deviations: [0, 0])
  }

  /// The variances of normal data on which linear scores descend.
  var variances: [Double] { [0.25, 1, 4] }

  /// The factors on a network's first weights, descending.
  var scales: [Double] { [1, 0.3, 0.1, 0.03] }

  /// The steps before which loss and gradient are looked at, ascending from 0.
  var checkpoints: [Int] {
    let even = (0...40).map { Int(pow(Double(steps), Double($0) / 40).rounded()) }
    return [0] + Set(even).sorted()
  }
}
