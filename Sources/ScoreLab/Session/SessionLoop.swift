import ScoreCore

/// The body of the session thread.
///
/// It never looks at the clock to decide what a training step does, only which kind of work comes
/// next, so timing cannot change a run.
final class SessionLoop {
  private var runs: LiveRuns
  /// How long short steps follow one another unasked, in seconds; a command waits no longer for them.
  private static let stretch = 0.002

  private let options: SessionRunner.Options
  private let mailbox: Mailbox<SessionMessage>
  private let commands: CommandQueue<SessionOrder>
  private var isPaused: Bool
  private var isStopped = false
  private var problem: String?
  private var report: String?
  /// Whether something was done that is not published yet.
  private var isBehind = false
  private var pace = TrainingPace.full
  /// Training pauses here; nil goes on for ever.
  private var stepLimit: Int?
  private var commandsDone = 0
  private var clock = WorkClock()
  /// The edits of a shared run that are still to be made.
  private var edits: [SharedRun.Edit]
  /// What a branch changes once the head is where it begins, and the move of the head that goes there.
  private var branch: (configuration: RunConfiguration, generation: Int)?

  init(
    runs: LiveRuns, options: SessionRunner.Options, mailbox: Mailbox<SessionMessage>,
    commands: CommandQueue<SessionOrder>
  ) {
    self.runs = runs
    self.options = options
    self.mailbox = mailbox
    self.commands = commands
    isPaused = options.startsPaused
    stepLimit = options.stepLimit
    edits = options.edits
  }

  func run() {
    publish()
    while !isStopped {
      for order in commands.takeAll() { perform(order) }
      if isStopped { break }
      switch work() {
      case .done:
        isBehind = true
        if clock.publishIsDue(rate: publishRate) { publish() }
      case .wait(let seconds):
        if isBehind && clock.publishIsDue(rate: publishRate) { publish() }
        commands.wait(atMost: isBehind ? min(seconds, 1 / publishRate) : seconds)
      case .nothingLeft:
        publish()
        commands.wait()
        clock.rest()
      }
    }
  }

  private enum Work {
    case done
    /// The next step is due in so many seconds.
    case wait(seconds: Double)
    case nothingLeft
  }

  /// Does one unit of work.
  private func work() -> Work {
    if runs.isReplaying {
      runs.replay()
      return .done
    }
    if let branch {
      self.branch = nil
      // The head may have been moved elsewhere meanwhile.
      if branch.generation == runs.generation { attempt { try configure(branch.configuration) } }
      return .done
    }
    guard isTraining else {
      guard !runs.isMeasured else { return .nothingLeft }
      measure()
      return .done
    }
    let pause = clock.secondsToNextStep(at: pace)
    guard pause <= 0 else {
      // What is left of the time is for measuring, of which there is something new each step.
      guard !runs.isMeasured else { return .wait(seconds: pause) }
      measure()
      return .done
    }
    if clock.measuringIsDue(share: measuringShare) && !runs.isMeasured {
      clock.time(.measuring) { measure() }
    } else {
      clock.stepBegins()
      clock.time(.training) { train() }
    }
    return .done
  }

  private var publishRate: Double {
    pace == .full ? options.publishRate : max(options.publishRate, options.slowPublishRate)
  }

  private var measuringShare: Double {
    if runs.session.isStartingUp { return options.startingShare }
    return runs.session.measuresFront ? options.frontShare : options.measuringShare
  }

  private func measure() { runs.measure() }

  /// Takes a step, and more while they are short and nothing else can be due: asking what comes next
  /// takes as long as a part of a step.
  private func train() {
    let end = MonotonicClock.now + SessionLoop.stretch
    attempt {
      while let step = try takeStep(), pace == .full, edits.isEmpty, step != stepLimit,
        MonotonicClock.now < end
      {}
    }
  }

  /// Takes a step, with the edits of a shared run that are due before and after it.
  ///
  /// - Returns: The step; nil when the run has diverged.
  @discardableResult
  private func takeStep() throws -> Int? {
    try makeDueEdits()
    let step = runs.trainStep()
    try makeDueEdits()
    return step
  }

  private func makeDueEdits() throws {
    while let edit = edits.first, edit.executedSteps <= runs.session.executedSteps {
      edits.removeFirst()
      switch edit.change {
      case .resume: runs.resumeAfterDivergence()
      case .set(let assignments): try configure(runs.session.configuration.setting(assignments))
      }
    }
  }

  private var isTraining: Bool {
    !isPaused && !isJudging && runs.session.divergence == nil && !isFinished
  }

