import Testing

@testable import TermPlot

@Suite struct FormListTests {
  static let rows: [FormList.Row] = [
    .init("Training", isHeading: true),
    .init("rate", value: "0.001", marker: "live"),
    .init("hidden", value: "128, 128, 128", marker: "restart"),
  ]

  @Test("Labels, values and markers stand in columns")
  func columns() {
    let lines = Canvas.drawn(34, 3) {
      FormList(rows: Self.rows, selected: 1).draw(into: &$0, in: $1)
    }
    #expect(
      lines == [
        " Training", "▸ rate   0.001             live", "  hidden 128, 128, 128     restart",
      ])
  }

  @Test("A value too long is cut, and markers give way to values")
  func narrow() {
    let lines = Canvas.drawn(18, 3) { FormList(rows: Self.rows).draw(into: &$0, in: $1) }
    #expect(lines == [" Training", "  rate   0.001", "  hidden 128, 128…"])
  }

  @Test("The selection is always in view, and arrows say where there is more")
  func scrolls() {
    let rows = (0..<30).map { FormList.Row("row \($0)", value: "1") }
    for selected in 0..<30 {
      let list = FormList(rows: rows, selected: selected)
      let area = Rect(x: 0, y: 0, width: 20, height: 7)
      let lines = Canvas.drawn(20, 7) { list.draw(into: &$0, in: $1) }
      let index = lines.firstIndex { $0.hasPrefix("▸ row \(selected) ") }
      #expect(index.map { list.row(atCanvasRow: $0, in: area) } == selected)
      #expect(lines[0].hasSuffix("▲") == (lines[0] != lines.first { $0.contains("row 0 ") }))
      #expect(lines[6].hasSuffix("▼") == !lines[6].contains("row 29"))
    }
  }

  @Test("Text under edit scrolls with the cursor, which is where the terminal's is")
  func editing() {
    let text = "0123456789abcdef"
    for cursor in [0, 5, 16, 99, -3] {
      var canvas = Canvas(size: Size(columns: 16, rows: 1))
      let row = FormList.Row("rate", value: "1", editing: .init(text, cursor: cursor))
      FormList(rows: [row], selected: 0, isFocused: true).draw(into: &canvas, in: canvas.bounds)
      let place = canvas.cursor?.x ?? -1
      #expect((7..<16).contains(place))
      #expect(canvas[place, 0].style.attributes.contains(.reverse))
      let clamped = min(max(0, cursor), 16)
      let expected = clamped < 16 ? Array(text.unicodeScalars)[clamped] : " "
      #expect(canvas[place, 0].glyph == expected)
    }
  }
}
