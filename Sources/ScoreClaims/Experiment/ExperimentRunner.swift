import Glibc
public import ScoreCore
public import ScoreLab

/// What the screen can ask of the experiment thread.
public enum ExperimentCommand: Sendable, Equatable {
  /// Starts an experiment in place of the one that runs.
  case start(ExperimentConfiguration)
  case pause
  case resume
  /// Drops the experiment; the thread sleeps until the next.
  case stop
  /// Ends the thread.
  case end
}

/// What the experiment thread reports to the screen.
public struct ExperimentMessage: Sendable, Equatable {
  public enum Status: Sendable, Equatable {
    case running, paused, finished
    /// It could not start or go on; why, in one line.
    case failed(String)
  }

  /// Which of the starts it is about, from 1; messages of an earlier one are out of date.
  public var start: Int
  public var status: Status
  /// What is known so far; nil when it could not start.
  public var report: ExperimentReport?
  public var unitsDone = 0
  public var unitCount = 0
  /// What is being done, in a few words.
  public var activity = ""
  /// Seconds of work, pauses left out.
  public var elapsed = 0.0
  /// Units a second over the last stretches of work, the newest last.
  public var pace: [Double] = []

  public init(start: Int, status: Status, report: ExperimentReport? = nil) {
    self.start = start
    self.status = status
    self.report = report
  }
}

/// Runs experiments, one at a time, on a thread of their own and publishes their reports.
public final class ExperimentRunner: Sendable {
  public struct Options: Sendable {
    /// The most reports a second.
    public var publishRate = 8.0
    public var threads = Parallel.defaultThreads

    public init() {}
  }

  /// Where the newest report lies and which descriptor announces it.
  public let mailbox: Mailbox<ExperimentMessage>
  private let commands = CommandQueue<ExperimentCommand>()

  /// Starts the thread, which sleeps until the first experiment.
  ///
  /// - Parameters:
  ///   - dataSource: Reads the files that distributions are made from.
  ///   - options: How often it reports and how many threads work.
  ///   - doorbell: What messages ring; one of their own unless a loop listens to another already.
  /// - Throws: `ThreadError`.
  public init(
    dataSource: any DataSource, options: Options = Options(), doorbell: Doorbell = Doorbell()
  ) throws(ThreadError) {
    mailbox = Mailbox(doorbell: doorbell)
    let loop = ExperimentLoop(
      dataSource: dataSource, options: options, mailbox: mailbox, commands: commands)
    try DetachedThread.start {
      // It gives way to whoever handles a key; the threads it starts inherit this.
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
      Workers.upTo(options.threads).use { loop.run() }
    }
  }

  /// Gives the thread a command; a start takes the place of all that waits.
  public func send(_ command: ExperimentCommand) {
    let isStart = if case .start = command { true } else { false }
    // The weight counts the starts, by which messages are told apart.
    commands.append(command, weight: isStart ? 1 : 0) { _ in isStart }
  }
}