  /// Whether a score is measured that nobody trains here.
  private var isJudging: Bool { runs.session.ownScore != nil }

  private var isFinished: Bool { stepLimit.map { runs.session.step >= $0 } ?? false }

  private var status: SessionStatus {
    if isJudging { return .judging }
    // Steps are taken, whether for the first time or not.
    if runs.isReplaying { return .training }
    if let divergence = runs.session.divergence { return .diverged(divergence) }
    if isFinished { return .finished }
    return isPaused ? .paused : .training
  }

  private func perform(_ order: CommandQueue<SessionOrder>.Order) {
    switch order.command {
    case .show(let request):
      runs.show(request)
    case .command(let command):
      (problem, report) = (nil, nil)
      let generation = runs.generation
      attempt { try perform(command) }
      if runs.generation != generation {
        clock.rest()
        // They were of the run that was left.
        edits = []
      }
      commandsDone += order.weight
      publish()
    }
  }

  private func perform(_ command: SessionCommand) throws {
    switch command {
    case .configure(let configuration): try configure(configuration)
    case .pause: isPaused = true
    case .resume:
      // The limit is a pause like another.
      if isFinished { stepLimit = nil }
      isPaused = false
      runs.resumeAfterDivergence()
    case .step where isJudging, .save where isJudging:
      throw OwnScoreError("nothing is trained here: the score is someone else's")
    case .step(let count):
      isPaused = true
      runs.resumeAfterDivergence()
      for _ in 0..<count where runs.session.divergence == nil { try takeStep() }
    case .pace(let pace): self.pace = pace
    case .pauseAt(let step): stepLimit = step
    case .restart(let seed):
      var configuration = runs.session.configuration
      configuration.seed = seed
      try runs.restart(configuration)
    case .undo:
      if try !runs.undo() { problem = "there is nothing to undo" }
    case .redo:
      if try !runs.redo() { problem = "there is nothing to do again" }
    case .save(let folder):
      let folder = folder.map { RunFolder(path: $0) } ?? .unused("scorefield-run")
      let written = try folder.write(runs.session)
      clock.saved()
      report = "saved in \(folder.path): \(written.joined(separator: ", "))"
    case .open(let run):
      if try !runs.open(run) { problem = "there is no run \(run)" }
    case .branch(let run, let step, let changes): try begin(run, step, changes)
    case .goTo(let step):
      // Where it is looked at; trained on from there, the run branches.
      isPaused = true
      try runs.go(toExecutedStep: step)
    case .compare(let run):
      if let run = run ?? runs.tree.head { try runs.compare(run) }
    case .stop:
      isStopped = true
      runs.leave()
      runs.flush()
    }
  }

  /// Goes to a step of a run, and notes what is changed there.
  private func begin(_ run: RunID, _ step: Int, _ changes: [String]) throws {
    guard let before = try runs.configuration(of: run, atExecutedStep: step) else {
      problem = "there is no run \(run)"
      return
    }
    let configuration = try before.setting(changes)
    guard !configuration.requiresRestart(comparedTo: before) else {
      problem = "a branch changes what acts live, and one of these values begins a new run"
      return
    }
    _ = try runs.open(run, atExecutedStep: step)
    branch = (configuration, runs.generation)
  }

  /// Carries something out, or notes why it cannot be.
  private func attempt(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      problem = "\(error)"
    }
  }

  private func configure(_ configuration: RunConfiguration) throws {
    if configuration.requiresRestart(comparedTo: runs.session.configuration) {
      try runs.restart(configuration)
    } else {
      try MemoryEstimate(
        configuration, dimension: runs.session.distribution.dimension, use: .workbench
      ).check()
      runs.configure(configuration)
    }
  }

  private func publish() {
    isBehind = false
    clock.published(step: runs.session.executedSteps)
    runs.keepTip()
    var snapshot = runs.session.snapshot(
      generation: runs.generation, status: status,
      stepsPerSecond: isTraining ? clock.stepsPerSecond : nil)
    snapshot.runs = runs.tree
    (snapshot.canUndo, snapshot.canRedo) = (runs.canUndo, runs.canRedo)
    snapshot.storeProblem = runs.storeProblem
    snapshot.progress.unsavedSeconds = runs.outliveProgram ? 0 : clock.unsavedSeconds
    (snapshot.executedSteps, snapshot.compared) = (runs.session.executedSteps, runs.compared)
    snapshot.others = runs.comparison
    mailbox.publish(
      SessionMessage(
        snapshot: snapshot, problem: problem, report: report, commandsDone: commandsDone))
  }
}
