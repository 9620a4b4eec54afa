import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// Values read at a place of a plot, by key and by click, and the hardware cursor.
@Suite struct CrosshairTests {
  private func footer(_ state: WorkbenchState) -> String { state.screen.lines.last ?? "" }

  @Test("+ reads the focused plot, arrows move it a cell, Esc leaves it before anything else")
  func keys() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.press(.character("2"), .character("z"), .character("+"))
    let first = try #require(state.shownCrosshair)
    #expect(footer(state).contains("step ") && footer(state).contains("smoothed "))
    #expect(footer(state).contains("batches ") && footer(state).contains("arrows move"))
    state.press(.left, .up)
    let second = try #require(state.shownCrosshair)
    let plot = try #require(state.focusedPlots.first)
    let width = plot.x.range.width / Double(plot.inner.width)
    #expect(abs(first.x - second.x - width) < 1e-9 * plot.x.range.width && second.y > first.y)
    for _ in 0..<500 { state.press(.left) }
    #expect(state.shownCrosshair?.x == plot.x.range.lower)
    state.press(.escape)
    #expect(state.crosshair == nil && state.isZoomed)
  }

  @Test("+ goes on to the next plot of the pane, and after the last one away")
  func cycles() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.press(.character("3"))
    var plots: [Int?] = []
    for _ in 0..<3 {
      state.press(.character("+"))
      plots.append(state.shownCrosshair?.plot)
    }
    #expect(plots == [0, 1, nil])
  }

  @Test("The first click gives a pane the keys, the second puts the crosshair there")
  func clicks() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    let area = try #require(
      state.areas(of: 1) { if case .plot = $0 { true } else { false } }.first)
    state.click(area)
    #expect(state.focus == 1 && state.crosshair == nil)
    state.click(area)
    let place = (area.x + area.width / 2, area.y + area.height / 2)
    #expect(state.screen[place.0, place.1].glyph == "✛")
    #expect(state.screen.cursor.map { $0 == place } == true)
    // It belongs to its pane, and is there again when the pane has the keys.
    state.press(.character("1"))
    #expect(state.shownCrosshair == nil && state.screen[place.0, place.1].glyph != "✛")
    state.press(.down, .character("2"))
    #expect(state.screen[place.0, place.1].glyph == "✛")
  }

  @Test("It stays at its values while the axes move")
  func stays() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.press(.character("2"), .character("+"))
    let before = state.shownCrosshair
    var later = try Fixture.snapshot(dimension: 2)
    later.progress.step = 8000
    state.receive(later)
    #expect(state.shownCrosshair == before && state.screen.cursor != nil)
  }

  @Test("Enter puts a particle down where the samples are read")
  func places() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.press(.character("4"), .character("+"), .right, .up)
    let read = try #require(state.shownCrosshair)
    #expect(state.live.sampleView == .scatter && footer(state).contains("within a cell"))
    state.press(.enter)
    #expect(state.live.sampleView == .trajectories && state.crosshair == nil)
    #expect(state.live.placed?.position == [read.x, read.y])
  }

  @Test("Where no plot has the keys + says so, on a page without plots too")
  func reasons() throws {
    var state = try Fixture.state(dimension: nil)
    state.press(.character("2"), .character("+"))
    #expect(state.notice?.text == "there are no samples yet")
    state.press(.character("p"), .character("+"))
    #expect(state.notice?.text.contains("no plot has the keys") == true)
  }

  @Test(
    "The hardware cursor is at the selected row, at the title of a plot, or where text is typed")
  func cursor() throws {
    var state = try Fixture.state()
    func row(_ state: WorkbenchState) throws -> String {
      let screen = state.screen
      return screen.lines[try #require(screen.cursor).y]
    }
    #expect(try row(state).contains("▸ learning rate"))
    state.press(.down)
    #expect(try row(state).contains("▸ batch"))
    state.press(.character("4"))
    #expect(try row(state).contains("▸Samples"))
    state.press(.character(":"))
    #expect(try row(state).hasPrefix(":"))
    state.press(.escape, .character("?"))
    #expect(try row(state).contains("This run"))
    state.press(.escape, .control("p"))
    state.type("pau")
    #expect(try row(state).contains("› pau"))
  }
}
