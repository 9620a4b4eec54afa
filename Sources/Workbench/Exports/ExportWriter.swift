import Dispatch
import ScoreCore
package import ScoreLab
import Synchronization
import TermPlot

/// Writes files of the screen on threads of their own, because an animation takes seconds and keys are
/// answered meanwhile.
package final class ExportWriter: Sendable {
  private let write: @Sendable (Export) throws -> String
  private let doorbell: Doorbell
  private let pending = DispatchGroup()
  private let notices = Mutex<[Notice]>([])

  /// - Parameters:
  ///   - doorbell: Rung when a file is written, or cannot be.
  ///   - write: Writes a file and returns what to say of it.
  package init(_ doorbell: Doorbell, write: @escaping @Sendable (Export) throws -> String) {
    (self.doorbell, self.write) = (doorbell, write)
  }

  /// Starts to write a file.
  ///
  /// - Throws: ``ThreadError``; then nothing is written.
  func start(_ export: Export) throws(ThreadError) {
    pending.enter()
    do throws(ThreadError) {
      try DetachedThread.start { [self] in
        let notice = finish(export)
        notices.withLock { $0.append(notice) }
        doorbell.ring()
        pending.leave()
      }
    } catch {
      pending.leave()
      throw error
    }
  }

  private func finish(_ export: Export) -> Notice {
    do {
      return Notice(text: try write(export), role: .good)
    } catch {
      return Notice(text: "\(error)", role: .error)
    }
  }

  /// What was written, or why it was not, since the last time this was asked.
  package func takeNotices() -> [Notice] {
    notices.withLock { notices in
      defer { notices = [] }
      return notices
    }
  }

  /// Waits until every file is written.
  ///
  /// - Parameter seconds: How long to wait; a file that is not done then is not there.
  /// - Returns: What has not been said yet.
  package func waitForEnd(atMost seconds: Double) -> [Notice] {
    _ = pending.wait(timeout: .now() + seconds)
    return takeNotices()
  }
}
