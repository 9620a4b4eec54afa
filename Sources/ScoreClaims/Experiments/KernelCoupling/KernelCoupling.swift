import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// A wide two-layer network trained by full-batch descent next to its kernel's closed form, step by step.
///
/// Source: Han, Razaviyayn and Xu 2024 (arXiv:2401.15604), the coupling of network and kernel regression.
struct KernelCoupling: ClaimExperiment {
  static let claim = Claim(
    "kernel_coupling", title: "Network and kernel",
    summary: "a wide network's outputs against the kernel's closed form at every step",
    statement:
      "A two-layer ReLU network with fixed outer weights, trained to predict the data by as many "
      + "full-batch steps as early stopping takes, stays near descent on its tangent kernel at every "
      + "step: the largest gap falls like width^-1/2, and so does the relative movement of its weights. "
      + "Step sizes beyond two over the largest eigenvalue, and balls smaller than that movement, end "
      + "it.",
    source: "Han et al. 2024 (arXiv:2401.15604), the coupling error of Theorems 3.6 to 3.10",
    paper: .han2024, .observed,
    caveats: [
      "That network and kernel are coupled is in the paper's reviews; inputs (x, t - T_0), the signs, "
        + "1/sqrt(width) and uniform times are given from memory, and the power 1/2 is the usual one "
        + "for such networks, not read in the paper.",
      "The projection of predictions on a ball and the truncation of inputs are left out: data and "
        + "noisy points are bounded enough not to meet them.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("points", "n, noisy points of a data set", \.points, in: 5...2000),
    .number("first_time", "T_0, the least Ornstein-Uhlenbeck time", \.firstTime, in: 0.01...1),
    .number("last_time", "T, the largest time", \.lastTime, in: 0.1...5),
    .integer("first_power", "the least width, as a power of two", \.firstPower, in: 3...14),
    .integer("last_power", "the largest width, as a power of two", \.lastPower, in: 5...16),
    .integer("repeats", "data sets, with a network of each width", \.repeats, in: 3...1000),
    .integer("steps", "steps of full-batch descent", \.steps, in: 10...1_000_000),
    .number(
      "step_size", "step size times the kernel's largest eigenvalue", \.stepSize, in: 0.01...1.99),
    .integer(
      "sweep_power", "width at which step sizes and balls vary, as a power of two", \.sweepPower,
      in: 3...14),
  ]

  /// The number n of noisy points in a data set.
  var points = 100
  /// The times T_0 and T that noisy points are drawn between.
  var firstTime = 0.1
  var lastTime = 1.0
  var firstPower = 5
  var lastPower = 14
  var repeats = 32
  var steps = 30
  /// The step size over the inverse of the largest eigenvalue of K / n.
  var stepSize = 1.0
  var sweepPower = 10

  init() {}

  func check() throws(ParameterError) {
    guard firstTime < lastTime else {
      throw ParameterError(
        path: ["first_time"], message: "must be below last_time \(lastTime), found \(firstTime)")
    }
    guard firstPower + 2 <= lastPower else {
      throw ParameterError(
        path: ["first_power"],
        message: "must be at least two below last_power \(lastPower), found \(firstPower)")
    }
  }

  func makePlan(_ setup: ExperimentSetup) -> KernelCouplingPlan {
    KernelCouplingPlan(values: self, seed: setup.seed)
  }
}

extension KernelCoupling {
  /// The widths, ascending.
  var widths: [Int] { (firstPower...lastPower).map { 1 << $0 } }
  var sweepWidth: Int { 1 << sweepPower }
  /// The steps at which gaps are kept: four to a factor of ten, and the last.
  var keptSteps: [Int] {
    let even = (0...).lazy.map { Int(pow(10, Double($0) / 4).rounded()) }.prefix { $0 < steps }
    return Set([steps] + even).sorted()
  }

  /// Step sizes beyond the standard one, over the inverse of the largest eigenvalue.
  static let stepSizes = [0.25, 0.5, 1, 1.5, 1.9, 2.2]
  /// Radii of balls around the start, over the kernel's own movement.
  static let radii = [1.5, 1, 0.75, 0.5, 0.25]
}
