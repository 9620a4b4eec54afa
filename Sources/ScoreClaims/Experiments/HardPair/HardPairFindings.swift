import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// What the draws and the training sets say of the claim.
struct HardPairFindings: ExperimentFindings {
  let values: HardPair
  let exact: HardPairValues
  let isDone: Bool
  private(set) var histogram: ErrorHistogram?
  private(set) var quantiles: [ErrorQuantile] = []
  private(set) var squares: Estimate?
  private(set) var totalVariation: Estimate?
  private(set) var divergence: Estimate?
  private(set) var baselines: [HardPairPlan.Baseline] = []
  private(set) var sweep: [HardPairPlan.SweepPoint] = []
  private(set) var integratedL2: Double?
  private(set) var repeatsDone = 0
  /// How often the wrong score was chosen, for each number of samples.
  private(set) var wrongChoices: [Int]
  /// How often the score chosen failed in `D_delta`, estimated in each repeat.
  private(set) var quantileFailures: [Int]

  init(_ plan: HardPairPlan, _ records: HardPairPlan.Records) {
    (values, exact, isDone) = (plan.values, plan.exact, records.isComplete)
    wrongChoices = Array(repeating: 0, count: values.sampleCounts.count)
    quantileFailures = wrongChoices
    for (_, record) in records.finished {
      switch record {
      case .errors(let errors):
        (histogram, quantiles) = (errors.histogram, errors.quantiles)
        (squares, totalVariation) = (errors.squares, errors.totalVariation)
        (divergence, baselines) = (errors.divergence, errors.baselines)
      case .integral(let integral): integratedL2 = integral
      case .level(let point): sweep.append(point)
      case .trainingSets(let count, let wrong, let off):
        repeatsDone += count
        for place in wrong.indices {
          wrongChoices[place] += wrong[place]
          quantileFailures[place] += off[place]
        }
      }
    }
  }
}

// MARK: - Checks

extension HardPairFindings {
  var checks: [Check] {
    [claims, distanceChecks, quantileChecks, choiceChecks].flatMap { $0 }
  }

  /// The share of failures in L2 that the claim wants at a number of samples up to 1 / eta.
  static let wantedFailures = 0.1
  /// The share of failures in `D_delta` that it allows.
  static let allowedFailures = 0.01

  private var claims: [Check] {
    let claimed = values.claimedCount
    let rows = isDone ? choiceRows : nil
    let l2 = claimed.flatMap { claimed in rows.map { $0[claimed.place].l2 } }
    // The claim is about delta above eta; at others it is not tested.
    let quantile =
      values.delta > values.pair.eta
      ? rows?.map(\.quantile).max { $0.count < $1.count } : nil
    return [
      Check(
        .claim, "l2_failures",
        claimed.map { "share of training sets of m = \($0.m), at most 1/eta, that fail in L2" }
          ?? "share of training sets that fail in L2; no m looked at is at most 1/eta",
        measured: l2?.share, interval: l2?.interval, .atLeast(Self.wantedFailures),
        basis: "a constant probability, as 1/eta samples have no far one with probability 1/e; "
          + "Clopper-Pearson interval"),
      Check(
        .claim, "quantile_failures",
        "largest share over m of training sets that fail in D_\(short(values.delta)), delta above "
          + "eta",
        measured: quantile?.share, interval: quantile?.interval, .atMost(Self.allowedFailures),
        basis:
          "D_delta of the score chosen, estimated over \(values.errorDrawCount) points of each "
          + "repeat; Clopper-Pearson interval"),
    ]
  }

