import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

/// What networks and erring scores say of flow matching.
struct FlowMatchingFindings: ExperimentFindings {
  typealias Plan = FlowMatchingPlan

  let plan: Plan
  let isDone: Bool
  /// The networks of each data set, in its order.
  private(set) var networks: [FlowMatching.Target: [Plan.Trained]] = [:]
  private(set) var baselines: [[Plan.Baseline: [Plan.VelocityError]]] = []
  /// By frequency, as far as they are there.
  private(set) var ripples: [Plan.Rippled] = []
  private(set) var region: Plan.Region?

  init(_ plan: Plan, _ records: Plan.Records) {
    self.plan = plan
    isDone = records.isComplete
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.train(_, let target), .train(let trained)):
        networks[target, default: []].append(trained)
      case (.baselines, .baselines(let found)): baselines.append(found)
      case (.ripple, .ripple(let found)): ripples.append(found)
      case (.region, .region(let found)): region = found
      case (.train, _), (.baselines, _), (.ripple, _), (.region, _):
        preconditionFailure("A unit's record is of its kind.")
      }
    }
  }

  var values: FlowMatching { plan.values }

  /// The mean over times of a number of each data set's network.
  private func means(
    _ target: FlowMatching.Target, _ number: (Plan.VelocityError) -> Double
  ) -> [Double] {
    (networks[target] ?? []).map { Estimate($0.errors.map(number)).value }
  }
}

// MARK: - Checks

extension FlowMatchingFindings {
  var checks: [Check] {
    networkChecks + [regionCheck, rippleCheck] + agreementChecks
      + [
        Self.conversion(isDone ? networks[.velocity] : nil),
        Self.rippleSize(isDone ? ripples : nil, epsilon: values.epsilon),
      ]
  }

  private var networkChecks: [Check] {
    let velocity = means(.velocity) { log2($0.dDelta) }
    let noise = means(.noise) { log2($0.dDelta) }
    let own = means(.velocity) { log2($0.l2) }
    let missing = baselines.map { found in
      Estimate((found[.bulk] ?? []).map { log2($0.l2) }).value
    }
    return [
      claim(
        "blind_l2", "log2 of L2, network over the exact velocity without the far part",
        zip(own, missing).map { $0 - $1 }, .atLeast(-1),
        "at least half of it is there to miss; mean over times"),
      claim(
        "blind_d_delta", "log2 of D_delta over L2, network on the velocity",
        means(.velocity) { log2($0.dDelta / $0.l2) }, .atMost(-1), "at most half; mean over times"),
      claim(
        "as_the_noise", "log2 of D_delta, network on the velocity over that on the noise",
        zip(velocity, noise).map { $0 - $1 }, .near(0, tolerance: 1),
        "within a factor of 2; mean over times"),
      claim(
        "blind_variation", "total variation of the flow of the network on the velocity",
        (networks[.velocity] ?? []).map(\.image.variation), .atMost(0.15),
        "small, whatever L2 is; exact quantiles"),
    ]
  }

  private func claim(
    _ name: String, _ statement: String, _ repeats: [Double], _ requirement: Check.Requirement,
    _ basis: String
  ) -> Check {
    Check(
      .claim, name, statement, meanOf: isDone ? repeats : nil, requirement,
      basis: basis + "; Student's t over data sets")
  }

  private var regionCheck: Check {
    Check(
      .claim, "region_flow",
      "total variation of the flow with an error on a region, over the region's mass",
      measured: isDone ? region.map { $0.image.variation / values.mass } : nil, .atMost(1.1),
      basis: "exact quantiles, no draws; the flow without error has its own share of it")
  }

  private var rippleCheck: Check {
    let last = ripples.last
    return Check(
      .claim, "ripple_flow",
      "total variation of the flow with an error everywhere, over the bound for the stochastic sampler",
      measured: isDone ? last.map { $0.image.variation / $0.bound } : nil, .atLeast(1),
      basis: "exact quantiles, no draws; \(Caption.number(last?.frequency)) radians per unit")
  }

  private var agreementChecks: [Check] {
    [
      Check(
        .agreement, "ripple_sampler",
        "total variation of the stochastic sampler with that error over its bound, largest",
        measured: isDone ? largest(ripples.map { $0.variation / $0.bound }) : nil, .atMost(1),
        basis: "Girsanov and Pinsker; quadrature, no draws"),
      Check(
        .agreement, "ripple_transport",
        "W2 of the flow with that error over epsilon asinh(1), largest",
        measured: isDone ? largest(ripples.map { $0.image.wasserstein / transportBound }) : nil,
        .atMost(1.01), basis: "the exact flow contracts; exact quantiles, 1% for steps and cells"),
      Check(
        .agreement, "exact_flow", "total variation of the flow of the exact score",
        measured: isDone ? region.map(\.exact.variation) : nil, .atMost(2e-4),
        basis: "none but for the steps"),
    ]
  }

  /// `int epsilon / sqrt(1 + r^2) dr` over the ratios at which there is an error: what an error of at most
  /// epsilon in `du/dr` grows to, as the exact flow of N(0, 1) takes u in proportion to `sqrt(1 + r^2)`.
  var transportBound: Double { values.epsilon * asinh(FlowMatching.largestRatio) }

  private func largest(_ numbers: [Double]) -> Double {
    numbers.contains(where: \.isNaN) ? .nan : numbers.max() ?? .nan
  }

  /// Errors of score and velocity are in proportion at every point.
  static func conversion(_ trained: [FlowMatchingPlan.Trained]?) -> Check {
    Check(
      .identity, "conversion",
      "D_delta of the velocity against sigma / alpha times that of its score, largest relative gap",
      measured: trained.map { $0.map(\.conversionGap).reduce(0) { $1.isNaN ? .nan : max($0, $1) } },
      .atMost(1e-3), basis: "v = -(x + sigma s) / alpha, to the network's 32 bits")
  }

  /// The error everywhere is what is said of it.
  static func rippleSize(_ ripples: [FlowMatchingPlan.Rippled]?, epsilon: Double) -> Check {
    Check(
      .identity, "ripple_size", "largest error everywhere times sigma, over epsilon",
      measured: ripples.map { $0.map { $0.largestError / epsilon }.max() ?? .nan },
      .atMost(1 + 1e-9), basis: "(epsilon / sigma) sin(omega x / alpha)")
  }
}
