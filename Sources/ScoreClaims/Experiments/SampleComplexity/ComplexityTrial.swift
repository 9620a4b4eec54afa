import ScoreCore
import ScoreLab

/// One training run of a sweep and all that is measured of it, a slice at a time.
///
/// Every run takes as many steps. Early stopping keeps the weights of the least held-out loss until
/// that has not fallen by a hundredth for ``patience`` steps; the weights of the last step are
/// measured too. A slice is a fixed amount of work, so that a number of slices gives the same
/// numbers on every machine.
struct ComplexityTrial: UnitWork {
  /// Steps between two looks at the held-out loss.
  static let checkInterval = 100
  /// A fall of the held-out loss by this share counts as one.
  static let leastFall = 0.01
  /// The draws of the null of a sample's distance, the fewest that make a band of 5% to 95%.
  static let nullDraws = 19
  private static let flopsPerSlice = 1e9

  private struct Best: Sendable {
    var step = 0
    var excess = Double.infinity
    var average: [Float]
  }

  private enum Stage { case training, bandwidth, probing, sampling, finished }

  let configuration: RunConfiguration
  /// Gives the score that is measured and sampled in place of an estimator's own, if any.
  var replacement: (@Sendable (ComplexityEstimator) -> (any ScoreFunction)?)?
  private let distribution: any KnownScoreDistribution
  private let stepCount: Int
  private let patience: Int
  private let sliceSteps: Int
  private let heldOut: HeldOutLoss
  private var training: Trainer
  private var best: Best
  /// The held-out loss that counts as fallen to, and when it was reached.
  private var reference = (step: 0, excess: Double.infinity)
  /// When early stopping would have ended the run; nil while it would not.
  private var stopStep: Int?
  private var stage = Stage.training
  private var search: LeaveOneOutBandwidth
  private let points: Points
  private var probe: ErrorProbe
  private var drawing: SampleDrawing?
  private var levels: [TrialRecord.Level] = []
  private var distance = TrialRecord.Distance()
  /// Whose samples are next.
  private var sampled = ComplexityEstimator.early

  /// Prepares a run on a fixed training set.
  init(
    configuration: RunConfiguration, distribution: any KnownScoreDistribution, stepCount: Int,
    patience: Int
  ) {
    self.configuration = configuration
    self.distribution = distribution
    self.stepCount = stepCount
    self.patience = patience
    training = Trainer(configuration: configuration, distribution: distribution, threads: 1)
    guard case .fixed(let points) = training.trainingSet else {
      preconditionFailure("A sweep trains on a fixed number of points.")
    }
    self.points = points
    let rows =
      training.optimization.rule.usesWholeTrainingSet ? points.count : training.batch
    let flops = 3 * training.architecture.flopsPerPoint * rows
    sliceSteps = max(1, min(Self.checkInterval, Int(Self.flopsPerSlice / Double(flops))))
    heldOut = HeldOutLoss(
      distribution: distribution, process: training.process, objective: training.objective,
      seed: configuration.seed)
    best = Best(average: training.state.average)
    search = LeaveOneOutBandwidth(points)
    probe = Self.probe(configuration, distribution: distribution, process: training.process)
  }

  /// The levels of the probe, or the one level that is trained.
  private static func probe(
    _ configuration: RunConfiguration, distribution: any KnownScoreDistribution,
    process: any ForwardProcess
  ) -> ErrorProbe {
    let (settings, seed) = (configuration.probe, configuration.seed)
    if let time = configuration.onlyTrainedTime {
      return ErrorProbe(
        distribution: distribution, process: process, times: [time], pointCount: settings.points,
        seed: seed)
    }
    return ErrorProbe(
      distribution: distribution, process: process, levelCount: settings.levels,
      pointCount: settings.points, seed: seed)
  }

  private var isFinished: Bool { stage == .finished }

  /// The share of the work done, 0 to 1; training is taken for nine tenths of it.
  var progress: Double {
    switch stage {
    case .training: 0.9 * Double(training.state.step) / Double(stepCount)
    case .bandwidth: 0.9
    case .probing: 0.93
    case .sampling: 0.96
    case .finished: 1
    }
  }

