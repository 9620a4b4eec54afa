import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Gradient descent on noisy targets, its excess along the way, and where rules stop it.
///
/// Source: Han, Razaviyayn and Xu 2024 (arXiv:2401.15604) for early stopping of score matching as kernel
/// regression; Raskutti, Wainwright and Yu 2014 for the rule.
struct EarlyStopping: ClaimExperiment {
  static let claim = Claim(
    "early_stopping", title: "Early stopping",
    summary: "descent on fixed noisy targets: its excess against steps, and rules that stop it",
    statement:
      "Trained long enough on noisy targets that stay the same, a score fits their noise: its error "
      + "falls and then grows, in L2 and in D_delta. Stopping early undoes that, also by rules that "
      + "do not know the exact score; targets with fresh noise at every step do not need it.",
    source:
      "Han et al. 2024 (arXiv:2401.15604), Assumption 3.11 of v3 and the abstract of v4; Raskutti, "
      + "Wainwright and Yu 2014, JMLR 15",
    paper: .han2024, .observed,
    caveats: [
      "The abstract of v4 says that over-training on noisy labels overfits and that a rule stops it "
        + "early; its rule and theorems were not found. The rules here are general ones.",
      "Raskutti's formula is given from memory of the paper.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("points", "n, noisy points of a data set", \.points, in: 10...2000),
    .number("time", "Ornstein-Uhlenbeck time of the noise level", \.time, in: 0.01...3),
    .integer("repeats", "data sets for descent on the kernel", \.repeats, in: 8...10_000),
    .integer("last_step", "the last step of descent", \.lastStep, in: 100...100_000_000),
    .number(
      "held_out", "share of the points that hold-out and patience keep back", \.heldOut,
      in: 0.05...0.5),
    .integer("patience", "evaluations without a new least loss", \.patience, in: 1...100),
    .number("delta", "share of points that may have larger errors", \.delta, in: 0.001...0.5),
    .integer("network_sets", "data sets for networks", \.networkSets, in: 2...1000),
    .integer("width", "neurons of a network, an even number", \.width, in: 8...65_536),
    .integer("network_steps", "steps of a network", \.networkSteps, in: 20...1_000_000),
  ]

  /// The number n of noisy points in a data set.
  var points = 100
  var time = 0.5
  /// The data sets that descent on the kernel is followed on.
  var repeats = 200
  var lastStep = 1_000_000
  /// The share of a data set that is held out where a rule wants it.
  var heldOut = 0.2
  var patience = 5
  var delta = 0.05
  /// The data sets that networks are trained on, with fixed and with fresh noise.
  var networkSets = 8
  var width = 2048
  var networkSteps = 10_000

  init() {}

  func check() throws(ParameterError) {
    guard width % 2 == 0 else {
      throw ParameterError(path: ["width"], message: "must be even, found \(width)")
    }
  }

  func makePlan(_ setup: ExperimentSetup) throws -> EarlyStoppingPlan {
    try EarlyStoppingPlan(values: self, seed: setup.seed)
  }
}

extension EarlyStopping {
  var regression: TwoAtomRegression {
    TwoAtomRegression(level: OrnsteinUhlenbeck(horizon: 5, stop: 0.001).level(at: time))
  }

  /// The steps at which a course is measured: eight to a factor of ten, and round ones for tables.
  static func steps(to last: Int) -> [Int] {
    let even = (0...).lazy.map { Int(pow(10, Double($0) / 8).rounded()) }.prefix { $0 < last }
    return Set([0, last] + tableSteps.filter { $0 <= last } + even).sorted()
  }

  /// The steps that tables have.
  static let tableSteps = [
    0, 1, 2, 5, 10, 50, 200, 1000, 10_000, 100_000, 1_000_000,
  ]
}
