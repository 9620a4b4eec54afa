import Glibc
import TestSupport
import Testing

extension EndToEnd {
  /// What no process of the job can see to, because it is killed, stalled or not there yet.
  @Suite struct GivenBackTests {
    @Test(
      "A KILL of the whole group leaves a sane terminal and no process", arguments: [false, true])
    func survivesTheGroup(isStalled: Bool) async throws {
      let terminal = try PseudoTerminal(columns: 200, rows: 60)
      let process = try terminal.start()
      var shown = try await waitForScreen(on: terminal)
      let others = ProcessFacts(id: process.id).children
      if isStalled { try await terminal.waitUntilFull() }
      kill(-process.id, SIGKILL)
      try await waitUntil("the line as it was") { terminal.isCooked }
      try await waitUntil("no process left") {
        process.status != nil && others.allSatisfy { ["Z", nil].contains($0.state) }
      }
      shown += try await terminal.readAll()
      #expect(GivenBackTests.modesLeftOn(by: shown) == [])
    }

    @Test("The screen is entered once, and scrolling is not limited")
    func entersOnce() async throws {
      let terminal = try PseudoTerminal(columns: 80, rows: 60)
      let process = try terminal.start(["--paused"])
      let shown = String(decoding: try await waitForScreen(on: terminal), as: UTF8.self)
      kill(process.id, SIGTERM)
      #expect(shown.matches(of: #/\u{1B}\[\?1049h/#).count == 1)
      #expect(!shown.contains(#/\u{1B}\[\d*;\d*r/#))
    }

    @Test("A crash while the terminal reads nothing ends, and gives the terminal back")
    func crashesInFrontOfAStalledTerminal() async throws {
      let terminal = try PseudoTerminal(columns: 200, rows: 60)
      // Without the names it takes a fraction of a second.
      let process = try terminal.start(environment: ["SWIFT_BACKTRACE": "symbolicate=off"])
      var shown = try await waitForScreen(on: terminal)
      try await terminal.waitUntilFull()
      let program = try #require(ProcessFacts(id: process.id).children.last)
      kill(program.id, SIGSEGV)
      try await waitUntil("the end") { process.status != nil }
      #expect(process.status == 128 + SIGSEGV)
      #expect(terminal.isCooked)
      shown += try await terminal.readAll()
      #expect(GivenBackTests.modesLeftOn(by: shown) == [])
      #expect(String(decoding: shown, as: UTF8.self).contains("crashed"))
    }

    @Test("A program that is killed while its crash is reported leaves no process")
    func reportOfAKilledProgram() async throws {
      let terminal = try PseudoTerminal(columns: 80, rows: 24)
      let process = try terminal.start(["--paused"])
      _ = try await waitForScreen(on: terminal)
      let program = try #require(ProcessFacts(id: process.id).children.last)
      kill(program.id, SIGSEGV)
      try await waitUntil("the backtracer", every: .milliseconds(1)) { !program.children.isEmpty }
      let reporters = program.children
      kill(program.id, SIGKILL)
      try await waitUntil("the end") { process.status != nil }
      #expect(terminal.isCooked && reporters.allSatisfy { ["Z", nil].contains($0.state) })
    }

    @Test("A signal ends the program while it still reads its themes")
    func isEndedBeforeTheScreen() async throws {
      let folder = try TemporaryFolder()
      // Some tenths of a second to read.
      for number in 0..<2000 { try folder.write("name: x", to: "\(number).yaml") }
      for (signal, isSupervisor) in [(SIGTERM, false), (SIGINT, true), (SIGQUIT, false)] {
        let terminal = try PseudoTerminal(columns: 80, rows: 24)
        let process = try terminal.start(["--themes", folder.path])
        try await waitUntil("the program", every: .milliseconds(1)) {
          ProcessFacts(id: process.id).children.count == 2
        }
        let program = try #require(ProcessFacts(id: process.id).children.last)
        kill(isSupervisor ? process.id : program.id, signal)
        try await waitUntil("signal \(signal) acts") { process.status != nil }
        #expect(process.status == 128 + signal)
        let shown = String(decoding: try await terminal.readAll(), as: UTF8.self)
        #expect(!shown.contains("\u{1B}[?1049h"), "it waited for the first frame")
      }
    }

    @Test("SIGTSTP is never ignored while frames are drawn")
    func keepsStopSignals() async throws {
      let terminal = try PseudoTerminal(columns: 200, rows: 60)
      let process = try terminal.start(["--fps", "120"])
      _ = try await waitForScreen(on: terminal)
      let program = try #require(ProcessFacts(id: process.id).children.last)
      for _ in 0..<400 {
        _ = terminal.read()
        #expect(!program.ignores(SIGTSTP))
        usleep(1000)
      }
    }

    @Test("In the background it stops before it draws, and draws in the foreground")
    func waitsInTheBackground() async throws {
      try await TmuxSession.with { session in
        try await session.enter("\(BuiltProgram.path()) &")
        try await waitForStop(of: session, saying: "first")
        #expect(try await session.value(of: "#{alternate_on}") == "0")
        try await session.enter("fg")
        try await session.wait("the workbench") { $0.step != nil }
        // Stopped from outside with the screen up, it stays stopped when it goes on behind.
        let processes = try await session.processes()
        kill(processes.program.id, SIGSTOP)
        try await session.waitForPrompt()
        try await session.enter("bg")
        try await waitForStop(of: session, saying: "second")
        #expect(try await session.value(of: "#{alternate_on}") == "0")
        try await session.enter("fg")
        try await session.wait("the workbench again") { $0.step != nil }
        try await session.press("q")
        try await session.waitForPrompt()
      }
    }

    @Test func needsNoStandardError() async throws {
      try await TmuxSession.with { session in
        try await session.open("--paused 2>&-; echo status=$?")
        try await session.press("q", expecting: "status 0") { $0.contains("status=0") }
      }
    }

    /// Waits until the shell knows that its job has stopped.
    private func waitForStop(of session: TmuxSession, saying word: String) async throws {
      try await session.enter(
        "until jobs > state; grep -q Stopped state; do sleep 0.1; done; echo stop=\(word)")
      try await session.wait("a stop") { $0.lines.contains("stop=\(word)") }
    }

    /// Reads until a first frame is complete; everything that was read.
    private func waitForScreen(on terminal: PseudoTerminal) async throws -> [UInt8] {
      var bytes: [UInt8] = []
      try await waitUntil("a screen", every: .milliseconds(10)) {
        bytes += terminal.read()
        return String(decoding: bytes, as: UTF8.self).contains("\u{1B}[?2026l")
      }
      return bytes
    }

    /// The modes that a shell expects to be off, and 25 if the cursor is hidden.
    private static func modesLeftOn(by bytes: [UInt8]) -> Set<String> {
      var left: Set<String> = []
      let text = String(decoding: bytes, as: UTF8.self)
      for match in text.matches(of: #/\u{1B}\[\?([\d;]+)([hl])/#) {
        for mode in match.1.split(separator: ";").map(String.init) {
          let isLeft = (match.2 == "h") != (mode == "25")
          if isLeft { left.insert(mode) } else { left.remove(mode) }
        }
      }
      return left
    }
  }
}
