import Glibc
import Testing

extension EndToEnd {
  @Suite struct TerminalTests {
    private static let signals = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGABRT, SIGKILL]

    @Test("The terminal is given back whatever ends the program or its supervisor")
    func isRestored() async throws {
      try await TmuxSession.with { session in
        try await session.enter("stty -a > before")
        for signal in TerminalTests.signals {
          for isSupervisor in [false, true] {
            try await session.open("--paused")
            let processes = try await session.processes()
            kill(isSupervisor ? processes.supervisor.id : processes.program.id, signal)
            try await waitUntil("signal \(signal) ends the program") {
              processes.supervisor.state.map { $0 == "Z" } ?? true
                && processes.program.state.map { $0 == "Z" } ?? true
            }
            try await session.enter("clear; stty -a > after; cmp before after && echo same=yes")
            try await session.wait("the settings from before, signal \(signal)") {
              $0.lines.contains("same=yes")
            }
            #expect(try await session.value(of: "#{alternate_on}") == "0", "signal \(signal)")
          }
        }
      }
    }

    @Test func suspendsAndComesBack() async throws {
      try await TmuxSession.with { session in
        try await session.open()
        try await session.press("C-z", expecting: "the shell") { $0.contains("Stopped") }
        #expect(try await session.value(of: "#{alternate_on}") == "0")
        try await session.enter("fg")
        try await session.wait("the workbench again") { $0.header.contains("training") }
        try await session.press("q")
        try await session.waitForPrompt()
      }
    }

    @Test("After 200 resizes the screen equals a fresh draw")
    func survivesAStormOfResizes() async throws {
      try await TmuxSession.with { session in
        try await session.open("--steps 50")
        // Two strides that visit wide and narrow, high and low in every combination.
        for turn in 0..<200 {
          try await session.resize(columns: 1 + turn * 67 % 200, rows: 1 + turn * 23 % 60)
        }
        try await session.resize(columns: 80, rows: 24)
        try await session.wait("all panes") { $0.contains("Setup") && $0.contains("Samples") }
        try await session.waitUntilQuiet()
        let survived = try await session.screen()
        try await session.press("C-l")
        try await session.waitUntilQuiet()
        #expect(try await session.screen() == survived)
      }
    }

    @Test("Paused and measured, it writes nothing and nothing wakes")
    func isIdle() async throws {
      try await TmuxSession.with { session in
        try await session.open("--paused --set network.hidden=[16]")
        try await session.waitUntilQuiet()
        let program = try await session.processes().program
        let (bytes, switches) = (program.bytesWritten, program.voluntarySwitches)
        try await Task.sleep(for: .seconds(3))
        #expect(program.bytesWritten == bytes)
        #expect(program.voluntarySwitches == switches)
      }
    }
  }
}
