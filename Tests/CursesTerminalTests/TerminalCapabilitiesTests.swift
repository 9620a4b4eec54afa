import TermPlot
import Testing

@testable import CursesTerminal

@Suite struct TerminalCapabilitiesTests {
  @Test(
    "The Linux console draws braille only with a font that has it",
    arguments: [
      ("linux", true, true), ("linux", false, false), ("linux", nil, false),
      ("linux-16color", false, false), ("xterm-256color", false, true), ("xterm", nil, true),
    ] as [(String, Bool?, Bool)])
  func console(term: String, font: Bool?, expected: Bool) {
    let found = TerminalCapabilities.detect(
      environment: { $0 == "TERM" ? term : nil }, consoleShows: { _ in font })
    #expect(found.hasBraille == expected)
    #expect(found.marks == (found.isUTF8 ? (expected ? .braille : .halfBlock) : .ascii))
  }

  @Test("A descriptor that is no console says nothing about its font")
  func noConsole() {
    #expect(TerminalCapabilities.consoleShows(0x28FF) == nil)
  }
}
