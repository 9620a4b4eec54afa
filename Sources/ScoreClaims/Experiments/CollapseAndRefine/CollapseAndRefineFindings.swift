import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

/// What the trainings say of collapse and refinement.
struct CollapseAndRefineFindings: ExperimentFindings {
  typealias Plan = CollapseAndRefinePlan
  typealias Weighting = CollapseAndRefine.Weighting

  /// What of a score is followed.
  typealias Measure = KeyPath<CollapseState, Double>

  let plan: Plan
  let isDone: Bool
  private(set) var references: Plan.References?
  private(set) var flow: SubspaceFlow.Outcome?
  /// The states of each training at the checkpoints, in the order of the seeds.
  private(set) var trainings: [Weighting: [[CollapseState]]] = [:]

  init(_ plan: Plan, _ records: Plan.Records) {
    self.plan = plan
    isDone = records.isComplete
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.references, .references(let found)): references = found
      case (.flow, .flow(let found)): flow = found
      case (.training(let weighting, _), .training(let states)):
        trainings[weighting, default: []].append(states)
      case (.references, _), (.flow, _), (.training, _):
        preconditionFailure("A unit's record is of its kind.")
      }
    }
  }

  var values: CollapseAndRefine { plan.values }

  func states(_ weighting: Weighting) -> [[CollapseState]] { trainings[weighting] ?? [] }

  /// How much of the way from the score 0 to the exact score a measure has behind it at each checkpoint.
  func way(_ states: [CollapseState], _ measure: Measure) -> [Double] {
    guard let references else { return [] }
    let (start, end) = (references.zero[keyPath: measure], references.exact[keyPath: measure])
    return states.map { (start - $0[keyPath: measure]) / (start - end) }
  }

  /// The first step at which a measure has the stated share of its way behind it, between checkpoints by
  /// a line over the logarithm of the step; nil where it never has.
  func step(_ states: [CollapseState], _ measure: Measure) -> Double? {
    let way = way(states, measure)
    guard let place = way.firstIndex(where: { $0 >= values.share }) else { return nil }
    let steps = values.checkpoints
    // Step 0 has no logarithm.
    guard place > 1 else { return Double(steps[1]) }
    let (before, after) = (way[place - 1], way[place])
    let part = (values.share - before) / (after - before)
    let (low, high) = (log(Double(steps[place - 1])), log(Double(steps[place])))
    return exp(low + part * (high - low))
  }

  /// What a lead is used for, which says what stands for a step that is never reached.
  private enum Side { case least, most }

  /// The logarithm to 2 of the step of refinement over that of collapse.
  ///
  /// A step that is never reached is after the last, so that the last stands in for it where that moves
  /// the lead to the unfavourable side; on the other side the lead is no number, and its check fails.
  private func lead(
    _ states: [CollapseState], _ collapse: Measure, _ refinement: Measure, _ side: Side
  ) -> Double {
    let last = Double(values.steps)
    let (first, second) = (step(states, collapse), step(states, refinement))
    switch side {
    case .least: return log2((second ?? last) / (first ?? .nan))
    case .most: return log2((second ?? .nan) / (first ?? last))
    }
  }

  /// The leads of collapse over refinement, training by training: no more than they are.
  func leads(_ weighting: Weighting, _ collapse: Measure, _ refinement: Measure) -> [Double] {
    states(weighting).map { lead($0, collapse, refinement, .least) }
  }

  /// The same, no less than they are.
  private func mostLeads(
    _ weighting: Weighting, _ collapse: Measure, _ refinement: Measure
  ) -> [Double] {
    states(weighting).map { lead($0, collapse, refinement, .most) }
  }
}

// MARK: - Checks

extension CollapseAndRefineFindings {
  var checks: [Check] {
    claims + [
      Check(
        .agreement, "subspace_flow",
        "largest difference of a direction's part of a linear denoiser from the formula, along the flow",
        measured: flow?.largestGap, .atMost(1e-6),
        basis: "rates 2 (lambda + sigma^2), over sigma^4 for the score; gradient by differences"),
      Check(
        .agreement, "subspace_start",
        "largest relative difference of a direction's squared error of the score at W = I",
        measured: flow?.largestStartGap, .atMost(1e-9), basis: "1 / (lambda + sigma^2)"),
      Check(
        .agreement, "exact_jacobian",
        "largest difference of the exact denoiser's Jacobian from differences of the exact score",
        measured: references?.jacobianGap, .atMost(1e-5),
        basis: "closed form with Bessel functions; fourth-order differences"),
      Check(
        .agreement, "implied_density",
        "KL of the angular density that the exact score implies from the exact one",
        measured: references?.exact.densityKL, .atMost(1e-6),
        basis: "a trapezoidal rule around the circle; log densities to 1e-4"),
      Self.positive(isDone ? everyState : nil),
      Self.start(isDone ? Weighting.allCases.flatMap { states($0).map { $0[0] } } : nil),
    ]
  }

  private var claims: [Check] {
    func claim(_ name: String, _ statement: String, _ leads: [Double], _ basis: String) -> Check {
      Check(
        .claim, name, statement, meanOf: isDone ? leads : nil, .atLeast(0),
        basis: "\(basis); Student's t over \(values.seeds) trainings")
    }
    let share = NumberText.plain(values.share)
    let first = leads(.score, \.normal, \.densityKL)
    return [
      claim(
        "collapse_first",
        "log2 of the step at which the angular KL at moderate noise has \(share) of its way behind it "
          + "over that of the normal eigenvalue at low noise",
        first, "collapse comes no later"),
      claim(
        "collapse_first_samples",
        "log2 of the step at which the angular KL of samples has \(share) of its way behind it over "
          + "that of the squared distance of denoised points from the circle",
        leads(.score, \.spread, \.sampleKL), "collapse comes no later"),
      claim(
        "divergence_leads",
        "that lead of the normal eigenvalue less the one of a training with weight sigma^2",
        zip(first, mostLeads(.noise, \.normal, \.densityKL)).map { $0 - $1 },
        "no smaller; the same first weights and points"),
    ]
  }

  private var everyState: [CollapseState] {
    Weighting.allCases.flatMap { states($0).flatMap { $0 } }
      + (references.map { [$0.exact, $0.zero, $0.gaussian] } ?? [])
  }

  /// No divergence is negative.
  static func positive(_ states: [CollapseState]?) -> Check {
    Check(
      .identity, "no_negative_kl", "least KL of all that were measured",
      measured: states.map { states in
        -states.flatMap { [-$0.densityKL, -$0.sampleKL] }.largest
      }, .atLeast(-1e-12), basis: "Gibbs' inequality, to rounding")
  }

  /// The output layer starts at 0, so every training starts at the score 0.
  static func start(_ states: [CollapseState]?) -> Check {
    Check(
      .identity, "starts_at_zero",
      "largest difference of a normal eigenvalue from 1 before the first step",
      measured: states.map { states in states.map { abs($0.normal - 1) }.largest }, .atMost(1e-9),
      basis: "the output layer starts at 0")
  }
}
