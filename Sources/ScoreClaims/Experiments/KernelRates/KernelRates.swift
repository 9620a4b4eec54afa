import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// The excess of kernel descent that is stopped at its best step against the number of points, in several
/// dimensions.
///
/// Source: Han, Razaviyayn and Xu 2024 (arXiv:2401.15604) for score matching as kernel regression;
/// Raskutti, Wainwright and Yu 2014, JMLR 15, for rates by the decay of eigenvalues.
struct KernelRates: ClaimExperiment {
  static let claim = Claim(
    "kernel_rates", title: "Rates of kernel regression",
    summary: "excess of kernel descent stopped at its best step against n, in dimensions 1 to 8",
    statement:
      "Stopped at its best step, descent on the tangent kernel predicts the data from noisy points with "
      + "an excess that falls with n at least as fast as n^-(beta/(beta+1)), where the kernel's "
      + "eigenvalues fall like i^-beta; beta is p/(p-1) for inputs of length p. With 1,024 points it is "
      + "below linear regression in 1, 2, 4 and 8 dimensions.",
    source:
      "Han et al. 2024 (arXiv:2401.15604), the abstract of v4; Raskutti, Wainwright and Yu 2014, "
      + "JMLR 15",
    paper: .han2024, .observed,
    caveats: [
      "The abstract of v4 says that the rate is minimax optimal; its exponent was not found. That "
        + "eigenvalues of the ReLU kernel fall like i^-(p/(p-1)), and the exponent p/(2p-1) that "
        + "follows, are given from memory.",
      "The exponents are for the worst target of a ball in the kernel's space. A smoother one, as here, "
        + "may be learned faster.",
    ])

  static let parameters: [ExperimentParameter<Self>] = [
    .integer("first_points", "the least n", \.firstPoints, in: 8...1000),
    .integer("doublings", "how many times n is doubled", \.doublings, in: 2...8),
    .integer(
      "doubled_dimensions", "how many times the dimension 1 is doubled", \.powers, in: 0...5),
    .number("time", "Ornstein-Uhlenbeck time of the noise level", \.time, in: 0.01...3),
    .integer("repeats", "data sets of every n and dimension", \.repeats, in: 3...1000),
    .integer(
      "test_points", "noisy points that the excess is taken over", \.testPoints, in: 50...10_000),
    .integer("last_step", "the last step of descent", \.lastStep, in: 100...100_000_000),
  ]

  /// The least number n of noisy points in a data set, and how often it is doubled.
  var firstPoints = 32
  var doublings = 5
  /// The dimensions are 1, 2, 4 and so on.
  var powers = 3
  var time = 0.2
  /// The data sets of every n and dimension, each with points of its own.
  var repeats = 12
  /// The fresh noisy points of each data set that its excess is taken over.
  var testPoints = 1000
  var lastStep = 100_000

  init() {}

  /// The most points of a data set; Gram matrices of more take gigabytes.
  private static let mostPoints = 4096

  func check() throws(ParameterError) {
    guard lastCount <= Self.mostPoints else {
      throw ParameterError(
        path: ["doublings"],
        message:
          "must leave at most \(Self.mostPoints) points, found \(lastCount) (first_points "
          + "\(firstPoints) doubled \(doublings) times)")
    }
  }

  func makePlan(_ setup: ExperimentSetup) -> KernelRatesPlan {
    KernelRatesPlan(values: self, seed: setup.seed)
  }
}

extension KernelRates {
  var regression: TwoAtomRegression {
    TwoAtomRegression(level: OrnsteinUhlenbeck(horizon: 5, stop: 0.001).level(at: time))
  }

  /// The numbers n of points, ascending.
  var counts: [Int] { (0...doublings).map { firstPoints << $0 } }
  var lastCount: Int { firstPoints << doublings }
  /// The dimensions d, ascending.
  var dimensions: [Int] { (0...powers).map { 1 << $0 } }

  /// The places i of the eigenvalues that their decay is fitted to, evenly on a logarithmic axis.
  ///
  /// Those before depend on the target's distribution, those after on the n points rather than on it.
  var fittedPlaces: [Int] {
    let (first, last) = (Double(max(1, lastCount / 64)), Double(max(4, lastCount / 8)))
    return Set((0...24).map { Int((first * pow(last / first, Double($0) / 24)).rounded()) })
      .sorted()
  }

  /// The length p of the kernel's inputs, the noisy point and a constant.
  static func inputLength(_ dimension: Int) -> Int { dimension + 1 }

  /// The power of i that eigenvalues are said to fall with, from memory.
  static func rememberedDecay(_ dimension: Int) -> Double {
    Double(inputLength(dimension)) / Double(dimension)
  }

  /// The power of n of the excess where eigenvalues fall like `i^-decay`.
  static func rate(decay: Double) -> Double { -decay / (decay + 1) }
}
