import Glibc
import OutsideText
import ScoreLab

/// Starts other programs.
enum ProgramCall {
  /// What a program said and how it ended.
  struct Answer: Sendable, Equatable {
    /// Its exit status; 128 and the signal's number where one ended it.
    var status: Int32
    var output: String
    var errors: String

    /// What it said of an error, on one line.
    var reason: String {
      let words = (errors.isEmpty ? output : errors).split(separator: "\n").last.map(String.init)
      return SafeText.sanitized(words ?? "it said nothing", limit: 400)
    }
  }

  /// The most bytes that are taken of what a program says.
  private static let mostOutput = 64 << 20

  /// Runs a program that is found on the path, and waits for it.
  ///
  /// - Returns: Nil where there is no such program.
  /// - Throws: ``SweepError/engine(_:)`` where it cannot be started.
  static func answer(_ arguments: [String]) throws(SweepError) -> Answer? {
    let (output, errors) = (try pipe(), try pipe())
    guard let process = try start(arguments, output: output.write, errors: errors.write) else {
      for end in [output.read, output.write, errors.read, errors.write] { close(end) }
      return nil
    }
    close(output.write)
    close(errors.write)
    let texts = readAll([output.read, errors.read])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return Answer(status: exitStatus(status), output: texts[0], errors: texts[1])
  }

  /// Starts a program that is found on the path, in a group of its own.
  ///
  /// - Parameters:
  ///   - arguments: Its name and its arguments.
  ///   - output: Where standard output goes.
  ///   - errors: Where standard error goes.
  /// - Returns: The number of its process; nil where there is no such program.
  /// - Throws: ``SweepError/engine(_:)`` where it cannot be started.
  static func start(
    _ arguments: [String], output: Int32, errors: Int32
  ) throws(SweepError) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Signals that this program ignores or blocks are as usual again.
    var (blocked, usual) = (sigset_t(), sigset_t())
    sigemptyset(&blocked)
    sigemptyset(&usual)
    for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM] { sigaddset(&usual, signal) }
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let words: [UnsafeMutablePointer<CChar>?] =
      arguments.map { (word: String) in strdup(FileName.systemName(word)) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, arguments[0], &actions, &attributes, words, environ)
    if code == ENOENT { return nil }
    guard code == 0 else {
      throw .engine("\(arguments[0]) cannot be started: \(String(cString: strerror(code)))")
    }
    return process
  }

  /// The end of a process of ours; nil while it runs.
  static func end(of process: pid_t) -> Int32? {
    var status: Int32 = 0
    return waitpid(process, &status, WNOHANG) == process ? exitStatus(status) : nil
  }

  /// The name of the program that a process runs; nil where there is no such process.
  static func name(of process: pid_t) -> String? {
    guard let text = try? FileReader.text("/proc/\(process)/comm", limit: 1 << 10) else {
      return nil
    }
    return text.split(separator: "\n").first.map(String.init)
  }

  private static func exitStatus(_ status: Int32) -> Int32 {
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  private static func pipe() throws(SweepError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else {
      throw .engine("no pipe can be made: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Reads several pipes to their ends, whichever has something, and closes them.
  private static func readAll(_ pipes: [Int32]) -> [String] {
    var bytes: [[UInt8]] = pipes.map { _ in [] }
    var open = pipes.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while open.contains(where: { $0.fd >= 0 }) {
      guard poll(&open, nfds_t(open.count), -1) >= 0 || errno == EINTR else { break }
      for index in open.indices where open[index].fd >= 0 && open[index].revents != 0 {
        let count = read(open[index].fd, &piece, piece.count)
        if count > 0 {
          if bytes[index].count < mostOutput { bytes[index] += piece[..<count] }
        } else if count == 0 || errno != EINTR {
          open[index].fd = -1
        }
      }
    }
    for end in pipes { close(end) }
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }
}
