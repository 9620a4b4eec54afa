public import ScoreCore

/// One run of training with everything that measures it; the screen and the commands drive it.
///
/// The caller owns the loop: it calls ``trainStep()`` and ``measure()`` as it likes. Training
/// depends on the configuration, the seed and the edits alone; measurements only read.
public struct Session: Sendable {
  /// A squared loss above this many times that of the zero prediction counts as diverged;
  /// Huber's above that of errors as long.
  ///
  /// A prediction a hundred times too large; weights that were thrown that far do not come back,
  /// though the loss may, to that of a network whose units are all dead.
  public static let divergenceFactor = 1e4
  /// A state is good when every loss since the one before stayed below this many times it, alike.
  private static let goodFactor = 100.0
  /// How many steps lie between two states that a divergence can go back to.
  static let goodStateInterval = 32
  /// A good state whose excess held-out loss is above this many times the best's is not gone back to.
  private static let excessFactor = 2.0

  public internal(set) var configuration: RunConfiguration
  public let distribution: any KnownScoreDistribution
  /// The score that is measured in place of one that is learned; nothing is trained then.
  public let ownScore: OwnScore?
  /// What that score is called.
  private let ownScoreName: String
  public internal(set) var log: RunLog
  public internal(set) var edits: [EditMark] = []
  public internal(set) var history = LossHistory()
  public internal(set) var divergence: Divergence?
  /// What to know before trusting the samples.
  public private(set) var warnings: [String]
  /// Training steps executed, those undone by a divergence included.
  public internal(set) var executedSteps = 0
  /// The configuration before the last mark.
  var markOrigin: RunConfiguration
  var training: Trainer
  /// The losses of predictions wrong by so much that the run has diverged, or may have.
  private let limits: (diverged: Double, good: Double)
  private let subject: MeasurementSubject
  var scheduler: MeasurementScheduler
  /// The last good state.
  var good: Checkpoint.GoodState
  /// A later state, not known to be good before the losses that follow it.
  var candidate: Checkpoint.GoodState
  /// Whether every loss since the candidate was that of a good state.
  var isGood = true
  /// The good state whose losses were the least, in case the last good one is not.
  var best: Checkpoint.BestState

  /// Makes a session of a configuration.
  ///
  /// - Parameters:
  ///   - configuration: A checked configuration.
  ///   - dataSource: Reads the files that distributions are made from.
  ///   - threads: How many threads a step may use; changes no bit.
  ///   - use: What it is for, which decides what it may need.
  ///   - judged: Opens the score of someone else that is measured in place of one that is learned.
  /// - Throws: What is wrong with the distribution's parameters or its data file, or with the score of
  ///   someone else; ``MemoryError`` if there is too little memory.
  public init(
    configuration: RunConfiguration, dataSource: any DataSource,
    threads: Int = Parallel.defaultThreads, use: MemoryEstimate.Use = .training(),
    judged: OwnScoreOpener? = nil
  ) throws {
    let distribution = try configuration.distribution.makeDistribution(dataSource: dataSource)
    try ClassSampling.check(configuration, distribution)
    try MemoryEstimate(configuration, dimension: distribution.dimension, use: use).check()
    let ownScore = try judged?.open(
      frame: distribution.coordinates, process: configuration.process.make())
    self.init(
      configuration: configuration, distribution: distribution, threads: threads,
      ownScore: ownScore, ownScoreName: judged?.origin.name ?? "")
  }

