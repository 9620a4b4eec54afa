import Glibc
import OutsideText
public import ScoreCore
import Synchronization

/// A program that is asked for scores through its standard input and output.
///
/// A question is the number of bytes that follow, as eight bytes; then time, alpha and sigma as
/// float64, the number of points and of coordinates as eight bytes each, and the coordinates as float64,
/// point by point. The answer is the number of bytes that follow, and the score's coordinates as float64 in
/// the same order. All is little endian. The program ends when its input does.
public final class ScoreProgram: OwnScoreSource {
  /// What becomes of what the program writes on standard error.
  public enum Messages: Sendable {
    /// It goes where our own does.
    case passedOn
    /// The last line is said where the program fails; for a screen that must not be written over.
    case kept
  }

  private struct Pipes: Sendable {
    var input: Int32
    var output: Int32
    /// Standard error; -1 where it is passed on or has ended.
    var messages: Int32
    /// The end of what came from there.
    var lastWords: [UInt8] = []
  }

  /// How much is kept of what the program writes on standard error.
  private static let messageLimit = 4096

  private let timeLimit: Double
  /// The shell, which leads a group of processes.
  private let process: pid_t
  private let pipes: Mutex<Pipes>

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - command: A command line for the shell.
  ///   - timeLimit: The most seconds of one answer.
  ///   - messages: What becomes of what it writes on standard error.
  /// - Throws: ``OwnScoreError`` when no process can be made.
  public init(
    command: String, timeLimit: Double, messages: Messages = .passedOn
  ) throws(OwnScoreError) {
    self.timeLimit = timeLimit
    let (process, pipes) = try Self.start(command, messages)
    self.process = process
    self.pipes = Mutex(pipes)
  }

