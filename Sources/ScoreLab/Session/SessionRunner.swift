import Glibc
public import ScoreCore

/// What the screen can ask of the session thread.
public enum SessionCommand: Sendable, Equatable {
  /// Makes this the configuration: live where it can be, else by a restart.
  case configure(RunConfiguration)
  case pause
  case resume
  /// Takes one training step and stays paused.
  case stepOnce
  /// Starts anew with a seed.
  case restart(seed: UInt64)
  case stop
}

/// What the session thread tells the screen.
public struct SessionNews: Sendable {
  public var snapshot: Snapshot?
  /// Why the last command could not be carried out, in one line.
  public var problem: String?
  /// How many commands were dealt with; news with fewer than were sent are behind the sender.
  public var commandsDone = 0
}

/// Runs a session on a thread of its own and publishes snapshots of it.
public final class SessionRunner: Sendable {
  /// How the thread divides its time and how long it goes on.
  public struct Options: Sendable {
    /// The share of the time given to measuring once the first pictures are there.
    public var analysisShare = 0.07
    /// The share before that.
    public var startingShare = 0.5
    /// The most snapshots a second.
    public var publishRate = 20.0
    /// Training pauses here; nil goes on for ever.
    public var stepLimit: Int?
    public var startsPaused = false
    public var threads = Parallel.defaultThreads

    public init() {}
  }

  /// Where the newest snapshot lies and which descriptor announces it.
  public let mailbox = Mailbox<SessionNews>()
  private let commands = CommandQueue<SessionCommand>()

  /// Starts the thread.
  public init(session: sending Session, dataSource: any DataSource, options: Options = Options()) {
    let loop = SessionLoop(
      session: session, dataSource: dataSource, options: options, mailbox: mailbox,
      commands: commands)
    DetachedThread.start { loop.run() }
  }

  public func send(_ command: SessionCommand) { commands.append(command) }
}

/// Starts threads that nobody joins.
private enum DetachedThread {
  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  static func start(_ body: sending @escaping () -> Void) {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(Body(body)).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        // On Linux this is the thread's own value, and threads it starts inherit it: training
        // gives way to whoever handles a key, and takes what is left.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, argument)
    precondition(status == 0, "The system could not start a thread.")
    pthread_detach(thread)
  }
}
