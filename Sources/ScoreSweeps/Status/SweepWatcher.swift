import Glibc
import OutsideText
package import ScoreCore
package import ScoreLab

/// What is known of the sweep that a screen looks at.
package struct SweepMessage: Sendable, Equatable {
  /// The folder.
  package var path: String
  /// The name of the sweep; empty before it could be read.
  package var name = ""
  /// How far it is; nil before it could be read.
  package var status: SweepStatus?
  /// Why it cannot be read, in one line; what was known before stays.
  package var problem: String?

  package init(path: String) { self.path = path }
}

/// Looks at a sweep's folder again and again on a thread of its own, so that no screen waits for a disk.
package final class SweepWatcher: Sendable {
  /// What the thread is told.
  private enum Command: Sendable {
    case watch(String?)
    case end
  }

  /// The seconds between two looks.
  private static let pause = 2.0

  /// Where the newest message lies and which descriptor announces it.
  package let mailbox: Mailbox<SweepMessage>
  private let commands = CommandQueue<Command>()

  /// Starts the thread, which sleeps until somebody looks.
  ///
  /// - Parameter doorbell: What messages ring.
  /// - Throws: `ThreadError`.
  package init(doorbell: Doorbell) throws(ThreadError) {
    mailbox = Mailbox(doorbell: doorbell)
    try DetachedThread.start { [mailbox, commands] in
      // Whoever handles a key goes first.
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
      Self.run(mailbox, commands)
    }
  }

  /// Looks at this folder from now on; at none with nil.
  package func watch(_ path: String?) { commands.append(.watch(path), weight: 0) { _ in true } }

  package func end() { commands.append(.end, weight: 0) { _ in true } }

  private static func run(_ mailbox: Mailbox<SweepMessage>, _ commands: CommandQueue<Command>) {
    var message: SweepMessage?
    var scan: SweepScan?
    while true {
      for order in commands.takeAll() {
        switch order.command {
        case .end: return
        case .watch(let path): (message, scan) = (path.map { SweepMessage(path: $0) }, nil)
        }
      }
      guard var known = message else {
        commands.wait()
        continue
      }
      look(&known, &scan)
      message = known
      // Times go on, also where nothing else has changed.
      mailbox.publish(known)
      commands.wait(atMost: pause)
    }
  }

  private static func look(_ message: inout SweepMessage, _ scan: inout SweepScan?) {
    do {
      // A folder that was planned anew is another sweep.
      let folder = try SweepFolder(message.path)
      if scan?.folder.manifest != folder.manifest { scan = try SweepScan(folder) }
      message.name = folder.manifest.sweep
      message.status = try scan?.status()
      message.problem = nil
    } catch {
      message.problem = SafeText.sanitized("\(error)", limit: 400)
    }
  }
}