  deinit {
    pipes.withLock { pipes in
      close(pipes.input)
      close(pipes.output)
      if pipes.messages >= 0 { close(pipes.messages) }
    }
    stop()
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  /// Ends the program and what it has started, also while an answer is waited for.
  public func stop() { kill(-process, SIGKILL) }

  /// Our end and the program's of each of its streams, ours first; standard error has none where it is
  /// passed on.
  private static func makePipes(
    _ messages: Messages
  ) throws(OwnScoreError) -> (ours: Pipes, theirs: [Int32]) {
    var (questions, answers, words): ([Int32], [Int32], [Int32]) = ([-1, -1], [-1, -1], [-1, -1])
    // A socket, because writing to one whose reader has ended can be kept from raising a signal.
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &questions) == 0,
      pipe(&answers) == 0, messages == .passedOn || pipe(&words) == 0
    else {
      let reason = String(cString: strerror(errno))
      for descriptor in questions + answers + words where descriptor >= 0 { close(descriptor) }
      throw OwnScoreError("no pipe: \(reason)")
    }
    // The program has its own ends of the pipes alone, so that each end is seen to close.
    for descriptor in questions + answers + words where descriptor >= 0 {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
    for descriptor in [questions[1], answers[0], words[0]] where descriptor >= 0 {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
    return (
      Pipes(input: questions[1], output: answers[0], messages: words[0]),
      [questions[0], answers[1], words[1]]
    )
  }

  private static func start(
    _ command: String, _ messages: Messages
  ) throws(OwnScoreError) -> (pid_t, Pipes) {
    let (ours, theirs) = try makePipes(messages)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (stream, descriptor) in theirs.enumerated() where descriptor >= 0 {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(stream))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Signals that this program ignores or blocks are as usual again.
    var (blocked, usual) = (sigset_t(), sigset_t())
    sigemptyset(&blocked)
    sigemptyset(&usual)
    sigaddset(&usual, SIGPIPE)
    sigaddset(&usual, SIGXFSZ)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let words: [UnsafeMutablePointer<CChar>?] =
      ["sh", "-c", command].map { (word: String) in strdup(word) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, words, environ)
    for descriptor in theirs where descriptor >= 0 { close(descriptor) }
    guard code == 0 else {
      for descriptor in [ours.input, ours.output, ours.messages] where descriptor >= 0 {
        close(descriptor)
      }
      throw OwnScoreError("the score command cannot be started: \(String(cString: strerror(code)))")
    }
    return (process, ours)
  }

  public func score(
    at points: Points, time: Double, level: NoiseLevel
  ) throws(OwnScoreError) -> Points {
    let question = Self.question(points, time: time, level: level)
    let size = points.values.count * MemoryLayout<Double>.size
    let answer = try pipes.withLock { (pipes) throws(OwnScoreError) in
      do throws(OwnScoreError) {
        return try exchange(question, size: size, through: &pipes)
      } catch {
        listen(&pipes)
        throw OwnScoreError(error.description + Self.said(pipes.lastWords))
      }
    }
    let values = answer.withUnsafeBytes { bytes in
      (0..<points.values.count).map {
        Double(
          bitPattern: UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
      }
    }
    return Points(values: values, dimension: points.dimension)
  }

  private static func question(_ points: Points, time: Double, level: NoiseLevel) -> [UInt8] {
    let words =
      [time, level.alpha, level.sigma].map(\.bitPattern)
      + [UInt64(points.count), UInt64(points.dimension)] + points.values.map { $0.bitPattern }
    return ([UInt64(8 * words.count)] + words).map(\.littleEndian).withUnsafeBytes { Array($0) }
  }

  /// Writes the question and reads the answer, whichever the pipes are ready for.
  private func exchange(
    _ question: [UInt8], size: Int, through pipes: inout Pipes
  ) throws(OwnScoreError) -> ArraySlice<UInt8> {
    let end = ContinuousClock.now + .seconds(timeLimit)
    var written = 0
    var answer: [UInt8] = []
    while true {
      if answer.count >= 8 {
        let length = answer[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length == UInt64(size) else {
          throw OwnScoreError("the score command answers with \(length) bytes where \(size) belong")
        }
        guard answer.count <= 8 + size else {
          throw OwnScoreError("the score command writes more than its answer of \(size) bytes")
        }
        if answer.count == 8 + size { return answer[8...] }
      }
      try wait(until: end, pipes, writes: written < question.count)
      listen(&pipes)
      if written < question.count {
        let count = question.withUnsafeBytes {
          send(
            pipes.input, $0.baseAddress?.advanced(by: written), question.count - written,
            Int32(MSG_NOSIGNAL))
        }
        if count > 0 { written += count }
        if count < 0, errno == EPIPE || errno == ECONNRESET { throw ended }
      }
      let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, used in
        used = max(0, read(pipes.output, buffer.baseAddress, buffer.count))
      }
      answer += piece
      if piece.isEmpty, isAtEnd(pipes) { throw ended }
    }
  }

  /// Waits until a pipe is ready.
  private func wait(
    until end: ContinuousClock.Instant, _ pipes: Pipes, writes: Bool
  ) throws(OwnScoreError) {
    var waiting = [pollfd(fd: pipes.output, events: Int16(POLLIN), revents: 0)]
    if writes { waiting.append(pollfd(fd: pipes.input, events: Int16(POLLOUT), revents: 0)) }
    // A program whose words nobody takes would wait for ever.
    waiting.append(pollfd(fd: pipes.messages, events: Int16(POLLIN), revents: 0))
    while true {
      let left = (end - .now) / .milliseconds(1)
      let ready =
        left > 0 ? poll(&waiting, nfds_t(waiting.count), Int32(min(left.rounded(.up), 1e9))) : 0
      if ready > 0 { return }
      guard ready < 0, errno == EINTR else {
        throw OwnScoreError("the score command gave no answer within \(timeLimit) s")
      }
    }
  }

  /// Takes what the program has written on standard error.
  private func listen(_ pipes: inout Pipes) {
    // One that never stops is not listened to for ever.
    for _ in 0..<16 where pipes.messages >= 0 {
      let piece = [UInt8](unsafeUninitializedCapacity: 1 << 12) { buffer, used in
        let count = read(pipes.messages, buffer.baseAddress, buffer.count)
        if count == 0 {
          close(pipes.messages)
          pipes.messages = -1
        }
        used = max(0, count)
      }
      guard !piece.isEmpty else { return }
      pipes.lastWords = (pipes.lastWords + piece).suffix(Self.messageLimit)
    }
  }

  /// The last line of what a program has said, behind a colon.
  private static func said(_ words: [UInt8]) -> String {
    let lines = String(decoding: words, as: UTF8.self).split(whereSeparator: \.isNewline)
    return lines.last.map { ": " + SafeText.sanitized(String($0), limit: 200) } ?? ""
  }

  /// Whether the program will write no more.
  private func isAtEnd(_ pipes: Pipes) -> Bool {
    var waiting = pollfd(fd: pipes.output, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) > 0 && waiting.revents & Int16(POLLIN) == 0
  }

  private var ended: OwnScoreError { OwnScoreError("the score command ended before its answer") }
}
