import Testing

@testable import TermPlot

@Suite struct PanelTests {
  private func draw(_ panel: Panel, _ columns: Int = 20, _ rows: Int = 3) -> [String] {
    var canvas = Canvas.marked(columns, rows)
    panel.draw(into: &canvas, in: canvas.bounds)
    return canvas.lines
  }

  @Test("A panel has a title, a note and a hint, and leaves its content alone")
  func boxed() {
    #expect(
      draw(Panel("Loss", note: "step 9", hint: "g log")) == [
        "┌ Loss ─── step 9 ─┐", "│xxxxxxxxxxxxxxxxxx│", "└────────── g log ─┘",
      ])
  }

  @Test("Focus shows without colour", arguments: Marks.allCases)
  func focus(marks: Marks) {
    let plain = draw(Panel("Loss", marks: marks))
    let focused = draw(Panel("Loss", isFocused: true, marks: marks))
    #expect(zip(plain, focused).allSatisfy { $0 != $1 })
    if marks == .ascii {
      #expect(focused == ["+>Loss ============+", "#xxxxxxxxxxxxxxxxxx#", "+==================+"])
    }
  }

  @Test("A compact panel is one row")
  func compact() {
    let panel = Panel("Loss", note: "9", isFocused: true, isCompact: true)
    #expect(
      draw(panel, 12, 3) == ["▸Loss ═══ 9 ", "xxxxxxxxxxxx", "xxxxxxxxxxxx"])
    #expect(panel.inner(of: Rect(x: 0, y: 0, width: 12, height: 3)).height == 2)
  }

  @Test("A title too long is cut with an ellipsis")
  func cut() {
    #expect(draw(Panel("Held-out loss"), 10, 3)[0] == "┌ Held-o…┐")
    #expect(draw(Panel("Held-out loss", marks: .ascii), 10, 3)[0] == "+ Held-o~+")
  }
}
