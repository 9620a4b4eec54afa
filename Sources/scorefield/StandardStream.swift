import CTerminalGuard
import Glibc

/// Standard output or standard error, as what is drawn on a terminal needs it.
enum StandardStream {
  case output, errors

  var descriptor: Int32 { self == .output ? STDOUT_FILENO : STDERR_FILENO }
  var file: UnsafeMutablePointer<FILE>? { self == .output ? sf_stdout() : sf_stderr() }

  /// The width of the terminal, 80 when it does not say.
  var columns: Int {
    var columns: Int32 = 0
    var rows: Int32 = 0
    return sf_terminal_size(descriptor, &columns, &rows) == 0 ? Int(columns) : 80
  }
}
