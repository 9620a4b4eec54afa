import Testing

@testable import TermPlot

@Suite struct MarksTests {
  @Test(
    "Text is wrapped between words, and what does not fit ends with an ellipsis",
    arguments: [
      ("short", 10, 3, ["short"]), ("one two three", 7, 3, ["one two", "three"]),
      ("one two three", 8, 3, ["one two", "three"]), ("one two three", 5, 2, ["one", "two …"]),
      ("one two three", 13, 1, ["one two three"]), ("one two three", 12, 1, ["one two thr…"]),
      ("abcdefgh", 3, 5, ["abc", "def", "gh"]), ("a b", 0, 3, []), ("a b", 3, 0, []),
      ("", 5, 2, [""]), (" a  b", 3, 2, [" a ", "b"]),
    ] as [(String, Int, Int, [String])])
  func wrap(text: String, width: Int, rows: Int, lines: [String]) {
    #expect(Marks.braille.wrap(text, width: width, rows: rows) == lines)
  }

  @Test("No line is longer than the width, and with rows enough no word is lost")
  func wrapKeepsWords() {
    let text = "the horizon keeps 0.7% of the data: samples start from the wrong place"
    let words = text.split(separator: " ")
    for width in 8...80 {
      let lines = Marks.ascii.wrap(text, width: width, rows: 80)
      #expect(lines.allSatisfy { $0.count <= width })
      #expect(lines.flatMap { $0.split(separator: " ") } == words)
    }
  }
}
