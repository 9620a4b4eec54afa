import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

/// What the trainings say of gradients and free networks.
struct ConservativeNetworksFindings: ExperimentFindings {
  typealias Plan = ConservativeNetworksPlan
  typealias Law = ConservativeNetworks.Law
  typealias Form = ConservativeNetworks.Form
  typealias Look = Plan.Look

  let plan: Plan
  let isDone: Bool
  private(set) var references: [Law: Plan.References] = [:]
  /// In the order of the starts.
  private var found: [Law: [Form: [Plan.Training]]] = [:]

  init(_ plan: Plan, _ records: Plan.Records) {
    self.plan = plan
    isDone = records.isComplete
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.references(let law), .references(let record)): references[law] = record
      case (.training(let law, let form, _), .training(let record)):
        found[law, default: [:]][form, default: []].append(record)
      case (.references, _), (.training, _):
        preconditionFailure("A unit's record is of its kind.")
      }
    }
  }

  var values: ConservativeNetworks { plan.values }

  func trainings(_ law: Law, _ form: Form) -> [Plan.Training] { found[law]?[form] ?? [] }

  /// The mean over levels.
  static func mean(_ values: [Double]) -> Double { Estimate(values).value }

  /// The norm of the antisymmetric part over that of the symmetric one, by level; 0 where the whole
  /// Jacobian is.
  static func curl(_ look: Look) -> [Double] {
    zip(look.odd, look.even).map { odd, even in odd == 0 ? 0 : odd / even }
  }

  /// The last look.
  static func end(_ training: Plan.Training) -> Look {
    guard let look = training.looks.last else { preconditionFailure("A training is looked at.") }
    return look
  }

  /// A number of one form over that of another, start by start: both have the same draws.
  func ratios(
    _ law: Law, _ above: Form, over below: Form, _ value: (Plan.Training) -> Double
  ) -> [Double] {
    zip(trainings(law, above), trainings(law, below)).map { value($0) / value($1) }
  }
}

// MARK: - Checks

extension ConservativeNetworksFindings {
  var checks: [Check] {
    Law.allCases.flatMap { errorChecks($0) + curlChecks($0) }
      + Law.allCases.flatMap { agreements($0) } + [Self.equalSizes(isDone ? sizes : nil)]
  }

  private func errorChecks(_ law: Law) -> [Check] {
    let error = { (training: Plan.Training) in Self.mean(Self.end(training).errors) }
    let worse = "no worse, the abstract of Salimans and Ho 2021"
    return [
      claim(
        "error_no_larger",
        "squared error over levels, conservative over free of two layers, \(law.name)",
        ratios(law, .conservative, over: .free, error), .atMost(1), worse),
      claim(
        "error_no_larger_deep",
        "squared error over levels, conservative over free of three layers, \(law.name)",
        ratios(law, .conservative, over: .deep, error), .atMost(1),
        "no worse than a free network of any depth here"),
      claim(
        "tail_no_larger",
        "sigma D_delta over levels, conservative over free of two layers, \(law.name)",
        ratios(law, .conservative, over: .free) { Self.mean(Self.end($0).tails) }, .atMost(1),
        worse),
      claim(
        "samples_no_worse",
        "sliced W2 of samples, conservative over free of two layers, \(law.name)",
        ratios(law, .conservative, over: .free) { $0.distance.value }, .atMost(1), worse),
    ]
  }

  private func curlChecks(_ law: Law) -> [Check] {
    let quarter = 1
    return [
      claim(
        "curl_above_rounding",
        "relative curl, free of two layers over conservative, \(law.name)",
        ratios(law, .free, over: .conservative) { Self.mean(Self.curl(Self.end($0))) },
        .atLeast(10), "the conservative network has only that of rounding"),
      claim(
        "curl_falls",
        "antisymmetric part of the free network's Jacobian at the end over a quarter of the steps, "
          + law.name,
        trainings(law, .free).map {
          Self.mean(Self.end($0).odd) / Self.mean($0.looks[quarter].odd)
        }, .atMost(1), "the exact score has none, so that it is all error"),
    ]
  }

  /// A claim about the geometric mean of ratios over starts, with its Student interval.
  private func claim(
    _ name: String, _ statement: String, _ ratios: [Double], _ requirement: Check.Requirement,
    _ basis: String
  ) -> Check {
    let logs = isDone ? ratios.map { log($0) } : nil
    return Check(
      .claim, name, "geometric mean over starts of \(statement)",
      measured: logs.map { exp(Estimate($0).value) },
      interval: logs.flatMap { Estimate.meanInterval(of: $0) }
        .map { exp($0.lowerBound)...exp($0.upperBound) },
      requirement, basis: "\(basis); Student interval of the logarithm")
  }

  private func agreements(_ law: Law) -> [Check] {
    let all = Form.allCases.flatMap { trainings(law, $0) }
    let conservative = trainings(law, .conservative).flatMap { training in
      training.looks.flatMap { Self.curl($0) }
    }
    return [
      Check(
        .agreement, "no_curl",
        "largest relative curl of the conservative networks, \(law.name)",
        measured: isDone ? conservative.largest : nil, .atMost(1e-4),
        basis: "0 but for float32 rounding of sums"),
      Check(
        .agreement, "jacobian_differences",
        "largest relative difference of a network's Jacobian from differences, \(law.name)",
        measured: isDone ? all.map(\.jacobianGap).largest : nil, .atMost(0.01),
        basis: "fourth-order differences of a float32 network"),
      Check(
        .agreement, "exact_curl", "largest relative curl of the exact score, \(law.name)",
        measured: references[law].map { Self.curl($0.exact).largest }, .atMost(1e-6),
        basis: "a gradient; fourth-order differences"),
    ]
  }

  /// Numbers of parameters over those of the free network of two layers.
  private var sizes: [Double] {
    Law.allCases.flatMap { law in
      Form.allCases.flatMap { form in
        ratios(law, form, over: .free) { Double($0.parameters) }
      }
    }
  }

  /// Widths are whole numbers, so sizes are equal but for a neuron.
  static func equalSizes(_ sizes: [Double]?) -> Check {
    Check(
      .identity, "equal_parameters",
      "largest relative difference of a number of parameters from the free network's",
      measured: sizes.map { sizes in sizes.map { abs($0 - 1) }.largest }, .atMost(0.1),
      basis: "half a neuron of the other networks")
  }
}
