import Glibc
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
      shown += terminal.read()
      #expect(GivenBackTests.modesLeftOn(by: shown) == [])
    }

    @Test("A crash while the terminal reads nothing ends, and its report is printed")
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
      shown += terminal.read()
      #expect(GivenBackTests.modesLeftOn(by: shown) == [])
      #expect(String(decoding: shown, as: UTF8.self).contains("crashed"))
    }

    @Test("A signal ends the program while it still reads its configuration")
    func isEndedBeforeTheScreen() async throws {
      let folder = try TemporaryFolder()
      let path = folder.path + "/slow.yaml"
      try #require(mkfifo(path, 0o600) == 0)
      // A writer, so that the program waits for bytes.
      let writer = open(path, O_RDWR)
      defer { close(writer) }
      for (signal, isSupervisor) in [(SIGTERM, false), (SIGINT, true), (SIGQUIT, false)] {
        let terminal = try PseudoTerminal(columns: 80, rows: 24)
        let process = try terminal.start([path])
        try await waitUntil("the program") { ProcessFacts(id: process.id).children.count == 2 }
        let program = try #require(ProcessFacts(id: process.id).children.last)
        kill(isSupervisor ? process.id : program.id, signal)
        try await waitUntil("signal \(signal) acts") { process.status != nil }
        #expect(process.status == 128 + signal)
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
        try await session.wait("a stop") { $0.contains("Stopped") }
        #expect(try await session.value(of: "#{alternate_on}") == "0")
        try await session.enter("fg")
        try await session.wait("the workbench") { $0.step != nil }
        // Stopped from outside with the screen up, it stays stopped when it goes on behind.
        let processes = try await session.processes()
        kill(processes.program.id, SIGSTOP)
        try await session.waitForPrompt()
        try await session.enter("bg; sleep 0.5; jobs > state")
        try await waitUntil("the shell's answer") {
          String(decoding: try session.folder.read("state"), as: UTF8.self).contains("Stopped")
        }
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
