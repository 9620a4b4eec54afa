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

  @Test("A note loses whole facts from its end, and no number is cut")
  func facts() {
    func note(_ columns: Int) -> String {
      let row = draw(Panel("S", note: "t 0.001, step 36.2k, seed 7", marks: .ascii), columns, 3)[0]
      return row.filter { $0 != "+" && $0 != "-" }.split(separator: "S ").last.map(String.init)
        ?? ""
    }
    #expect(note(60) == " t 0.001, step 36.2k, seed 7 ")
    #expect(note(36) == " t 0.001, step 36.2k, seed 7 ")
    #expect(note(34) == " t 0.001, step 36.2k ")
    #expect(note(20) == " t 0.001 ")
    #expect(!note(13).contains("0"))
    #expect(draw(Panel("S", note: "a change restarts"), 20, 3)[0] == "┌ S ─ a change re…─┐")
  }

  @Test("A title too long is cut with an ellipsis")
  func cut() {
    #expect(draw(Panel("Held-out loss"), 10, 3)[0] == "┌ Held-o…┐")
    #expect(draw(Panel("Held-out loss", marks: .ascii), 10, 3)[0] == "+ Held-o~+")
  }
}
