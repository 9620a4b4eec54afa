import Testing

@testable import TermPlot

@Suite struct OverlayTests {
  static let list = ChoiceList(
    "Sampler",
    choices: [.init("euler", summary: "first order"), .init("heun", summary: "second")],
    selected: 1)

  @Test("A choice list is a box in the middle that hides what is beneath")
  func choices() {
    var canvas = Canvas.marked(34, 6)
    Self.list.draw(into: &canvas, in: canvas.bounds)
    #expect(
      canvas.lines == [
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "xxxx╔▸Sampler ══════════════╗xxxxx", "xxxx║   euler  first order  ║xxxxx",
        "xxxx║ ▸ heun   second       ║xxxxx", "xxxx╚═══════════════════════╝xxxxx",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      ])
    let rows = canvas.regions.compactMap { region in
      if case .row(let index)? = region.target as? WidgetTarget {
        (index, region.area.y)
      } else {
        nil
      }
    }
    #expect(rows.map(\.0) == [0, 1] && rows.map(\.1) == [2, 3])
  }

  @Test("Where a summary is cut, that of the selected choice stands whole below the list")
  func wholeSummary() {
    var list = Self.list
    list.choices = (0..<9).map { .init("part\($0)", summary: "the part of number \($0) of all") }
    list.selected = 3
    let lines = Canvas.drawn(30, 14) { list.draw(into: &$0, in: $1) }
    #expect(lines[4].contains("▸ part3  the part of num…"))
    #expect(lines[10].contains("──────────────────────────"))
    #expect(lines[11].contains("the part of number 3 of") && lines[12].contains("all"))
    let wide = Canvas.drawn(60, 14) { list.draw(into: &$0, in: $1) }
    #expect(!wide.contains { $0.contains("║ ────") })
  }

  @Test("A query has a line above the choices and the cursor in it")
  func query() {
    var list = Self.list
    list.query = .init("he", cursor: 2)
    list.choices = []
    var canvas = Canvas(size: Size(columns: 60, rows: 12))
    list.draw(into: &canvas, in: canvas.bounds)
    let line = canvas.lines[canvas.cursor?.y ?? 0]
    #expect(line.contains("› he"))
    #expect(canvas.lines.contains { $0.contains("nothing matches") })
  }

  @Test("Long text scrolls to its end and no further")
  func scrolls() {
    let lines = (0..<40).map { TextOverlay.Line.entry(key: "k\($0)", description: "does \($0)") }
    var overlay = TextOverlay("Help", lines: lines, scroll: 1000)
    let area = Rect(x: 0, y: 0, width: 30, height: 10)
    #expect(overlay.maximumScroll(in: area) == 32)
    let end = Canvas.drawn(30, 10) { overlay.draw(into: &$0, in: $1) }
    #expect(end[8].contains("k39  does 39") && end[1].contains("▲") && !end[8].contains("▼"))
    overlay.scroll = -5
    let start = Canvas.drawn(30, 10) { overlay.draw(into: &$0, in: $1) }
    #expect(start[1].contains("k0") && start[8].contains("▼"))
  }
}
