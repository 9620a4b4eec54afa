import Glibc
import Synchronization

/// The results of a command on standard output, where every byte is checked.
///
/// Lines are gathered into pieces unless a terminal shows them. The first failure stands: nothing
/// is written behind a gap, and every later call throws it again.
package enum StandardOutput {
  private struct State {
    var waiting: [UInt8] = []
    var failure: Failure.Failed?
  }

  /// The bytes that are gathered before they are written.
  private static let pieceSize = 1 << 16
  private static let state = Mutex(State())
  private static let isShown = isatty(STDOUT_FILENO) != 0

  /// Writes a text and a line end.
  ///
  /// - Throws: ``Failure/Failed`` with what the system said. A pipe that nobody reads any more ends
  ///   the process by SIGPIPE instead, as `head` makes every program end.
  package static func print(_ text: String, terminator: String = "\n") throws(Failure.Failed) {
    try write(Array((text + terminator).utf8))
  }

  /// Writes bytes.
  ///
  /// - Throws: As ``print(_:terminator:)``.
  package static func write(_ bytes: [UInt8]) throws(Failure.Failed) {
    try state.withLock { (state) throws(Failure.Failed) in
      state.waiting += bytes
      if isShown || state.waiting.count >= pieceSize { try drain(&state) }
    }
  }

  /// Writes what is gathered, so that a reader has it now.
  ///
  /// - Throws: As ``print(_:terminator:)``.
  package static func flush() throws(Failure.Failed) {
    try state.withLock { (state) throws(Failure.Failed) in try drain(&state) }
  }

  /// Writes what is gathered and a last text, while another thread may be at work; nothing if that
  /// one is writing at the moment, which it may be for ever.
  package static func printLast(_ text: String) {
    _ = state.withLockIfAvailable { state in
      state.waiting += Array(text.utf8)
      do throws(Failure.Failed) { try drain(&state) } catch {
        printError("scorefield: \(error.message)\n")
      }
    }
  }

  /// Writes lines for which nobody waits: a closed output is no failure, and a terminal that reads
  /// nothing goes without them.
  package static func printIfRead(_ lines: [String]) {
    var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
    guard poll(&output, 1, 0) > 0, output.revents & Int16(POLLOUT) != 0 else { return }
    for line in lines { try? print(line) }
  }

  /// Writes what is gathered and closes the stream; some file systems report only then that the
  /// disk is full.
  ///
  /// - Throws: As ``print(_:terminator:)``.
  package static func finish() throws(Failure.Failed) {
    try flush()
    // A second call finds it closed, and one that was never open has lost nothing.
    guard close(STDOUT_FILENO) == 0 || errno == EBADF else { throw failure(errno) }
  }

  private static func drain(_ state: inout State) throws(Failure.Failed) {
    if let failure = state.failure { throw failure }
    let code = StandardStream.output.write(state.waiting)
    state.waiting = []
    guard code != 0 else { return }
    if code == EPIPE { endByClosedPipe() }
    let failure = failure(code)
    state.failure = failure
    throw failure
  }

  private static func failure(_ code: Int32) -> Failure.Failed {
    Failure.Failed(message: "standard output: \(String(cString: strerror(code)))")
  }

  private static func endByClosedPipe() -> Never {
    signal(SIGPIPE, SIG_DFL)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(SIGPIPE)
    // Not reached: the signal has no other meaning now.
    _exit(128 + SIGPIPE)
  }
}
