import Foundation
import Synchronization
import TestSupport
import Testing

/// A shell in a terminal of its own, in which the program is started, typed at and looked at.
///
/// The terminal is tmux, with a server and a socket for this session alone, so nothing of the
/// user's is read or touched.
final class TmuxSession {
  /// The terminal and the environment of the shell.
  struct Setting {
    var columns = 80
    var rows = 24
    var locale = "C.UTF-8"
    var term = "screen-256color"
    var environment: [String: String] = [:]
  }

  /// What the shell writes when it waits for a command.
  static let prompt = "ready$"

  private static let count = Atomic(0)
  private let socket: String
  private let setting: Setting
  let folder: TemporaryFolder

  /// Opens a session for the length of `body`; the terminal and all that runs in it then end,
  /// whatever happened.
  static func with(
    _ setting: Setting = Setting(), _ body: (TmuxSession) async throws -> Void
  ) async throws {
    let session = try TmuxSession(setting)
    let failure: (any Error)?
    do {
      try await session.start()
      try await body(session)
      failure = nil
    } catch {
      failure = error
    }
    await session.end()
    if let failure { throw failure }
  }

  private init(_ setting: Setting) throws {
    self.setting = setting
    let number = TmuxSession.count.add(1, ordering: .relaxed).newValue
    socket = "scorefield-test-\(getpid())-\(number)"
    folder = try TemporaryFolder()
  }

  private func start() async throws {
    var command = ["-f", "/dev/null", "start-server"]
    for option in [
      ["status", "off"], ["default-terminal", setting.term], ["history-limit", "2000"],
    ] {
      command += [";", "set-option", "-g"] + option
    }
    command += [
      ";", "new-session", "-d", "-x", "\(setting.columns)", "-y", "\(setting.rows)", "-c",
      folder.path,
    ]
    let environment = [
      "LC_ALL": setting.locale, "HOME": folder.path,
      "COLORTERM": "", "NO_COLOR": "", "SCOREFIELD_STORE": "off",
      "SCOREFIELD_TOUR": "off",
    ].merging(setting.environment) { _, given in given }
    for (name, value) in environment { command += ["-e", "\(name)=\(value)"] }
    // tmux starts it through a shell that is not interactive, and such a shell drops PS1.
    command += ["exec env PS1='\(TmuxSession.prompt) ' bash --norc --noprofile -i"]
    try await tmux(command)
    try await tmux(["set-option", "-w", "window-size", "manual"])
    try await wait("the shell's prompt") { $0.contains(TmuxSession.prompt) }
  }

  // MARK: Typing

  /// Presses keys by tmux's names, such as `Tab`, `Escape`, `C-l` or `q`.
  func press(_ keys: String...) async throws { try await tmux(["send-keys"] + keys) }

  /// Types text as it is.
  func type(_ text: String) async throws { try await tmux(["send-keys", "-l", text]) }

  /// Types a command into the shell.
  func enter(_ command: String) async throws {
    try await type(command)
    try await press("Enter")
  }

  /// Types the program's name and arguments into the shell; the first screen with a step.
  @discardableResult
  func open(_ arguments: String = "") async throws -> Screen {
    try await enter("\(BuiltProgram.path()) \(arguments)")
    return try await wait("the workbench") { $0.step != nil }
  }

  func resize(columns: Int, rows: Int) async throws {
    try await tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// Keeps a copy of every byte that is written to the terminal from now on, in a file.
  func recordOutput(to name: String) async throws {
    try await tmux(["pipe-pane", "-O", "cat > '\(folder.path)/\(name)'"])
  }

  // MARK: Looking

  func screen() async throws -> Screen {
    let text = try await tmux(["capture-pane", "-p"])
    return Screen(
      lines: text.split(separator: "\n", omittingEmptySubsequences: false)
        .dropLast().map(String.init))
  }

  /// The screen's text with the escape sequences of its colours and attributes.
  func colouredScreen() async throws -> String { try await tmux(["capture-pane", "-p", "-e"]) }

  /// A format of tmux, such as `#{alternate_on}`.
  func value(of format: String) async throws -> String {
    try await tmux(["display-message", "-p", format]).trimmingCharacters(in: .newlines)
  }

  /// Looks at the screen until a condition holds, and returns that screen.
  @discardableResult
  func wait(
    _ condition: String, within deadline: Duration = patience, until holds: (Screen) -> Bool
  ) async throws -> Screen {
    let end = ContinuousClock.now + deadline
    while true {
      let screen = try await screen()
      if holds(screen) { return screen }
      guard ContinuousClock.now < end else {
        throw TimedOut(condition: condition, evidence: "\(screen)")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Presses keys and waits for what they should bring about.
  @discardableResult
  func press(
    _ keys: String..., expecting condition: String, until holds: (Screen) -> Bool
  ) async throws -> Screen {
    try await tmux(["send-keys"] + keys)
    return try await wait(condition, until: holds)
  }

  /// Waits for the shell's prompt below everything else.
  func waitForPrompt() async throws {
    try await wait("the shell's prompt at the end") {
      $0.lines.last { !$0.isEmpty } == TmuxSession.prompt
    }
  }

  // MARK: Processes

  /// The processes of the program: the supervisor and the one that draws.
  func processes() async throws -> (supervisor: ProcessFacts, program: ProcessFacts) {
    let text = try await value(of: "#{pane_pid}")
    let shell = ProcessFacts(id: try #require(pid_t(text)))
    let supervisor = try #require(shell.children.first, "the shell runs nothing")
    // The keeper of the terminal was started first.
    let program = try #require(supervisor.children.last, "nobody is supervised")
    return (supervisor, program)
  }

  /// Waits until the program has neither written nor woken for half a second.
  func waitUntilQuiet() async throws {
    let program = try await processes().program
    var before: (Int?, Int) = (nil, -1)
    try await waitUntil("the program is quiet", every: .milliseconds(500)) {
      let now = (program.bytesWritten, program.voluntarySwitches)
      defer { before = now }
      return now == before && !program.isComputing
    }
  }

  // MARK: tmux

  @discardableResult
  private func tmux(_ arguments: [String]) async throws -> String {
    let command = ["tmux", "-u", "-L", socket] + arguments
    let outcome = try await BuiltProgram.start(
      "/usr/bin/env", command, environment: ["LC_ALL": "C.UTF-8", "TERM": "xterm"]
    ).outcome()
    guard outcome.status == 0 else {
      throw TimedOut(condition: command.joined(separator: " "), evidence: outcome.errorText)
    }
    return outcome.outputText
  }

  private func end() async {
    _ = try? await tmux(["kill-server"])
  }
}
