import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

/// What the training sets say of the claim.
struct FiniteClassFindings: ExperimentFindings {
  /// One class of a sweep with what was found.
  struct Entry {
    let sweep: FiniteClass.Sweep
    let signs: SignClass
    var counts: FailureCounts
    var known: FiniteClassPlan.Exact?

    /// The samples needed; 0 until the class's training sets are drawn.
    var exact: Double { known?.samples ?? 0 }
    var failure: FiniteClassPlan.Exact.Probability? { known?.failure }
    var preference: FiniteClassPlan.Exact.Probability? { known?.preference }
  }

  let values: FiniteClass
  let isDone: Bool
  private(set) var entries: [Entry]
  /// The counts of the class that may be wrong anywhere, one for each of the deltas.
  private(set) var spreadCounts: [FailureCounts]
  private(set) var excess: ExcessDraws?
  private(set) var baselines: FiniteClassBaselines?

  init(_ plan: FiniteClassPlan, _ records: FiniteClassPlan.Records) {
    (values, isDone) = (plan.values, records.isComplete)
    entries = plan.classes.map { Entry(sweep: $0.sweep, signs: $0.signs, counts: $0.counts) }
    spreadCounts = plan.values.deltas.map { _ in plan.spreadCounts }
    for (unit, record) in records.finished {
      switch record {
      case .excess(let draws): excess = draws
      case .baselines(let found): baselines = found
      case .spread(let counts):
        for place in counts.indices { spreadCounts[place].add(counts[place]) }
      case .signs(let counts, let exact):
        guard case .signs(let entry, _) = unit else { continue }
        entries[entry].counts.add(counts)
        entries[entry].known = exact ?? entries[entry].known
      }
    }
  }

  func short(_ value: Double) -> String { NumberText.plain(value, digits: 4) }

  var sizes: String {
    "\(values.repeats) training sets a class in \(FailureCounts.groupCount) groups, failure "
      + "\(short(values.failure)), t = \(short(values.time)), margin \(short(values.margin))"
  }

  // MARK: - Checks

  var checks: [Check] {
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
