import Dispatch
import Glibc
package import ScoreCore
package import ScoreLab

/// What a screen wants to know of the runs that are kept.
package struct LibraryRequest: Sendable, Equatable {
  /// What the list is sorted by.
  package var order: RunSummary.Order
  /// The runs whose small pictures show, those to read first at the beginning.
  package var pictures: [RunID]
  /// The runs that are looked at closely.
  package var runs: [RunID]

  package init(order: RunSummary.Order, pictures: [RunID] = [], runs: [RunID] = []) {
    self.order = order
    self.pictures = pictures
    self.runs = runs
  }
}

/// What a screen can ask of the thread that reads the runs.
package enum LibraryCommand: Sendable, Equatable {
  /// Reads this from now on; nothing while no list is looked at.
  case show(LibraryRequest?)
  case rename(RunID, String)
  /// Gives a run these tags in place of those that it had.
  case tag(RunID, [String])
  case note(RunID, String)
  /// Takes a run off the list until the program ends, and then for good.
  ///
  /// - Parameter isOwn: Whether the run is one that this program may be writing.
  case delete(RunID, isOwn: Bool)
  /// Brings the run back that was deleted last.
  case restore
  case end
}

/// What is known of the runs that are kept.
package struct LibraryMessage: Sendable {
  /// A run that was deleted.
  package struct Deletion: Sendable, Equatable {
    package var run: RunID
    package var name: String

    package init(run: RunID, name: String) { (self.run, self.name) = (run, name) }
  }

  package var index = RunIndex()
  /// Whether the list has all runs yet.
  package var isWhole = false
  /// Some losses of runs, for small pictures.
  package var pictures: [RunID: [Double]] = [:]
  package var runs: [RunID: StoredRun] = [:]
  /// What was deleted and can be brought back, the last at the end.
  package var deleted: [Deletion] = []
  /// Why the last command or the last reading came to nothing, in one line.
  package var problem: String?
  /// What the last command has done.
  package var report: String?
  /// How many commands were dealt with.
  package var commandsDone = 0

  package init() {}
}

/// Reads and changes the runs of a database on a thread of its own, so that no screen waits for a disk.
package final class RunLibrary: Sendable {
  /// Where the newest message lies and which descriptor announces it.
  package let mailbox: Mailbox<LibraryMessage>
  private let commands = CommandQueue<LibraryCommand>()
  /// Signalled once the thread has ended.
  private let ended = DispatchSemaphore(value: 0)

  /// Starts the thread, which sleeps until somebody looks.
  ///
  /// - Parameters:
  ///   - database: The runs.
  ///   - doorbell: What messages ring; one of their own unless a loop listens to another already.
  /// - Throws: ``ThreadError``.
  package init(_ database: RunDatabase, doorbell: Doorbell = Doorbell()) throws(ThreadError) {
    mailbox = Mailbox(doorbell: doorbell)
    try DetachedThread.start { [mailbox, commands, ended] in
      // Whoever handles a key goes first.
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
      var loop = LibraryLoop(database, mailbox, commands)
      loop.run()
      ended.signal()
    }
  }

  /// Gives the thread a command; of requests the newest is enough.
  package func send(_ command: LibraryCommand) {
    let isRequest = if case .show = command { true } else { false }
    commands.append(command, weight: isRequest ? 0 : 1) { last in
      if case .show = last { isRequest } else { false }
    }
  }

  /// Deletes for good what was deleted, once no thread of this program writes runs any more, and ends.
  ///
  /// - Parameter seconds: The longest time to wait for the disk; what is left then goes with the next
  ///   `runs clean`.
  package func end(atMost seconds: Double) {
    send(.end)
    _ = ended.wait(timeout: .now() + seconds)
  }
}
