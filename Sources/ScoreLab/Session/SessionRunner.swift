import Dispatch
import Glibc
public import ScoreCore

/// What the screen can ask of the session thread.
public enum SessionCommand: Sendable, Equatable {
  /// Makes this the configuration: live where it can be, else by a restart.
  case configure(RunConfiguration)
  case pause
  case resume
  /// Takes so many training steps, or as many as there are before a divergence, and stays paused.
  case step(count: Int)
  /// Trains no faster than this.
  case pace(TrainingPace)
  /// Pauses once so many steps are taken; nil goes on for ever.
  case pauseAt(step: Int?)
  /// Starts anew with a seed.
  case restart(seed: UInt64)
  /// Goes back to where the head was before the last change, restart or opening of a run.
  case undo
  /// Goes back to where the head was before the last undo.
  case redo
  /// Writes the run into a folder, a new one where none is named: ``RunFolder``.
  case save(folder: String?)
  /// Goes to the end of a run; the one left stays as it is.
  case open(RunID)
  /// Goes to a number of executed steps of a run, and goes on from there as a branch with some keys of the
  /// configuration set, as `--set` takes them; they must act live.
  case branch(RunID, executedStep: Int, changes: [String])
  /// Pauses, and goes to a number of executed steps of the run at the head.
  case goTo(executedStep: Int)
  /// Lets a run go on next to the head, or no longer; nil for the run at the head.
  case compare(RunID?)
  case stop
}

/// How fast training goes where it may.
public enum TrainingPace: Sendable, Equatable {
  /// As fast as the machine can.
  case full
  /// At most so many steps a second.
  case stepsPerSecond(Int)
}

/// What waits for the session thread.
enum SessionOrder: Sendable {
  case command(SessionCommand)
  /// Measures this from now on, and nothing else.
  case show(MeasurementRequest)

  /// Whether nothing is left of an earlier order, right before this one.
  func undoes(_ earlier: Self) -> Bool {
    switch (self, earlier) {
    case (.command(.configure), .command(.configure)), (.command(.restart), .command(.restart)),
      (.show, .show), (.command(.pace), .command(.pace)), (.command(.goTo), .command(.goTo)):
      true
    default: false
    }
  }
}

/// What the session thread reports to the screen.
public struct SessionMessage: Sendable {
  public var snapshot: Snapshot?
  /// Why the last command could not be carried out, in one line.
  public var problem: String?
  /// What the last command has done that nothing else shows, such as the folder it has written.
  public var report: String?
  /// How many commands were dealt with; a message with fewer than were sent is behind the sender.
  public var commandsDone = 0
  /// Why there is no session at all: what is wrong with the distribution's parameters or its data
  /// file, too little memory, or no thread.
  public var failure: (any Error)?

  package init(
    snapshot: Snapshot? = nil, problem: String? = nil, report: String? = nil,
    commandsDone: Int = 0, failure: (any Error)? = nil
  ) {
    self.snapshot = snapshot
    self.problem = problem
    self.report = report
    self.commandsDone = commandsDone
    self.failure = failure
  }
}

/// Runs a session on a thread of its own and publishes snapshots of it.
public final class SessionRunner: Sendable {
  /// How the thread divides its time and how long it goes on.
  public struct Options: Sendable {
    /// The share of the time given to measuring once the first pictures are there.
    public var measuringShare = 0.03
    /// The same while something is measured that the focused pane draws.
    public var frontShare = 0.07
    /// The share before that.
    public var startingShare = 0.5
    /// The most snapshots a second at full pace; each is a frame, which training waits for.
    public var publishRate = 10.0
    /// The most where training is slowed down, so that single steps can be followed.
    public var slowPublishRate = 20.0
    /// Training pauses here until it is resumed; nil goes on for ever.
    public var stepLimit: Int?
    public var startsPaused = false
    /// What is changed at which steps of the first run, in order.
    public var edits: [SharedRun.Edit] = []
    public var threads = Parallel.defaultThreads
    /// A run of the store to go on with from its end, in place of a new one.
    public var run: RunID?
    /// Opens the score of someone else that is measured in place of one that is learned.
    public var judged: OwnScoreOpener?
    /// Where runs are kept.
    public var store: any RunStore = MemoryRunStore()

    public init() {}
  }

  /// Where the newest snapshot lies and which descriptor announces it.
  public let mailbox: Mailbox<SessionMessage>
  private let commands = CommandQueue<SessionOrder>()
  /// Signalled once the thread has ended.
  private let end = DispatchSemaphore(value: 0)

  /// Starts the thread, which sets the session up before anything else.
  ///
  /// A large network takes seconds to set up; meanwhile commands wait. When it cannot be set up the
  /// message says why, and the thread ends.
  ///
  /// - Parameters:
  ///   - configuration: A checked configuration.
  ///   - dataSource: Reads the files that distributions are made from.
  ///   - options: How the thread divides its time.
  ///   - doorbell: What messages ring; one of their own unless a loop listens to another already.
  public init(
    configuration: RunConfiguration, dataSource: any DataSource, options: Options = Options(),
    doorbell: Doorbell = Doorbell()
  ) {
    mailbox = Mailbox(doorbell: doorbell)
    do {
      try DetachedThread.start { [mailbox, commands, end] in
        defer { end.signal() }
        // Training gives way to whoever handles a key, and takes what is left; the threads it
        // starts inherit this.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        do {
          try Workers.upTo(options.threads).use {
            let makeSession = { configuration in
              try Session(
                configuration: configuration, dataSource: dataSource, threads: options.threads,
                use: .workbench, judged: options.judged)
            }
            var runs = LiveRuns(
              try makeSession(configuration), store: options.store, makeSession: makeSession)
            if let run = options.run { try runs.begin(with: run) }
            SessionLoop(runs: runs, options: options, mailbox: mailbox, commands: commands).run()
          }
        } catch {
          mailbox.publish(SessionMessage(failure: error))
        }
      }
    } catch {
      mailbox.publish(SessionMessage(failure: error))
    }
  }

  /// Waits until the thread has ended, as ``SessionCommand/stop`` asks it to, and all is kept.
  ///
  /// - Parameter seconds: The longest time to wait: a thread in a large step or on a slow disk is left
  ///   behind.
  /// - Returns: Whether it has ended.
  @discardableResult
  public func waitForEnd(atMost seconds: Double) -> Bool {
    guard end.wait(timeout: .now() + seconds) == .success else { return false }
    end.signal()
    return true
  }

  /// Asks for measurements, those on screen; until then all are taken.
  public func show(_ request: MeasurementRequest) {
    // Nobody waits for an answer to it, so it is not counted among the commands done.
    append(.show(request), weight: 0)
  }

  /// Gives the thread a command, which may take the place of one that waits and is undone by it.
  public func send(_ command: SessionCommand) {
    append(.command(command), weight: 1)
  }

  private func append(_ order: SessionOrder, weight: Int) {
    commands.append(order, weight: weight) { order.undoes($0) }
  }
}