  private var distanceChecks: [Check] {
    let n = Double(HardPairPlan.drawCount)
    let TV = values.pair.totalVariation(time: values.time)
    return [
      Check(
        .agreement, "l2_draws",
        "mean of |s_1 - s_2|^2 over draws", measured: squares?.value,
        .near(exact.l2 * exact.l2, tolerance: 4 * exact.squareDeviation / n.squareRoot()),
        basis: "L2^2 by quadrature, 4 standard errors"),
      Check(
        .agreement, "total_variation_draws",
        "TV over draws, E max(0, 1 - p_2/p_1)", measured: totalVariation?.value,
        // The integrand is in 0...1, so its variance is at most its mean.
        .near(TV, tolerance: 4 * (TV / n).squareRoot()),
        basis: "eta (2 Phi(R_t) - 1), 4 standard errors at most"),
      Check(
        .agreement, "divergence_draws",
        "KL over draws, E log(p_1/p_2)", measured: divergence?.value,
        .near(exact.divergence.noisy, tolerance: 4 * exact.divergenceDeviation / n.squareRoot()),
        basis: "quadrature of the mean and of the deviation, 4 standard errors"),
      Check(
        .agreement, "de_bruijn",
        "int L2^2 dt from t on over KL at t",
        measured: integratedL2.map { $0 / exact.divergence.noisy },
        .near(1, tolerance: 1e-4), basis: "de Bruijn's identity; Simpson's rule, 400 steps"),
      Check(
        .identity, "markov",
        "largest D_delta sqrt(delta) / L2 on the curve",
        measured: zip(exact.quantiles.x, exact.quantiles.y).map {
          $1 * $0.squareRoot() / exact.l2
        }.max(),
        .atMost(1 + 1e-9), basis: "Markov's inequality"),
    ]
  }

  private var quantileChecks: [Check] {
    let isSwept = sweep.count == HardPairPlan.sweepCount
    return [
      Check(
        .agreement, "quantile_draws",
        "largest miss of D_delta by draws over \(values.deltas.count) deltas, in standard errors",
        measured: quantiles.map(\.deviation).max(), .atMost(4),
        basis: "closed form; the share of draws above it is binomial"),
      Check(
        .agreement, "quantile_sweep",
        "largest miss of D_delta over the noise sweep, in standard errors",
        measured: isSwept ? sweep.map(\.quantile.deviation).max() : nil, .atMost(4),
        basis: "closed form; the share of draws above it is binomial"),
      Check(
        .agreement, "l2_sweep",
        "largest miss of L2^2 over the noise sweep, in standard errors",
        measured: isSwept ? sweep.map(missOfSquares).max() : nil, .atMost(4),
        basis: "quadrature of L2^2 and of its variance"),
    ]
  }

  private func missOfSquares(_ point: HardPairPlan.SweepPoint) -> Double {
    let squared = values.pair.l2Squared(time: point.time)
    let variance = values.pair.gapMoment(4, time: point.time) - squared * squared
    let spread = (max(0, variance) / Double(HardPairPlan.drawCount)).squareRoot()
    return abs(point.squares.value - squared) / spread
  }

  /// The formula neglects samples that could be of either part.
  private var choiceChecks: [Check] {
    guard exact.isSeparated else { return [] }
    return values.sampleCounts.enumerated().flatMap { place, m in
      let wrong = values.pair.wrongChoiceProbability(sampleCount: m, time: values.time)
      return [
        choiceCheck(
          "wrong_choice", "share of training sets of m = \(m) that choose the wrong score",
          wrongChoices[place], wrong, basis: "sum over far samples"),
        choiceCheck(
          "quantile_failures_formula",
          "share of training sets of m = \(m) that fail in D_\(short(values.delta))",
          quantileFailures[place], wrong * values.quantileFailureProbability,
          basis: "the same times P(a share above delta of the points has a larger error)"),
      ]
    }
  }

  private func choiceCheck(
    _ name: String, _ statement: String, _ count: Int, _ p: Double, basis: String
  ) -> Check {
    let n = values.repeats
    // The formula leaves out samples that could be of either part, at most one far one in a
    // thousand.
    let tolerance = BinomialDistribution.shareTolerance(of: min(p, 1), count: n) + 1e-3 * p
    return Check(
      .agreement, name, statement, measured: isDone ? Double(count) / Double(n) : nil,
      .near(p, tolerance: tolerance),
      basis: "\(basis); exact binomial range, one miss in 10,000")
  }
}
