import Glibc

/// A process that was started with its three standard streams on named files.
///
/// Foundation's own starts are not used, because there a process counts as running as long as
/// anything it left behind runs, such as the server of tmux.
final class ChildProcess {
  /// Where the standard streams come from and go to.
  struct Streams {
    var input = "/dev/null"
    var output: String
    var errors: String
  }

  /// Why a process could not be started.
  struct Failure: Error, CustomStringConvertible {
    var program: String
    var code: Int32

    var description: String { "cannot start \(program): \(String(cString: strerror(code)))" }
  }

  let id: pid_t
  /// As the shell would report it, 128 and the signal's number for a killed one; nil while it runs.
  private var endStatus: Int32?

  init(
    _ program: String, _ arguments: [String], environment: [String: String], streams: Streams
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Read and write, as a terminal is opened.
    posix_spawn_file_actions_addopen(&actions, 0, streams.input, O_RDWR | O_NOCTTY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, streams.output, O_RDWR | O_NOCTTY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, streams.errors, O_RDWR | O_NOCTTY, 0)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") }
    defer { (words + variables).forEach { free($0) } }
    words.append(nil)
    variables.append(nil)
    var id = pid_t()
    let code = posix_spawn(&id, program, &actions, &attributes, words, variables)
    guard code == 0 else { throw Failure(program: program, code: code) }
    self.id = id
  }

  deinit {
    guard status == nil else { return }
    kill(id, SIGKILL)
    var status: Int32 = 0
    waitpid(id, &status, 0)
  }

  /// How it ended; nil while it runs.
  var status: Int32? {
    if let endStatus { return endStatus }
    var status: Int32 = 0
    guard waitpid(id, &status, WNOHANG) == id else { return nil }
    let signal = status & 0x7F
    endStatus = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    return endStatus
  }
}
