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
      var canvas = Canvas(size: Size(columns: 20, rows: 7))
      list.draw(into: &canvas, in: area)
      let isRegistered = canvas.regions.contains { region in
        if case .row(selected)? = region.target as? WidgetTarget {
          region.area.y == index
        } else {
          false
        }
      }
      #expect(isRegistered)
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

  @Test("Arrows to the neighbours stand in the selected row with the keys, where there is room")
  func steps() {
    let row = FormList.Row("rate", value: "0.001", hasSteps: true)
    func steps(_ row: FormList.Row, width: Int, isFocused: Bool = true) -> [Bool] {
      var canvas = Canvas(size: Size(columns: width, rows: 1))
      FormList(rows: [row], selected: 0, isFocused: isFocused)
        .draw(into: &canvas, in: canvas.bounds)
      return canvas.regions.compactMap { region in
        guard case .step(let isUp)? = region.target as? WidgetTarget else { return nil }
        let glyph = canvas[region.area.x + (isUp ? 1 : 0), 0].glyph
        #expect(glyph == (isUp ? "▸" : "◂"))
        return isUp
      }
    }
    #expect(steps(row, width: 20) == [false, true])
    #expect(steps(row, width: 14).isEmpty && steps(row, width: 20, isFocused: false).isEmpty)
    #expect(steps(.init("rate", value: "0.001"), width: 20).isEmpty)
  }
}
