import Testing

@testable import TermPlot

@Suite struct TextDumpTests {
  @Test("A dump shows glyphs and how they are drawn")
  func dump() {
    var canvas = Canvas(size: Size(columns: 6, rows: 1))
    canvas.write("ab", x: 0, y: 0, style: Style(.error))
    canvas.write("c", x: 2, y: 0, style: Style(.title, attributes: .bold))
    canvas[4, 0] = Cell("▀", Style(foreground: .ramp(1), background: .ramp(0)))
    let dump = TextDump(canvas)
    #expect(dump.lines == ["abc ▀ "])
    #expect(dump.styles == ["rrN 9 "])
    #expect(dump.backgrounds == ["    0 "])
  }

  @Test("Every role has a letter of its own")
  func lettersAreDistinct() {
    let letters = StyleRole.allCases.map { TextDump.letter(of: .role($0)) }
    #expect(Set(letters).count == StyleRole.allCases.count)
  }
}
