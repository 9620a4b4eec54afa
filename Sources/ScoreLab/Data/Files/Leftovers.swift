import Glibc
import OutsideText
import Synchronization

/// Temporary files, and files that were locked, whose holders ended before they could remove them.
///
/// A writer holds the lock of its temporary file from the moment after it made it; a file that
/// nobody has locked has no writer any more.
enum Leftovers {
  private static let attempts = Atomic<UInt64>(0)
  /// The folders that were cleared by this process.
  private static let cleared = Mutex<Set<String>>([])

  /// A name for a temporary file next to a target, which no other of this process has.
  static func name(nextTo target: String) -> String {
    let number = attempts.add(1, ordering: .relaxed).newValue
    // The name stays short, so that a long target name cannot make it too long.
    return FileName.folder(of: target) + ".scorefield-\(getpid())-\(number).tmp"
  }

  /// Removes what is left over next to a target, once in the life of this process.
  static func clear(nextTo target: String) {
    let folder = FileName.folder(of: target)
    guard cleared.withLock({ $0.insert(folder).inserted }) else { return }
    for name in FileName.names(in: folder.isEmpty ? "." : folder) ?? []
    where name.hasPrefix(".scorefield-") && (name.hasSuffix(".tmp") || name.hasSuffix(".lock")) {
      guard let file = try? OpenFile(leftBehind: folder + name) else { continue }
      if file.lock() == .held, file.isInPlace { file.unlink() }
    }
  }
}
