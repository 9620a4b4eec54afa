import Testing

@testable import CursesTerminal

@Suite struct GlyphsTests {
  @Test("Outside UTF-8 nothing above 126 is sent")
  func onlyASCII() {
    for value in UInt32(0)..<0x1_0000 {
      guard let glyph = Unicode.Scalar(value) else { continue }
      #expect(0x20..<0x7F ~= Glyphs.character(for: glyph, isUTF8: false), "U+\(value)")
    }
  }

  @Test("Boxes keep their shape in ASCII")
  func boxes() {
    let box = "┌─┐│└┘├┤┬┴┼╭╮╰╯═║".unicodeScalars.map { Character(Glyphs.standIn(for: $0)) }
    #expect(String(box) == "+-+|+++++++++++-|")
  }

  @Test("In UTF-8 plot glyphs stay, and control characters never pass")
  func unicode() {
    for glyph in "─█▀⣿é".unicodeScalars {
      #expect(Glyphs.character(for: glyph, isUTF8: true) == glyph.value)
    }
    for glyph in "\u{1B}\u{7F}\u{85}\u{9B}\u{AD}\n".unicodeScalars {
      #expect(Glyphs.character(for: glyph, isUTF8: true) == 0x3F)
    }
  }
}
