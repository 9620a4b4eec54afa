import Glibc
import ScoreCore

/// What counts as failing to learn a score.
enum ErrorSense: CaseIterable {
  case l2, quantile

  func label(_ delta: Double) -> String {
    self == .l2 ? "L2" : "D_\(HardPairRun.short(delta))"
  }
}

extension HardPairRun {
  static func short(_ value: Double) -> String { ShortNumber.text(value, digits: 4) }
  func short(_ value: Double) -> String { Self.short(value) }

  /// A share of the training sets with its interval.
  struct FailureShare {
    let count: Int
    let share: Double
    let lower: Double
    let upper: Double

    init(_ count: Int, of repeats: Int) {
      self.count = count
      share = Double(count) / Double(repeats)
      (lower, upper) = BinomialLaw.interval(successes: count, of: repeats)
    }
  }

  /// Whether the wrong score fails in a sense.
  func isFailure(_ sense: ErrorSense) -> Bool {
    let sigma = (-expm1(-2 * bench.time)).squareRoot()
    return sigma * (sense == .l2 ? exact.l2 : exact.quantile) > bench.tolerance
  }

  /// One row a number of samples, once a training set is drawn.
  var choiceRows: [(m: Int, l2: FailureShare, quantile: FailureShare)] {
    zip(bench.sampleCounts, wrongChoices).map { m, wrong in
      func share(_ sense: ErrorSense) -> FailureShare {
        FailureShare(isFailure(sense) ? wrong : 0, of: repeatsDone)
      }
      return (m, share(.l2), share(.quantile))
    }
  }

  var report: ExperimentReport {
    ExperimentReport(
      title: "Hard pair",
      claim: "Fewer than about 1/eta samples cannot tell two laws apart that differ in a far part "
        + "of weight eta, so training may choose a score that is wrong by eta R_t^2 in squared L2; "
        + "but its D_delta for delta above eta is nearly zero.",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 4.1 and Figure 1",
      caveats: caveats, figures: figures,
      tables: [valuesTable, quantileTable, choiceTable, sweepTable], checks: checks)
  }

  private var caveats: [String] {
    var caveats = [
      "The probability that training fails is derived here for the two candidates; the paper "
        + "states a bound. Its Figure 1 is an image, with which no number was compared. There the "
        + "far part of p_1 is on the left, and eta is eps^2 sigma^2 / R^2; here it is free.",
      "Training chooses between two fixed scores. What a network makes of such data is the "
        + "experiment relu_erm.",
      "Failure in the sense of D_delta uses the exact D_delta of the score chosen, which is the "
        + "same in every training set: all of the curve's randomness is in the choice.",
    ]
    if !exact.isSeparated {
      caveats.append(
        "At R_t = \(short(bench.pair.separation(at: bench.time))) the two parts overlap (L2^2 is off "
          + "eta R_t^2 by \(short(100 * exact.overlap))%), and the formula for the choice, which "
          + "neglects that, is not checked.")
    }
    return caveats
  }
}

// MARK: - Tables

extension HardPairRun {
  private var valuesTable: ReportTable {
    let pair = bench.pair
    let row = { (time: Double, divergence: Double, transport: Double) -> [ReportTable.Cell] in
      let R = pair.separation(at: time)
      let quantiles = [0.5, 1.5, 2].map { pair.quantileError(delta: $0 * pair.eta, time: time) }
      return
        ([
          time, R, pair.l2Squared(time: time), pair.eta * R * R, pair.totalVariation(time: time),
          pair.wasserstein1(time: time), transport, divergence,
        ] + quantiles + [pair.quantileError(delta: bench.delta, time: time)]).map { .number($0) }
    }
    return ReportTable(
      "values", title: "How far the two laws and their scores are apart",
      columns: [
        "t", "R_t", "L2^2", "eta R_t^2", "TV", "W1", "W2^2", "KL, nats", "D at eta/2",
        "D at 1.5 eta", "D at 2 eta", "D at delta",
      ],
      rows: [
        row(0, exact.divergence.start, exact.transport.start),
        row(bench.time, exact.divergence.noisy, exact.transport.noisy),
      ],
      note: "eta = \(short(pair.eta)), R = \(short(pair.separation)), delta = "
        + "\(short(bench.delta)). Closed forms and quadratures.")
  }