  init(
    configuration: RunConfiguration, distribution: any KnownScoreDistribution, threads: Int,
    measurements catalog: [any Measurement.Type] = MeasurementCatalog.all,
    ownScore: OwnScore? = nil, ownScoreName: String = ""
  ) {
    self.configuration = configuration
    self.distribution = distribution
    self.ownScore = ownScore
    self.ownScoreName = ownScoreName
    markOrigin = configuration
    log = RunLog(start: configuration)
    warnings = configuration.warnings(for: distribution)
    training = Trainer(
      configuration: configuration, distribution: distribution, threads: threads)
    let (objective, process) = (training.objective, training.process)
    func loss(times factor: Double) -> Double {
      objective.zeroLoss(
        dimension: distribution.dimension, process: process, factor: factor.squareRoot())
    }
    limits = (loss(times: Session.divergenceFactor), loss(times: Session.goodFactor))
    var subject = MeasurementSubject(
      distribution: distribution, process: process, objective: objective,
      configuration: configuration)
    subject.trainingPoints = training.trainingSet.fixedPoints
    self.subject = subject
    scheduler = MeasurementScheduler(of: subject, catalog: catalog)
    good = Checkpoint.GoodState(training: training.state, history: history)
    candidate = good
    best = Checkpoint.BestState(state: good)
  }

  /// The number of training steps behind the present weights.
  public var step: Int { training.state.step }
  public var parameters: [Float] { training.state.parameters }
  public var averagedParameters: [Float] { training.state.average }
  public var architecture: any Architecture { training.architecture }
  /// The score estimate of the averaged weights.
  public var score: NetworkScore { training.averagedScore }

  /// Takes one training step.
  ///
  /// - Returns: The step's report, or nil when the run has diverged: then the session is back at
  ///   its last good state and ``divergence`` says why.
  public mutating func trainStep() -> TrainingStep? { take { $0.step() } }

  /// Takes one training step, the same as ``trainStep()``, and says all about it.
  ///
  /// - Returns: Nil when the run has diverged.
  public mutating func recordedStep() -> StepRecord? {
    var record: StepRecord?
    let report = take { training in
      let taken = training.recordedStep()
      record = taken
      return taken.report
    }
    return report == nil ? nil : record
  }

  private mutating func take(_ step: (inout Trainer) -> TrainingStep) -> TrainingStep? {
    guard divergence == nil else { return nil }
    if isRenewalDue { renewGoodState() }
    let report = step(&training)
    executedSteps += 1
    guard report.loss.isFinite && report.loss < limits.diverged else {
      rollBack(report)
      return nil
    }
    if report.loss > limits.good { isGood = false }
    best.lossSum += report.loss
    history.append(step: report.step, loss: report.loss)
    return report
  }

  /// Whether the next step begins with a new candidate.
  var isRenewalDue: Bool {
    step.isMultiple(of: Session.goodStateInterval) && step > candidate.training.step
  }

  /// Accepts the candidate if the losses after it were good, and makes this state the next one.
  ///
  /// A loss is that of the weights before the update, so only later losses can show whether an
  /// update ruined the weights.
  private mutating func renewGoodState() {
    if isGood {
      good = candidate
      let loss = best.lossSum / Double(step - candidate.training.step)
      if loss <= best.loss ?? .infinity {
        best = Checkpoint.BestState(state: candidate, loss: loss)
      }
    }
    best.lossSum = 0
    candidate = Checkpoint.GoodState(training: training.state, history: history)
    isGood = true
  }

  private mutating func rollBack(_ report: TrainingStep) {
    good = stateToGoBackTo
    divergence = Divergence(
      step: report.step, loss: report.loss,
      learningRate: configuration.optimizer.learningRate,
      restoredStep: good.training.step,
      place: subject.place(ofDivergence: training.currentScore))
    training.state = good.training
    history = good.history
    candidate = good
    (isGood, best.lossSum) = (true, 0)
    // What was changed after the last good state is in force from there on.
    for index in edits.indices { edits[index].step = min(edits[index].step, step) }
    scheduler.rollBack(toStep: step)
  }

