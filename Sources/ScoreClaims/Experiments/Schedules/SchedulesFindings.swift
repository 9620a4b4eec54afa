import ScoreCore
import ScoreLab
import ScoreTheory

/// What the samples say of the claim.
struct SchedulesFindings: ExperimentFindings {
  /// What sampling along one schedule with one score gave.
  struct Outcome {
    let schedule: Int
    let isLearned: Bool
    var variation: MetricResult?
    var transport: MetricResult?
    /// The total variation distance without sampling error, and how far the points are from the
    /// density that gives it; on the line only.
    var exactVariation: Double?
    var sampled: SampledDensity?
  }

  let values: Schedules
  let paths: ReversePathSetup
  let stepCount: Int
  let isFinished: Bool
  /// Whether there is a learned score, and its weights once they are trained.
  let hasLearned: Bool
  private(set) var trained: TrainedWeights?
  private(set) var gaussian: GaussianSchedules
  /// The optimised one is added when it is found.
  private(set) var schedules: [NamedSchedule]
  /// The path divergence of each schedule, when it is known.
  private(set) var costs: [Double] = []
  private(set) var outcomes: [Outcome] = []
  /// The divergence along simulated paths of the first schedule.
  private(set) var simulated: [Double] = []
  private(set) var startDivergence: Estimate?
  /// The distance of one Gaussian with the distribution's mean and variance, on the line.
  private(set) var gaussianVariation: Double?
  /// Where densities are followed; nil where they are not.
  let range: ClosedRange<Double>?
  let curve: FisherCurve

  init(_ plan: SchedulesPlan, _ records: SchedulesPlan.Records) {
    (values, paths, stepCount) = (plan.values, plan.paths, plan.stepCount)
    (isFinished, hasLearned) = (records.isComplete, plan.session != nil)
    (gaussian, schedules, range, curve) = (plan.gaussian, plan.schedules, plan.range, plan.curve)
    for (unit, record) in records.finished { take(unit, record, plan) }
  }

  private mutating func take(
    _ unit: SchedulesPlan.Unit, _ record: SchedulesPlan.Record, _ plan: SchedulesPlan
  ) {
    switch (unit, record) {
    case (_, .trained(let weights)): trained = weights
    case (_, .gaussian(let rows)): gaussian.rows = rows
    case (_, .search(let search)):
      schedules.append(NamedSchedule(name: NamedSchedule.optimised, times: search.best))
      (costs, startDivergence) = (search.costs, search.startDivergence)
    case (_, .path(let found)): simulated += found
    case (.sampling(let place, block: 0), _):
      outcomes.append(
        Outcome(schedule: plan.schedule(place), isLearned: plan.isLearned(place)))
    case (.density(let place), .density(let found)):
      (outcomes[place].exactVariation, outcomes[place].sampled) = (found.variation, found.sampled)
      gaussianVariation = found.gaussianVariation ?? gaussianVariation
    case (.measure(let place, isVariation: true), .measure(let report)):
      outcomes[place].variation = report
    case (.measure(let place, isVariation: false), .measure(let report)):
      outcomes[place].transport = report
    case (_, .information), (_, .sampling), (_, .density), (_, .measure): break
    }
  }
}

// MARK: - Checks

extension SchedulesFindings {
  /// The variances of the exponential integrator on N(0, 0.25), T = 5, stop 0.01, N = 50.
  static let references = [
    "uniform": 0.3938270220524, "geometric": 0.2834479743381, "exponential_decay": 0.2901543488069,
  ]

  var checks: [Check] {
    claims + [
      Self.leastCost(
        "least_on_distribution",
        "path divergence of the optimised schedule over the least of the others",
        costs),
      Self.leastCost(
        "least_on_gaussian", "the same on N(0, \(Caption.number(values.variance)))",
        gaussian.rows.map(\.cost)),
      divergenceAlongPaths, dataProcessing,
    ] + densityChecks + variationBelowPinsker + referenceChecks
  }

  // MARK: Claims

  private var claims: [Check] {
    let found = optimisedExcess
    return [
      Check(
        .claim, "optimised_is_best_on_gaussian",
        "error of the optimised schedule beyond the best other, "
          + "N(0, \(Caption.number(values.variance)))",
        measured: gaussian.optimisedExcess, .atMost(0),
        basis: "total variation distances in closed form"),
      Check(
        .claim, "optimised_is_best",
        "error of the optimised schedule beyond the best other, the distribution",
        measured: found?.value, interval: found?.interval, .atMost(0),
        basis: range == nil
          ? "measured distances, with 95% of the null of both on either side"
          : "total variation distances of the samples' density, by quadrature; exact score"),
    ]
  }

