public import ScoreLab

/// What is known of the run that trains, whatever page is on screen.
public struct LiveRun: Sendable {
  /// What is shown of it.
  var snapshot: Snapshot?
  /// What it is doing, also while the view is frozen; nil before the first message.
  public var status: SessionStatus?
  /// Whether what is shown stays while training goes on.
  var isFrozen = false
  /// How many commands were sent, and how many the messages say were dealt with.
  var commandsSent = 0
  private(set) var commandsDone = 0
  /// Whether a change, a restart or an opening can be undone, and done again.
  var canUndo = false
  var canRedo = false
  /// How fast training may go.
  var pace = TrainingPace.full
  /// The configuration the form shows; the session follows it.
  var configuration: RunConfiguration {
    didSet {
      if configuration != oldValue { rows = SetupForm.rows(of: configuration) }
    }
  }
  /// The rows of the Setup form, which change with the configuration alone: writing every value
  /// took a third of each frame.
  private(set) var rows: [FormRow]
  /// Seconds of training that the end of the program would take away.
  var unsavedSeconds = 0.0
  /// Why something of the runs is not kept; nil while all is well.
  private(set) var storeProblem: String?
  /// Why the score that is judged gives no scores any more, as it was said last.
  private var scoreProblem: String?
  /// The values that the program was started with.
  let startValues: [String: ConfigurationValue]

  init(configuration: RunConfiguration) {
    self.configuration = configuration
    rows = SetupForm.rows(of: configuration)
    startValues = configuration.values
  }

  /// Takes in what the session reports.
  ///
  /// - Returns: Why the last command could not be carried out, what it has done, and why runs are not kept
  ///   or a score is not measured, each unless it was shown before.
  mutating func receive(
    _ message: SessionMessage
  ) -> (problem: String?, report: String?, warning: String?) {
    // What is said of one command comes again with every message until the next command.
    let isNew = message.commandsDone > commandsDone
    var words: (problem: String?, report: String?, warning: String?) = (nil, nil, nil)
    if isNew { (words.problem, words.report) = (message.problem, message.report) }
    if let snapshot = message.snapshot, snapshot.storeProblem != storeProblem {
      storeProblem = snapshot.storeProblem
      words.warning = storeProblem
    }
    if let problem = message.snapshot?.judged?.problem, problem != scoreProblem {
      (scoreProblem, words.warning) = (problem, problem)
    }
    commandsDone = message.commandsDone
    guard let snapshot = message.snapshot else { return words }
    // Messages from before the last command would undo in the form what it has just set.
    if commandsDone == commandsSent {
      status = snapshot.status
      configuration = snapshot.configuration
      (canUndo, canRedo) = (snapshot.canUndo, snapshot.canRedo)
    }
    unsavedSeconds = snapshot.unsavedSeconds
    if !isFrozen || self.snapshot == nil { self.snapshot = snapshot }
    return words
  }

  /// Whether the session would go on if it were asked to.
  var isWaiting: Bool {
    switch status {
    case .paused?, .diverged?, .finished?, .judging?: true
    case .training?, nil: false
    }
  }

  /// Whether the run has diverged and waits for what is to be done.
  var isDiverged: Bool {
    switch status {
    case .diverged?: true
    case .training?, .paused?, .finished?, .judging?, nil: false
    }
  }

  /// Why what changes training cannot be done then.
  static let untrained = "nothing is trained here: the score is someone else's"

  /// Whether nothing is trained because the score of someone else is measured.
  var isJudging: Bool { snapshot?.judged != nil }

  /// Pauses or resumes; the status changes at once, so that a second press means the opposite.
  mutating func togglePause() -> [Effect] {
    let effect = isWaiting ? SessionCommand.resume : .pause
    status = isWaiting ? .training : .paused
    return [.send(effect)]
  }

  /// Starts again with a seed.
  mutating func restart(seed: UInt64) -> [Effect] {
    configuration.seed = seed
    (canUndo, canRedo) = (true, false)
    return [.send(.restart(seed: seed))]
  }
}