  /// The last good state, or the best one where the averaged weights of the last have a held-out loss
  /// that much above the best's: weights can be ruined for long before a loss gives them away.
  private var stateToGoBackTo: Checkpoint.GoodState {
    guard best.state.training.step < good.training.step else { return good }
    let loss = HeldOutLoss(
      distribution: distribution, process: training.process, objective: training.objective,
      seed: configuration.seed, pointsPerLevel: 4)
    func excess(_ state: Checkpoint.GoodState) -> Estimate {
      var trainer = training
      trainer.state = state.training
      return loss.estimate(of: trainer.averagedScore)
    }
    let (last, known) = (excess(good), excess(best.state))
    let limit = Session.excessFactor * max(0, known.value) + 3 * known.standardError
    // Not a number is above everything.
    return last.value <= limit || !known.value.isFinite ? good : best.state
  }

  /// Lets a diverged run go on from its last good state.
  public mutating func resumeAfterDivergence() {
    guard divergence != nil else { return }
    divergence = nil
    log.entries.append(.init(executedSteps: executedSteps, action: .resumeAfterDivergence))
  }

  /// Changes fields that act live.
  ///
  /// - Precondition: Nothing that needs a restart has changed.
  public mutating func configure(_ new: RunConfiguration) {
    precondition(!new.requiresRestart(comparedTo: configuration), "This change needs a restart.")
    guard new != configuration else { return }
    mark(new)
    log.entries.append(.init(executedSteps: executedSteps, action: .configure(new)))
    takeOver(new)
  }

  /// Puts a configuration in force, of which only what acts live can differ.
  mutating func takeOver(_ new: RunConfiguration) {
    // Process and distribution need a restart, so nothing else can change a warning.
    if new.sampler != configuration.sampler { warnings = new.warnings(for: distribution) }
    configuration = new
    for part in LivePart.allCases { take(new, in: part) }
  }

  private mutating func take(_ new: RunConfiguration, in part: LivePart) {
    switch part {
    case .optimization: training.optimization = new.optimizer.make()
    case .batch: training.batch = new.optimizer.batch
    case .sampler: scheduler.setSampler(new.sampler)
    // Errors are kept sorted, and who shows them takes the quantile from the configuration.
    case .quantile: break
    }
  }

  /// Marks a change on the loss curve; changes at one step become one mark from first to last.
  ///
  /// The delta of the probe changes neither training nor samples, so it leaves no mark.
  private mutating func mark(_ new: RunConfiguration) {
    if edits.last?.step == step { edits.removeLast() } else { markOrigin = configuration }
    var origin = markOrigin
    origin.probe.delta = new.probe.delta
    guard new != origin else { return }
    edits.append(EditMark(step: step, label: new.summary(ofChangesFrom: origin)))
  }
}

extension Session {
  /// Measures what is asked for here from now on; until then everything.
  public mutating func show(_ request: MeasurementRequest) { scheduler.show(request) }

  /// Does one short unit of measuring.
  public mutating func measure() {
    guard let ownScore else {
      let training = training
      return scheduler.advance(step: step) { training.averagedScore }
    }
    let before = scheduler
    let couldAnswer = ownScore.problem == nil
    scheduler.advance(step: step) { ownScore }
    guard couldAnswer, ownScore.problem != nil else { return }
    // What was measured of a score that failed meanwhile is worth nothing; what was known stays.
    scheduler = before
    scheduler.giveUpScore()
  }

  /// What a screen says of the score that is judged; nil where one is learned.
  var judgedScore: JudgedScore? {
    ownScore.map { JudgedScore(name: ownScoreName, problem: $0.problem?.description) }
  }

  /// Whether everything that is asked for is known of the present weights.
  public var isMeasured: Bool { scheduler.isUpToDate(step: step) }

  /// Whether the first pictures are still missing.
  public var isStartingUp: Bool { scheduler.isStartingUp(step: step) }

  /// Whether something is measured that the focused pane draws.
  var measuresFront: Bool { scheduler.hasFront }

  /// Takes some measurements of the present weights now, for a report, whatever was asked for.
  public mutating func measureNow(_ request: MeasurementRequest) {
    let training = training
    scheduler.finish(request, step: step) { training.averagedScore }
  }

  /// What the measurements have found so far.
  public var measurements: MeasurementResults { scheduler.results }
}
