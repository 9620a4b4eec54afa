import ScoreCore
import ScoreLab

/// Trainings whose scores are looked at on the way, and what they are held against.
struct CollapseAndRefinePlan: ExperimentPlan {
  static var lanes: Int { 4 }

  enum Unit: Codable, Hashable, Sendable {
    /// The exact score, the score 0 and one Gaussian.
    case references
    /// The gradient flow of a linear denoiser on a subspace.
    case flow
    case training(CollapseAndRefine.Weighting, seed: Int)
  }

  enum Record: Codable, Sendable {
    case references(References)
    case flow(SubspaceFlow.Outcome)
    /// At ``CollapseAndRefine/checkpoints``.
    case training([CollapseState])
  }

  struct References: Codable, Sendable, Equatable {
    var exact: CollapseState
    var zero: CollapseState
    var gaussian: CollapseState
    /// The largest difference of an entry of the exact denoiser's Jacobian from differences of the exact
    /// score.
    var jacobianGap: Double
  }

  let values: CollapseAndRefine
  let seed: UInt64
  let probe: CollapseProbe
  /// The score that is looked at in place of a trained one; itself but in tests.
  var looked: @Sendable (any ScoreFunction, CollapseAndRefine.Weighting) -> any ScoreFunction = {
    score, _ in score
  }
  /// The exact score; that of the distribution but in tests.
  var exact: any ScoreFunction
  /// The variance along the subspace that the flow's loss has in place of one; itself but in tests.
  var usedVariance: @Sendable (Double) -> Double = { $0 }

  init(values: CollapseAndRefine, seed: UInt64) {
    (self.values, self.seed) = (values, seed)
    probe = CollapseProbe(values, seed: seed)
    exact = ExactScore(probe.distribution)
  }

  var units: [Unit] {
    [.references, .flow]
      + CollapseAndRefine.Weighting.allCases.flatMap { weighting in
        (0..<values.seeds).map { Unit.training(weighting, seed: $0) }
      }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .references, .flow: 1
    case .training: 10
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .references: "exact score, zero and one Gaussian"
    case .flow: "gradient flow on a subspace"
    case .training(let weighting, let seed):
      "training, \(weighting.name), \(seed + 1) of \(values.seeds)"
    }
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .references: SingleStep { .references(references) }
    case .flow: SingleStep { .flow(SubspaceFlow().outcome(usedVariance)) }
    case .training(let weighting, let seed):
      CollapseWork(self, weighting, seed: seed, threads: threads)
    }
  }

  func findings(_ records: Records) -> CollapseAndRefineFindings {
    CollapseAndRefineFindings(self, records)
  }

  private var references: References {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: 2)
    let gaussian = BaselineScore.gaussian(of: probe.distribution, using: &stream)
    let closed = PointMatrices(
      denoiserOf: probe.distribution, at: probe.places, level: values.low)
    let differences = PointMatrices(differencesOf: exact, at: probe.places, level: values.low)
    let gaps = zip(closed.values, differences.values).map { abs($0 - $1) }
    return References(
      exact: probe.state(of: exact),
      zero: probe.state(of: BaselineScore.Zero(dimension: values.dimension)),
      gaussian: probe.state(of: gaussian),
      jacobianGap: gaps.contains(where: \.isNaN) ? .nan : gaps.max() ?? .nan)
  }

  /// A training that has taken no step.
  func training(_ weighting: CollapseAndRefine.Weighting, seed: Int, threads: Int) -> Trainer {
    Trainer(
      architecture: values.architecture, process: values.process,
      trainingSet: .unlimited(probe.distribution),
      objective: Objective(
        target: NoiseTarget(), weighting: weighting.member, levels: UniformLogSNR()),
      optimization: Optimization(
        rule: Adam(), learningRate: values.rate, average: WeightAverage(decay: 0)),
      batch: values.batch,
      // Both weightings start at the same weights and draw the same points.
      seed: RandomStream.derivedSeed(seed: self.seed, index: UInt64(seed)), threads: threads)
  }
}

/// A training with a look at its score at each checkpoint, a checkpoint at a time.
private struct CollapseWork: UnitWork {
  private let plan: CollapseAndRefinePlan
  private let weighting: CollapseAndRefine.Weighting
  private let checkpoints: [Int]
  private var run: Trainer
  private var states: [CollapseState] = []

  init(
    _ plan: CollapseAndRefinePlan, _ weighting: CollapseAndRefine.Weighting, seed: Int, threads: Int
  ) {
    (self.plan, self.weighting) = (plan, weighting)
    checkpoints = plan.values.checkpoints
    run = plan.training(weighting, seed: seed, threads: threads)
  }

  var progress: Double { Double(run.state.step) / Double(plan.values.steps) }
  var detail: String? { "step \(run.state.step) of \(plan.values.steps)" }

  mutating func step() -> CollapseAndRefinePlan.Record? {
    // A few hundred steps take some tenths of a second.
    let target = min(checkpoints[states.count], run.state.step + 200)
    while run.state.step < target { _ = run.step() }
    guard run.state.step == checkpoints[states.count] else { return nil }
    let score = plan.looked(run.currentScore, weighting)
    states.append(
      (score as? NetworkScore).map { plan.probe.state(of: $0) } ?? plan.probe.state(of: score))
    return states.count == checkpoints.count ? .training(states) : nil
  }
}
