import TermPlot
import Testing

@testable import CursesTerminal

@Suite struct EntryChoiceTests {
  /// Colours by entry, as terminfo has them.
  private static let entries = [
    "xterm": 8, "xterm-256color": 256, "xterm-direct": 1 << 24, "vt100": 0, "dumb": -2,
    "kitty-direct": 1 << 24, "rxvt-16color": 16, "screen-256color": 256,
  ]

  private func choice(
    _ term: String, colorTerm: String = "", isColorless: Bool = false, wanted: ColorTier? = nil
  ) -> EntryChoice {
    EntryChoice(
      term: term, colorTerm: colorTerm, isColorless: isColorless, preferredTier: wanted,
      colorsOfEntry: { Self.entries[$0] ?? -1 })
  }

  @Test(
    "The tier is what the entry has",
    arguments: [
      ("xterm-256color", ColorTier.ansi256), ("xterm", .ansi16), ("rxvt-16color", .ansi16),
      ("vt100", .mono), ("xterm-direct", .truecolor),
    ])
  func tierOfEntry(term: String, tier: ColorTier) {
    let choice = choice(term)
    #expect(choice.tier == tier)
    #expect(choice.entryName == term)
    #expect(choice.problem == nil)
  }

  @Test("True colour needs both the word of COLORTERM and an entry")
  func trueColor() {
    #expect(choice("xterm-256color", colorTerm: "truecolor").tier == .truecolor)
    #expect(choice("xterm-256color", colorTerm: "24bit").entryName == "xterm-direct")
    #expect(choice("xterm-256color", colorTerm: "yes").tier == .ansi256)
    #expect(choice("screen-256color", colorTerm: "truecolor").tier == .ansi256)
    #expect(choice("xterm-kitty", colorTerm: "truecolor").entryName == "kitty-direct")
  }

  @Test("NO_COLOR means no colour, whatever the terminal can do")
  func noColor() {
    for term in ["xterm", "xterm-256color", "xterm-direct"] {
      let choice = choice(term, colorTerm: "truecolor", isColorless: true)
      #expect(choice.tier == .mono)
      #expect(choice.problem == nil)
    }
  }

  @Test("A wanted tier outweighs the environment but not the terminal")
  func wantedTier() {
    #expect(choice("xterm-256color", isColorless: true, wanted: .ansi256).tier == .ansi256)
    #expect(choice("xterm-256color", colorTerm: "truecolor", wanted: .ansi16).tier == .ansi16)
    #expect(choice("xterm-256color", wanted: .truecolor).tier == .truecolor)
    #expect(choice("xterm", wanted: .ansi256).tier == .ansi16)
    #expect(choice("vt100", wanted: .truecolor).tier == .mono)
  }

  @Test("A terminal newer than terminfo borrows the entry of its family")
  func relative() {
    #expect(choice("xterm-ghostty").entryName == "xterm-256color")
    #expect(choice("tmux-256color").entryName == "screen-256color")
    #expect(choice("foot").tier == .ansi256)
  }

  @Test("What cannot show a screen says why in one line")
  func problems() throws {
    #expect(choice("").problem == .unnamed)
    #expect(choice("nonsense").problem == .unknown(name: "nonsense"))
    #expect(choice("dumb").problem == .cannotPlaceCursor(name: "dumb"))
    let text = try #require(choice("nonsense").problem?.description)
    #expect(text.contains("TERM=nonsense") && !text.contains("\n"))
  }
}