  private var record: TrialRecord {
    TrialRecord(
      bestStep: best.step, stopStep: stopStep ?? stepCount, excess: best.excess,
      bandwidth: search.bandwidth, distance: distance, levels: levels)
  }

  /// Does a slice of the work, about a tenth of a second.
  mutating func step() -> TrialRecord? {
    switch stage {
    case .training: train()
    case .bandwidth:
      for _ in 0..<4 { search.step() }
      if search.isFinished { stage = .probing }
    case .probing: measureLevel()
    case .sampling: sample()
    case .finished: break
    }
    return isFinished ? record : nil
  }

  private mutating func train() {
    for _ in 0..<sliceSteps {
      let report = training.step()
      // Weights that are no numbers any more cannot come back.
      let isOver = training.state.step >= stepCount || !report.loss.isFinite
      guard isOver || training.state.step % Self.checkInterval == 0 else { continue }
      if stopStep == nil { checkHeldOut() }
      if isOver { stage = .bandwidth }
      return
    }
  }

  private mutating func checkHeldOut() {
    let (step, excess) = (training.state.step, heldOut.excess(of: training.averagedScore))
    if excess < best.excess {
      best = Best(step: step, excess: excess, average: training.state.average)
    }
    if excess < (1 - Self.leastFall) * reference.excess {
      reference = (step, excess)
    } else if step - reference.step >= patience {
      stopStep = step
    }
  }

  private func score(of estimator: ComplexityEstimator) -> any ScoreFunction {
    if let score = replacement?(estimator) { return score }
    switch estimator {
    case .early:
      var run = training
      run.state.average = best.average
      return run.averagedScore
    case .last: return training.averagedScore
    case .kernel: return ExactScore(kernel)
    }
  }

  /// The training set under its kernel: the empirical score with a bandwidth.
  private var kernel: IsotropicMixture {
    IsotropicMixture(
      means: points, deviations: Array(repeating: search.bandwidth, count: points.count),
      coordinates: distribution.coordinates)
  }

  private mutating func measureLevel() {
    let deltas = TrialRecord.deltas(of: configuration)
    let index = levels.count
    let errors = ComplexityEstimator.allCases.map { estimator in
      let found = probe.measure(score(of: estimator), levelIndex: index)
      return TrialRecord.Errors(
        l2: found.l2, quantiles: deltas.map { .init(found.quantileEstimate(delta: $0)) })
    }
    levels.append(TrialRecord.Level(time: probe.times[index], errors: errors))
    if levels.count == probe.times.count {
      // A network of one level draws no samples.
      stage = configuration.onlyTrainedTime == nil ? .sampling : .finished
    }
  }

  private mutating func sample() {
    guard sampled != .kernel else {
      measureDistance(of: kernelSample)
      stage = .finished
      return
    }
    var drawing =
      drawing ?? SampleDrawing(configuration, distribution: distribution, score: score(of: sampled))
    self.drawing = nil
    for _ in 0..<8 where !drawing.isFinished { drawing.step() }
    guard drawing.isFinished else {
      self.drawing = drawing
      return
    }
    measureDistance(of: drawing.points)
    sampled = sampled == .early ? .last : .kernel
  }

  private var stopLevel: NoiseLevel { training.process.level(at: training.process.stop) }

  private var kernelSample: Points {
    var stream = RandomStream(seed: configuration.seed, purpose: .experiment)
    return NoisyDistribution(kernel, level: stopLevel, units: distribution.coordinates)
      .sample(count: configuration.sampler.count, using: &stream)
  }

  /// Measures a sample against the distribution at the process's stop, where sampling ends.
  private mutating func measureDistance(of sample: Points) {
    let reference = MetricReference(
      .distribution(
        NoisyDistribution(distribution, level: stopLevel, units: distribution.coordinates)))
    let settings = MetricSettings(seed: configuration.seed, draws: Self.nullDraws)
    let metric: any SampleMetric =
      distribution.dimension == 1 ? WassersteinDistance(order: 1) : SlicedWasserstein(order: 2)
    // A sample that is not finite has no distance.
    guard let report = try? metric.measure(sample, against: reference, settings: settings) else {
      return
    }
    distance[sampled] = report.value
    distance.nullMean = report.nullMean
    distance.nullLow = report.nullLow
    distance.nullHigh = report.nullHigh
  }
}