  private var quantileTable: ReportTable {
    ReportTable(
      "quantiles", title: "D_delta at t = \(short(bench.time))",
      columns: ["delta", "exact", "drawn", "95% lower", "95% upper", "Markov L2/sqrt(delta)"],
      rows: quantiles.map { quantile in
        [
          quantile.delta, bench.pair.quantileError(delta: quantile.delta, time: bench.time),
          quantile.value, quantile.lower, quantile.upper, exact.l2 / quantile.delta.squareRoot(),
        ].map { .number($0) }
      },
      note: "\(Self.drawCount) draws; intervals from binomial ranks.")
  }

  private var choiceTable: ReportTable {
    ReportTable(
      "failures", title: "Training over both scores",
      columns: [
        "m", "P(wrong), formula", "(1 - eta)^m / 2", "failures in L2", "share", "95% lower",
        "95% upper", "failures in D_delta", "share in D_delta", "upper in D_delta",
      ],
      rows: repeatsDone == 0
        ? []
        : choiceRows.map { row in
          let p = bench.pair.wrongChoiceProbability(sampleCount: row.m, time: bench.time)
          let none = 0.5 * exp(Double(row.m) * log1p(-bench.pair.eta))
          return [
            .integer(row.m), .number(p), .number(none), .integer(row.l2.count),
            .number(row.l2.share), .number(row.l2.lower), .number(row.l2.upper),
            .integer(row.quantile.count), .number(row.quantile.share),
            .number(row.quantile.upper),
          ]
        },
      note: "\(repeatsDone) training sets; Clopper-Pearson intervals; a choice fails when sigma_t "
        + "times its error is above \(short(bench.tolerance)).")
  }

  private var sweepTable: ReportTable {
    ReportTable(
      "noise_levels", title: "Errors against noise",
      columns: [
        "t", "L2^2", "L2^2 drawn", "standard error", "D_delta", "D_delta drawn", "95% lower",
        "95% upper", "sigma_t L2", "sigma_t D_delta",
      ],
      rows: sweep.map { point in
        let squared = bench.pair.l2Squared(time: point.time)
        let quantile = bench.pair.quantileError(delta: bench.delta, time: point.time)
        let sigma = (-expm1(-2 * point.time)).squareRoot()
        return [
          point.time, squared, point.squares.value, point.squares.standardError, quantile,
          point.quantile.value, point.quantile.lower, point.quantile.upper,
          sigma * squared.squareRoot(), sigma * quantile,
        ].map { .number($0) }
      },
      note: "delta = \(short(bench.delta)); \(Self.drawCount) draws a level.")
  }
}

// MARK: - Checks

extension HardPairRun {
  private var checks: [Check] {
    [distanceChecks, quantileChecks, choiceChecks].flatMap { $0 }
  }

  private var distanceChecks: [Check] {
    let n = Double(Self.drawCount)
    let TV = bench.pair.totalVariation(time: bench.time)
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
        .near(exact.divergence.noisy, tolerance: 4 * (divergence?.standardError ?? .nan)),
        basis: "quadrature, 4 standard errors"),
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
    let isSwept = sweep.count == 8
    return [
      Check(
        .agreement, "quantile_draws",
        "largest miss of D_delta by draws over \(bench.deltas.count) deltas, in standard errors",
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

  private func missOfSquares(_ point: SweepPoint) -> Double {
    let squared = bench.pair.l2Squared(time: point.time)
    let variance = bench.pair.gapMoment(4, time: point.time) - squared * squared
    let spread = (max(0, variance) / Double(Self.drawCount)).squareRoot()
    return abs(point.squares.value - squared) / spread
  }

  private var choiceChecks: [Check] {
    guard exact.isSeparated else { return [] }
    let isDone = unitsDone == unitCount
    let n = Double(bench.repeats)
    var checks = zip(bench.sampleCounts, wrongChoices).map { m, wrong in
      let p = bench.pair.wrongChoiceProbability(sampleCount: m, time: bench.time)
      return Check(
        .agreement, "wrong_choice",
        "share of training sets of m = \(m) that choose the wrong score",
        measured: isDone ? Double(wrong) / n : nil,
        .near(p, tolerance: 4 * (p * (1 - p) / n).squareRoot() + 1 / n),
        basis: "sum over far samples, 4 standard errors and one count")
    }
    if bench.delta > bench.pair.eta && !isFailure(.quantile) {
      checks.append(
        Check(
          .claim, "quantile_failures",
          "failures in the sense of D_delta, delta above eta",
          measured: isDone ? Double(choiceRows.reduce(0) { $0 + $1.quantile.count }) : nil,
          .near(0, tolerance: 0), basis: "D_delta of the wrong score is below the tolerance"))
    }
    return checks
  }
}
