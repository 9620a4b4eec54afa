import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// Looking closer at plots and moving over them.
@Suite struct PlotWindowTests {
  /// The first plot of the focused pane, which has the keys.
  private func plot(_ state: WorkbenchState) throws -> PlacedPlot {
    try #require(state.focusedPlots.first)
  }

  private func isNear(_ one: Double, _ other: Double) -> Bool {
    abs(one - other) <= 1e-9 * max(1, abs(other))
  }

  @Test("Z shows two thirds of each axis about its middle, X the whole again")
  func closer() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    for focus in [2, 3] {
      state.focus = focus
      let (before, screen) = (try plot(state), state.screen)
      state.press(.character("Z"))
      let after = try plot(state)
      for (old, new) in [(before.x, after.x), (before.y, after.y)] {
        #expect(isNear(new.fraction(of: old.value(at: 1.0 / 6)) ?? 9, 0))
        #expect(isNear(new.fraction(of: old.value(at: 5.0 / 6)) ?? 9, 1))
      }
      #expect(state.screen.lines.joined().contains("part of it"))
      state.press(.character("X"))
      #expect(state.screen == screen)
    }
  }

  @Test("The loss is seen closer about its newest value, which stays where it is")
  func focalPoint() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.focus = 1
    let newest = try #require(LossPane().focalPoint(state))
    let before = try plot(state)
    for _ in 0..<4 { state.press(.character("Z")) }
    let after = try plot(state)
    #expect(after.x.range.width < before.x.range.width / 4)
    let places = [before, after].map { $0.x.fraction(of: newest.x) ?? 9 }
    #expect(isNear(places[0], places[1]))
    #expect(after.y.range.lower < newest.y && newest.y < after.y.range.upper)
  }

  @Test("H J K L move by a fifth of what is in view, 0 shows the whole")
  func moving() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.focus = 3
    let (before, screen) = (try plot(state), state.screen)
    let ways: [(Character, x: Double, y: Double)] = [
      ("H", -0.2, 0), ("J", 0, -0.2), ("K", 0, 0.2), ("L", 0.2, 0),
    ]
    for (key, x, y) in ways {
      state.press(.character(key))
      let after = try plot(state)
      #expect(isNear(before.x.fraction(of: after.x.range.lower) ?? 9, x), "\(key)")
      #expect(isNear(before.y.fraction(of: after.y.range.lower) ?? 9, y), "\(key)")
      state.press(.character("0"))
      #expect(state.screen == screen)
    }
  }

  @Test("Clouds, particles and score of the plane show one part, at every time")
  func sharedAxes() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.focus = 3
    for _ in 0..<3 { state.press(.character("Z")) }
    let part = try plot(state)
    #expect(state.focusedPlots.count == 2)
    for _ in SampleView.allCases {
      state.press(.character("v"))
      for time in ["<", ">"] {
        state.press(.character(Character(time)))
        for other in state.focusedPlots {
          // The plots of the views differ in height, so the longer axis may be wider.
          #expect(other.x.range.lower <= part.x.range.lower + 1e-9)
          #expect(other.x.range.upper >= part.x.range.upper - 1e-9)
          #expect(
            min(
              other.x.range.width / part.x.range.width, other.y.range.width / part.y.range.width)
              < 1 + 1e-9)
        }
      }
    }
  }

  @Test("A plot under a cell is seen closer about that cell, and dragged by cells")
  func pointing() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.focus = 3
    let before = try plot(state)
    let (column, row) = (before.inner.x + 5, before.inner.y + 3)
    let value = before.value(column: column, row: row)
    let isZoomed = state.zoomPlot(by: 2, atX: column, y: row)
    #expect(isZoomed)
    let after = try plot(state)
    let there = after.value(column: column, row: row)
    // Wider labels may take columns from the plot.
    let cell = after.x.range.width / Double(after.inner.width)
    #expect(abs(there.x - value.x) <= 2 * cell && abs(there.y - value.y) <= 2 * cell)
    #expect(isNear(after.x.range.width, before.x.range.width / 2))
    state.panPlot(after, ofPane: 3, columns: 4, rows: -2)
    let dragged = try plot(state).value(column: column + 4, row: row - 2)
    #expect(abs(dragged.x - there.x) <= cell && abs(dragged.y - there.y) <= cell)
    let isZoomedOutside = state.zoomPlot(by: 2, atX: 0, y: 0)
    #expect(!isZoomedOutside)
  }

  @Test("There is a closest and a farthest view, and a pane without a plot says so")
  func limits() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.focus = 3
    for _ in 0..<60 { state.press(.character("Z")) }
    #expect(state.notice?.text == "no plot is seen from closer")
    let range = try plot(state).x.range
    #expect(range.width > 0 && range.width < 1e-4)
    for _ in 0..<120 { state.press(.character("X")) }
    #expect(state.notice?.text == "no plot is seen from farther off")
    state.press(.character("0"))
    state.focus = 0
    state.press(.character("Z"))
    #expect(state.notice?.text.contains("no plot has the keys") == true)
  }

  @Test("The crosshair moves by a fortieth of what is in view")
  func crosshair() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    func step() throws -> Double {
      let before = try #require(state.live.crosshair?[0])
      state.press(.right)
      return try #require(state.live.crosshair?[0]) - before
    }
    state.press(.character("+"))
    let whole = try step()
    for _ in 0..<3 { state.press(.character("Z")) }
    let part = try plot(state).x.range.width / 40
    let closer = try step()
    #expect(isNear(closer, part) && closer < whole)
  }

  @Test("A new run and another figure begin with the whole")
  func reset() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.focus = 1
    state.press(.character("Z"))
    var next = try Fixture.snapshot(dimension: 2)
    next.progress.generation = 1
    state.receive(next)
    #expect(state.window(ofPane: 1) == PlotWindow())

    var page = try ExperimentFixture.state(columns: 160, rows: 48)
    page.focus = 2
    let whole = try plot(page)
    page.press(.character("Z"))
    #expect(try plot(page).x.range.width < whole.x.range.width)
    page.press(.character("]"), .character("["))
    let again = try plot(page)
    #expect(again.x == whole.x && again.y == whole.y)
  }
}