  /// What the optimised schedule's error with the exact score is more than that of the best other.
  private var optimisedExcess: (value: Double, interval: ClosedRange<Double>?)? {
    let exact = outcomes.filter { !$0.isLearned }
    guard isFinished, let last = exact.last, let own = error(last),
      let best = exact.dropLast().compactMap({ error($0) }).min()
    else { return nil }
    guard range == nil else { return (own - best, nil) }
    // Each distance is off by at most that of perfect points (triangle inequality).
    let reach = 2 * (main(last)?.nullHigh ?? .nan)
    return (own - best, own - best - reach...own - best + reach)
  }

  // MARK: Identities

  /// The search is over all times of the others, so that none of their costs, which come before
  /// that of the optimised schedule, can be below it.
  static func leastCost(_ name: String, _ statement: String, _ costs: [Double]) -> Check {
    Check(
      .identity, name, statement,
      measured: costs.last.map { $0 / (costs.dropLast().min() ?? .nan) }, .atMost(1 + 1e-9),
      basis: "the search is over all their times")
  }

  // MARK: Agreements

  private var divergenceAlongPaths: Check {
    let found = simulated.count == values.pathCount ? Estimate(simulated) : nil
    let known = costs.first ?? .nan
    return Check(
      .agreement, "divergence_along_paths", "path divergence of \(schedules[0].name) along paths",
      measured: found?.value,
      .near(
        known,
        tolerance: 4 * (found?.standardError ?? 0) + (curve.drawCount == 0 ? 2e-3 : 0.1) * known),
      basis: "Fisher information identity, 4 standard errors and the quadrature's or the draws' "
        + "share")
  }

  private var dataProcessing: Check {
    let excess = gaussian.rows.map {
      gaussian.target.kullbackLeibler(to: $0.output) - $0.cost - gaussian.startDivergence
    }
    return Check(
      .agreement, "data_processing",
      "largest KL(q_gamma || output) beyond its bound on N(0, \(Caption.number(values.variance)))",
      measured: excess.max(), .atMost(1e-12),
      basis: "path divergence plus that of the start, data processing")
  }

  private var densityChecks: [Check] {
    guard range != nil else { return [] }
    return [
      Check(
        .agreement, "sampled_density", "samples against their density, the worst, in deviations",
        measured: isFinished ? outcomes.compactMap(\.sampled?.excess).max() : nil, .atMost(5),
        basis:
          "total variation over \(SampledDensity.binCount) bins beyond that of perfect points; "
          + "the density by quadrature")
    ]
  }

  /// In the plane, where no quadrature can be had; beyond nothing is measured.
  private var variationBelowPinsker: [Check] {
    guard range == nil, paths.distribution.dimension <= 2 else { return [] }
    let start = startDivergence.map { $0.value + 4 * $0.standardError } ?? .nan
    let excess = outcomes.filter { !$0.isLearned }.compactMap { outcome in
      outcome.variation.map {
        $0.value - $0.nullHigh - PathCertificate.pinsker(start + costs[outcome.schedule])
      }
    }
    return [
      Check(
        .agreement, "variation_below_pinsker",
        "largest measured TV beyond Pinsker's bound and the null, exact score",
        measured: isFinished ? excess.max() : nil, .atMost(0), basis: "Girsanov and Pinsker")
    ]
  }

  private var referenceChecks: [Check] {
    let process = gaussian.process
    guard values.variance == 0.25, stepCount == 50, process.horizon == 5, process.stop == 0.01
    else { return [] }
    let length = gaussian.squaredLength / Double(stepCount)
    return Self.references.sorted { $0.key < $1.key }.map { name, variance in
      Check(
        .agreement, "recursion", "output variance of \(name) on N(0, 0.25)",
        measured: gaussian.rows.first { $0.name == name }?.output.variance,
        .near(variance, tolerance: 1e-9), basis: "an independent recursion")
    } + [
      Check(
        .agreement, "least_divergence_limit", "least path divergence on N(0, 0.25)",
        measured: gaussian.rows.last?.cost, .near(length, tolerance: 0.06 * length),
        basis: "the limit (int dt / v_t)^2 / N, whose next order is 1 / N with a factor near 2")
    ]
  }
}
