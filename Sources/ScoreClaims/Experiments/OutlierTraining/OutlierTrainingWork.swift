import ScoreCore
import ScoreLab

/// The networks of one training set, trained and then measured one after the other.
struct OutlierTrainingWork: UnitWork {
  typealias Record = OutlierTrainingPlan.Record
  private typealias Outcome = OutlierTrainingPlan.Outcome
  private typealias Baseline = OutlierTrainingPlan.Baseline

  private let plan: OutlierTrainingPlan
  private let threads: Int
  private var probe: ErrorProbe
  private var training: ParallelTraining
  private let sliceCount: Int
  private var slicesDone = 0
  private var measured: [Outcome] = []

  init(_ plan: OutlierTrainingPlan, trainingSet: Int, threads: Int) {
    self.plan = plan
    self.threads = threads
    probe = plan.probe(repeat: trainingSet)
    training = plan.training(repeat: trainingSet)
    sliceCount = training.sliceCount
  }

  private var caseCount: Int { OutlierTrainingPlan.cases.count }

  var progress: Double {
    Double(slicesDone + measured.count) / Double(sliceCount + caseCount + 1)
  }

  var detail: String? {
    training.isFinished
      ? "measuring network \(min(measured.count + 1, caseCount)) of \(caseCount)"
      : "step \(training.stepsDone) of \(training.stepCount)"
  }

  mutating func step() throws -> Record? {
    guard training.isFinished else {
      training.advance(threads: threads)
      slicesDone += 1
      return nil
    }
    guard measured.count == caseCount else {
      var score = training.runs[measured.count].averagedScore
      score.threads = threads
      let shown = plan.measuredScore(score, OutlierTrainingPlan.cases[measured.count])
      measured.append(try outcome(of: shown, sample: draw(from: shown)))
      return nil
    }
    return Record(
      outcomes: measured, baselines: try Baseline.allCases.map { try outcome(of: $0) })
  }

  private mutating func outcome(of baseline: Baseline) throws -> Outcome {
    guard case .fixed(let points)? = training.runs.last?.trainingSet else {
      preconditionFailure("Contaminated training sets are fixed.")
    }
    switch baseline {
    case .exact: return try sampled(ExactScore(plan.distribution))
    case .contaminated: return try sampled(ExactScore(plan.contaminated))
    case .zero: return try sampled(BaselineScore.Zero(dimension: plan.distribution.dimension))
    case .gaussian: return try sampled(BaselineScore.gaussian(fittedTo: points))
    case .memorizing:
      // A sampler with this score ends at training points.
      var stream = RandomStream(seed: probe.seed, purpose: .experiment, index: 1)
      let rows = (0..<plan.setup.run.sampler.count).map { _ in stream.integer(below: points.count) }
      return try outcome(of: BaselineScore.memorizing(points), sample: points.rows(at: rows))
    }
  }

  private mutating func sampled(_ score: any ScoreFunction) throws -> Outcome {
    try outcome(of: score, sample: draw(from: score))
  }

  private mutating func outcome(of score: any ScoreFunction, sample: Points) throws -> Outcome {
    let levels = probe.times.indices.map { index in
      let errors = probe.measure(score, levelIndex: index)
      return Outcome.Level(
        l2: errors.l2, quantile: errors.quantileError(delta: plan.experiment.delta))
    }
    let count = Double(levels.count)
    let metric: any SampleMetric =
      plan.dimension == 1 ? WassersteinDistance(order: 1) : SlicedWasserstein(order: 1)
    let clean = MetricReference.distribution(
      plan.distribution, level: plan.process.level(at: plan.process.stop))
    let isFinite = sample.values.allSatisfy { $0.isFinite }
    let report =
      isFinite
      ? try metric.measure(sample, against: clean, settings: MetricSettings(seed: probe.seed)) : nil
    let limit = plan.experiment.distance * plan.experiment.distance / 4
    return Outcome(
      l2: (levels.reduce(0) { $0 + $1.l2 * $1.l2 } / count).squareRoot(),
      quantile: levels.reduce(0) { $0 + $1.quantile } / count, levels: levels,
      transport: report?.value ?? .infinity,
      transportNull: .init(mean: report?.nullMean ?? .nan, high: report?.nullHigh ?? .nan),
      farShare: Double(sample.squaredNorms().count { $0 > limit }) / Double(sample.count))
  }

  /// A sample by the run's sampler, all networks of a repeat driven by the same noise.
  private func draw(from score: any ScoreFunction) -> Points {
    let sampler = plan.setup.run.sampler
    var run = SamplingPass(
      sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: sampler.steps,
      process: plan.process, score: score, count: sampler.count, seed: probe.seed)
    while run.step() != nil {}
    return run.points
  }
}
