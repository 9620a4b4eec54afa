import CTerminalGuard
import Glibc

/// Standard output or standard error of the process.
package enum StandardStream {
  case output, errors

  package var descriptor: Int32 { self == .output ? STDOUT_FILENO : STDERR_FILENO }

  /// The width of the terminal, 80 when it does not say.
  package var columns: Int {
    var columns: Int32 = 0
    var rows: Int32 = 0
    return sf_terminal_size(descriptor, &columns, &rows) == 0 ? Int(columns) : 80
  }

  /// Makes the standard streams safe to use; the first thing a program does.
  package static func prepare() {
    // The next file opened takes the number of a closed stream, and would get what is meant for it.
    // Opened the wrong way round, standard output refuses what is written as a closed one does.
    for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (1, O_RDONLY), (2, O_WRONLY)]
    where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", mode)
    }
    // A closed pipe and a file over its limit are errors where they are met: standard error may
    // have lost its reader without harm, and temporary files are removed.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Writes all bytes and waits for a slow reader.
  ///
  /// - Returns: 0, or the system's error number.
  package func write(_ bytes: [UInt8]) -> Int32 {
    var used = 0
    while used < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: used), bytes.count - used)
      }
      if count >= 0 {
        used += count
      } else if errno == EAGAIN {
        // Whoever shares the pipe has set it to non-blocking.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  /// Writes what may get lost without harm, such as progress.
  package func show(_ text: String) { _ = write(Array(text.utf8)) }
}
