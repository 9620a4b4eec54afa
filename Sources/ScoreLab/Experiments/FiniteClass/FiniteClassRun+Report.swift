import Glibc
import ScoreCore

extension FiniteClassRun {
  func short(_ value: Double) -> String { ShortNumber.text(value, digits: 4) }

  var report: ExperimentReport {
    ExperimentReport(
      title: "Empirical risk over a finite class",
      claim: "To leave out of H scores all that are wrong by eps/sigma_t or more on a share of "
        + "points just above delta, empirical risk minimisation needs m in proportion to "
        + "log(H/failure)/(eps^2 delta), as the lemma's bound says; where candidates may be wrong "
        + "anywhere, far fewer than in proportion to 1/delta will do.",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma A.2",
      caveats: caveats,
      figures: [
        candidates, sweepFigure(.classes), sweepFigure(.shares), sweepFigure(.accuracies),
        excessFigure(0), excessFigure(1), bernsteinFigure,
      ],
      tables: [slopeTable, sizeTable, excessTable, bernsteinTable, baselineTable], checks: checks)
  }

  private var caveats: [String] {
    [
      "The lemma is an upper bound: so many samples will do, for any class that holds a good enough "
        + "score. That they are needed is shown here for one class, built so that every wrong "
        + "candidate sits on a tail of mass p = (1 + margin) delta. Another class may need fewer: "
        + "the one that may be wrong anywhere needs log(1/delta).",
      "The lemma's factor d + log(1/failure) comes from clipping. In this class nothing is "
        + "clipped, d is 1, and the factor is not seen.",
      "The truth is one of the H scores, so the lemma's condition on approximation holds with room. "
        + "The law is N(0, 1), where the noise of the regression does not depend on x.",
      "The constants of the lemma are not stated. The column of Bernstein's bound has the proof's "
        + "own, with the clip at 10 B^2/sigma_t^2.",
    ]
  }

  var sizes: String {
    "\(bench.repeats) training sets a class in \(FailureCounts.groupCount) groups, failure "
      + "\(short(bench.failure)), t = \(short(bench.time)), margin \(short(bench.margin))"
  }

  // MARK: - Checks

  private var checks: [Check] {
    let (byClasses, byShares, byAccuracies) = (
      slope(.classes), slope(.shares), slope(.accuracies)
    )
    let groups = "least squares in each of ten groups; Student's t over the groups"
    return [
      Check(
        .claim, "slope_in_log_classes", "slope of log m against log log(H/failure)",
        measured: byClasses?.value, interval: byClasses?.interval, .near(1, tolerance: 0.1),
        basis: "m in proportion to log(H/failure); \(groups)"),
      Check(
        .claim, "slope_in_inverse_delta", "slope of log m against log 1/delta",
        measured: byShares?.value, interval: byShares?.interval, .near(1, tolerance: 0.1),
        basis: "m in proportion to 1/delta; \(groups)"),
      Check(
        .claim, "slope_in_inverse_eps", "slope of log m against log 1/eps",
        measured: byAccuracies?.value, interval: byAccuracies?.interval, .near(2, tolerance: 0.1),
        basis: "m in proportion to 1/eps^2; \(groups)"),
      Check(
        .claim, "slope_of_spread_class",
        "slope of log m against log 1/delta where candidates may be wrong anywhere",
        measured: spreadSlope?.value, interval: spreadSlope?.interval, .atMost(0.7),
        basis: "about n log(1/delta)/eps^2, slower than any power of 1/delta; \(groups)"),
    ] + agreements
  }

  private var agreements: [Check] {
    [
      Check(
        .agreement, "failure_probability",
        "largest miss of the share of wrong choices over \(entries.count) classes, in deviations",
        measured: largestMiss(\.failure) { $0.counts.total($1) }, .atMost(4),
        basis: "inversion of the characteristic function; binomial counts"),
      Check(
        .agreement, "preference_probability",
        "largest miss of the share that prefers one wrong candidate, in deviations",
        measured: largestMiss(\.preference) { $0.counts.preferences[$1] }, .atMost(4),
        basis: "sum_K Bin(K; m, p) Q(eps sqrt(K)/(2 alpha)); binomial counts"),
      Check(
        .agreement, "excess_mean",
        "largest miss of a mean excess loss from L2^2, or clipped from its closed form, in standard "
          + "errors", measured: excess?.largestMeanGap, .atMost(4),
        basis: "E l' = E ||s_hat - s||^2; moments of a clipped normal number"),
      Check(
        .agreement, "bernstein_bound",
        "largest ratio of a share of sets with mean l' of 0 or less (its lower 95% limit) to the "
          + "bound", measured: excess?.largestBernsteinRatio, .atMost(1),
        basis: "Bernstein's inequality for l' clipped at 10 B^2/sigma_t^2"),
    ]
  }
}
