import Glibc

/// A terminal that is read only when the test reads it.
final class PseudoTerminal {
  /// TIOCSPTLCK and TIOCGPTN of Linux, which Swift does not import.
  private static let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
  /// Where the program's side of the terminal is.
  let path: String
  private let descriptor: Int32

  /// Opens a terminal of a size, with nobody on the other side yet.
  init(columns: UInt16, rows: UInt16) throws {
    // posix_openpt and its company are not in the Glibc module; these are what they call.
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: Int32 = 0
    var lock: Int32 = 0
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard descriptor >= 0, ioctl(descriptor, Self.setLock, &lock) == 0,
      ioctl(descriptor, Self.getNumber, &number) == 0,
      ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0
    else { throw ChildProcess.Failure(program: "a terminal", code: errno) }
    path = "/dev/pts/\(number)"
  }

  deinit { close(descriptor) }

  /// How many bytes wait to be read.
  var waitingBytes: Int {
    var count: Int32 = 0
    _ = ioctl(descriptor, UInt(FIONREAD), &count)
    return Int(count)
  }

  func type(_ text: String) { type(Array(text.utf8)) }

  /// Types bytes, which need be no text; waits while the line is full.
  func type(_ bytes: [UInt8]) { _ = write(descriptor, bytes, bytes.count) }

  /// Whether the line waits for whole lines and shows what is typed, as a shell leaves it.
  var isCooked: Bool {
    // The master speaks for the other side, which nobody may have open.
    var settings = termios()
    let wanted = tcflag_t(ICANON | ECHO | ISIG)
    return tcgetattr(descriptor, &settings) == 0 && settings.c_lflag & wanted == wanted
      && settings.c_oflag & tcflag_t(OPOST) != 0
  }

  /// Reads what waits, up to 64 KiB.
  func read() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    guard waitingBytes > 0 else { return [] }
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
  }

  /// Reads until nothing comes for a while; a terminal hands out 4 KiB at once.
  func readAll() async throws -> [UInt8] {
    var (bytes, pauses) = ([UInt8](), 0)
    while pauses < 5 {
      let more = read()
      bytes += more
      pauses = more.isEmpty ? pauses + 1 : 0
      if more.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
    }
    return bytes
  }

  /// Starts the program on this terminal, in a process group of its own.
  func start(
    _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> ChildProcess {
    let usual = [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
      "SCOREFIELD_STORE": "off",
    ]
    return try ChildProcess(
      BuiltProgram.path(), arguments,
      environment: usual.merging(environment) { _, given in given },
      streams: .init(input: path, output: path, errors: path))
  }

  /// Waits until the terminal holds as much as it takes: half a second without one byte more.
  func waitUntilFull() async throws {
    var before = -1
    try await waitUntil("a full terminal", every: .milliseconds(500)) {
      defer { before = waitingBytes }
      return before > 1000 && waitingBytes == before
    }
  }
}
