import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

/// What guided laws say of guidance.
struct GuidanceFindings: ExperimentFindings {
  typealias Plan = GuidancePlan

  let plan: Plan
  let isDone: Bool
  /// By weight, as far as they are there.
  private(set) var exact: [Plan.Exact] = []
  private(set) var pair: Plan.Pair?
  private(set) var trained: [Plan.Trained] = []

  init(_ plan: Plan, _ records: Plan.Records) {
    self.plan = plan
    isDone = records.isComplete
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.exact, .exact(let found)): exact.append(found)
      case (.pair, .pair(let found)): pair = found
      case (.train, .train(let found)): trained.append(found)
      case (.exact, _), (.pair, _), (.train, _):
        preconditionFailure("A unit's record is of its kind.")
      }
    }
  }

  var values: Guidance { plan.values }

  /// How far the mean of the samples is beyond that of the tilted law, in deviations of a class.
  var shifts: [Double] { exact.map { ($0.law.mean - $0.tiltedMean) / values.deviation } }

  /// The exact law at the swept weight 2, of which claims are made.
  private var main: Plan.Exact? { exact.first { $0.weight == 2 } }

}

// MARK: - Checks

extension GuidanceFindings {
  var checks: [Check] {
    exactChecks + learnedChecks + agreementChecks + [Self.form(isDone ? exact : nil)]
  }

  private var exactChecks: [Check] {
    let steps = zip(shifts, shifts.dropFirst()).map { $1 - $0 }
    return [
      claim(
        "not_tilted", "total variation of the guided flow to the tilted law, w = 2",
        main?.law.toTilted, .atLeast(0.1), "far from it"),
      claim(
        "score_gap",
        "gap of the guided score to that of the noisy tilted law, relative, w = 2, sigma/alpha = 1",
        main.map { $0.scoreGaps[2] }, .atLeast(0.1), "another score; quadrature"),
      claim(
        "further", "least growth of the mean beyond the tilted law's, from one w to the next",
        steps.contains(where: \.isNaN) ? .nan : steps.min(), .atLeast(0.01),
        "it grows with w, in deviations of a class"),
      claim(
        "narrower", "deviation of the guided flow over the tilted law's, w = 2",
        main.map { $0.law.deviation / $0.tiltedDeviation }, .atMost(0.95), "spread less"),
    ]
  }

  private func claim(
    _ name: String, _ statement: String, _ measured: Double?, _ requirement: Check.Requirement,
    _ basis: String
  ) -> Check {
    Check(
      .claim, name, statement, measured: isDone ? measured : nil, requirement,
      basis: basis + "; exact quantiles, no draws")
  }

  private var learnedChecks: [Check] {
    let (weight, basis) = (NumberText.plain(values.weight), "Student's t over data sets")
    let own = trained.map { $0.guided.toExact - $0.guided.toTilted }
    let tilted = TiltedLaw(deviation: values.deviation, weight: values.weight)
    return [
      Check(
        .claim, "learned_law",
        "total variation of the network's guided flow to the exact one less to the tilted law, w = \(weight)",
        meanOf: isDone ? own : nil, .atMost(0), basis: "nearer to it; " + basis),
      Check(
        .claim, "learned_shift",
        "mean of the network's guided flow beyond the tilted law's, in deviations, w = \(weight)",
        meanOf: isDone
          ? trained.map { ($0.guided.mean - tilted.mean) / values.deviation } : nil,
        .atLeast(0.25), basis: "as far as a quarter of a deviation; " + basis),
    ]
  }

  private var agreementChecks: [Check] {
    [
      Check(
        .agreement, "no_guidance", "total variation of the flow without guidance to the class",
        measured: isDone ? exact.first?.law.toConditional : nil, .atMost(0.005),
        basis: "none but for the start from N(0, 1) at the horizon, 0.003"),
      Check(
        .agreement, "pair_flow", "slope of the flow of the Gaussian pair against its closed form",
        measured: isDone ? pair?.flowGap : nil, .atMost(0.005), basis: "largest over w, relative"),
      Check(
        .agreement, "pair_sampler",
        "mean square of the stochastic sampler's draws of the Gaussian pair over the closed form",
        meanOf: isDone ? pair?.samplerRatios : nil, .near(1, tolerance: 0.05),
        basis: "Student's t over groups of draws; 5% for steps"),
      Check(
        .agreement, "draws",
        "distribution function of draws by another solver against the quantiles, times sqrt(draws)",
        measured: isDone ? pair?.drawGap : nil, .atMost(2),
        basis: "Kolmogorov's distance, beyond 1.95 in one of 1,000"),
    ]
  }

  /// The guided score is the conditional one and w times the gradient of the label's log probability.
  static func form(_ exact: [GuidancePlan.Exact]?) -> Check {
    Check(
      .identity, "form", "guided score against its closed form, largest gap times sigma",
      measured: exact.map { $0.map(\.formGap).reduce(0) { $1.isNaN ? .nan : max($0, $1) } },
      .atMost(1e-9), basis: "s(x|y) + w grad log p(y|x)")
  }
}
