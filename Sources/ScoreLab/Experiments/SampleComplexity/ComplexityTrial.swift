import ScoreCore

/// One training run of a sweep and all that is measured of it, a slice at a time.
///
/// Training stops where the held-out loss has not fallen by a hundredth for ``patience`` steps, or
/// at the limit; the weights of the least held-out loss are measured. A slice is a fixed amount of
/// work, so that a number of slices gives the same numbers on every machine.
struct ComplexityTrial: Sendable {
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
  private let law: any KnownScoreDistribution
  private let stepLimit: Int
  private let patience: Int
  private let sliceSteps: Int
  private let heldOut: HeldOutLoss
  private var training: TrainingRun
  private var best: Best
  /// The held-out loss that counts as fallen to, and when it was reached.
  private var reference = (step: 0, excess: Double.infinity)
  private var stage = Stage.training
  private var search: LeaveOneOutBandwidth
  private let points: Points
  private var probe: ErrorProbe
  private var drawing: SampleDrawing?
  private var levels: [TrialRecord.Level] = []
  private var distance = TrialRecord.Distance(
    network: .nan, kernel: .nan, nullMean: .nan, nullLow: .nan, nullHigh: .nan)

  /// Prepares a run on a fixed training set.
  init(
    configuration: RunConfiguration, law: any KnownScoreDistribution, stepLimit: Int, patience: Int
  ) {
    self.configuration = configuration
    self.law = law
    self.stepLimit = stepLimit
    self.patience = patience
    training = TrainingRun(configuration: configuration, law: law, threads: 1)
    guard case .fixed(let points) = training.trainingSet else {
      preconditionFailure("A sweep trains on a fixed number of points.")
    }
    self.points = points
    let rows =
      training.optimization.rule.usesWholeTrainingSet ? points.count : training.batch
    let flops = 3 * training.shape.flopsPerPoint * rows
    sliceSteps = max(1, min(Self.checkInterval, Int(Self.flopsPerSlice / Double(flops))))
    heldOut = HeldOutLoss(
      distribution: law, process: training.process, objective: training.objective,
      seed: configuration.seed)
    best = Best(average: training.state.average)
    search = LeaveOneOutBandwidth(points)
    probe = Self.probe(configuration, law: law, process: training.process)
  }

  /// The levels of the probe, or the one level that is trained.
  private static func probe(
    _ configuration: RunConfiguration, law: any KnownScoreDistribution, process: any ForwardProcess
  ) -> ErrorProbe {
    let (settings, seed) = (configuration.probe, configuration.seed)
    if let time = configuration.onlyTrainedTime {
      return ErrorProbe(
        distribution: law, process: process, times: [time], pointCount: settings.points, seed: seed)
    }
    return ErrorProbe(
      distribution: law, process: process, levelCount: settings.levels,
      pointCount: settings.points, seed: seed)
  }

  var isFinished: Bool { stage == .finished }

  /// The share of the work done, 0 to 1; training is taken for nine tenths of it.
  var progress: Double {
    switch stage {
    case .training: 0.9 * Double(training.state.step) / Double(stepLimit)
    case .bandwidth: 0.9
    case .probing: 0.93
    case .sampling: 0.96
    case .finished: 1
    }
  }

  var record: TrialRecord {
    TrialRecord(
      bestStep: best.step, lastStep: training.state.step, excess: best.excess,
      bandwidth: search.bandwidth, distance: distance, levels: levels)
  }

  /// Does a slice of the work, about a tenth of a second.
  mutating func advance() {
    switch stage {
    case .training: train()
    case .bandwidth:
      for _ in 0..<4 { search.step() }
      if search.isFinished { stage = .probing }
    case .probing: measureLevel()
    case .sampling: sample()
    case .finished: break
    }
  }

  private mutating func train() {
    for _ in 0..<sliceSteps {
      let report = training.step()
      // Weights that are no numbers any more cannot come back; the best ones are kept.
      let isOver = training.state.step >= stepLimit || !report.loss.isFinite
      guard isOver || training.state.step % Self.checkInterval == 0 else { continue }
      checkHeldOut()
      if isOver || training.state.step - reference.step >= patience { stage = .bandwidth }
      return
    }
  }

  private mutating func checkHeldOut() {
    let excess = heldOut.excess(of: training.averagedScore)
    if excess < best.excess {
      best = Best(step: training.state.step, excess: excess, average: training.state.average)
    }
    if excess < (1 - Self.leastFall) * reference.excess {
      reference = (training.state.step, excess)
    }
  }

  /// The score of the weights that are measured.
  private var score: NetworkScore {
    var run = training
    run.state.average = best.average
    return run.averagedScore
  }

  /// The training set under its kernel: the empirical score with a bandwidth.
  private var kernel: IsotropicMixture {
    IsotropicMixture(
      means: points, deviations: Array(repeating: search.bandwidth, count: points.count),
      coordinates: law.coordinates)
  }

  private mutating func measureLevel() {
    let network = probe.measure(score, levelIndex: levels.count)
    let kernel = probe.measure(ExactScore(kernel), levelIndex: levels.count)
    let deltas = TrialRecord.deltas(of: configuration)
    levels.append(
      TrialRecord.Level(
        time: network.time, l2: network.l2,
        quantiles: deltas.map { network.quantileError(delta: $0) }, kernelL2: kernel.l2,
        kernelQuantiles: deltas.map { kernel.quantileError(delta: $0) }))
    if levels.count == probe.times.count {
      // A network of one level draws no samples.
      stage = configuration.onlyTrainedTime == nil ? .sampling : .finished
    }
  }

  private mutating func sample() {
    var drawing = drawing ?? SampleDrawing(configuration, law: law, score: score)
    self.drawing = nil
    for _ in 0..<8 where !drawing.isFinished { drawing.step() }
    guard drawing.isFinished else {
      self.drawing = drawing
      return
    }
    measureDistance(of: drawing.points)
    stage = .finished
  }

  /// Both samples against the law at the process's stop, where sampling ends.
  private mutating func measureDistance(of sample: Points) {
    let level = training.process.level(at: training.process.stop)
    let reference = MetricReference(.law(NoisyLaw(law, level: level, units: law.coordinates)))
    let settings = MetricSettings(seed: configuration.seed, draws: Self.nullDraws)
    let metric: any SampleMetric =
      law.dimension == 1 ? WassersteinDistance(order: 1) : SlicedWasserstein(order: 2)
    var stream = RandomStream(seed: configuration.seed, purpose: .experiment)
    let kernelSample = NoisyLaw(kernel, level: level, units: law.coordinates)
      .sample(count: sample.count, using: &stream)
    if let report = try? metric.measure(kernelSample, against: reference, settings: settings) {
      distance.kernel = report.value
      distance.nullMean = report.nullMean
      distance.nullLow = report.nullLow
      distance.nullHigh = report.nullHigh
    }
    // A sample that is not finite has no distance.
    if let report = try? metric.measure(sample, against: reference, settings: settings) {
      distance.network = report.value
    }
  }
}
