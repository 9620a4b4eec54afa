import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// What the mouse does to forms, lists, plots and the time cursor, and that keys do it too.
@Suite struct ClickTests {
  private func row(_ index: Int, _ state: WorkbenchState) throws -> Rect {
    try #require(
      state.areas(of: 0) { if case .row(index) = $0 { true } else { false } }.first)
  }

  private func plot(ofPane pane: Int, _ state: WorkbenchState) throws -> Rect {
    let areas = state.areas(of: pane) { if case .plot = $0 { true } else { false } }
    return try #require(areas.first)
  }

  @Test("A click selects a row of the form, one on the selected row opens it")
  func rows() throws {
    var state = try Fixture.state()
    state.focus = 1
    let lines = state.formLines
    state.click(try row(2, state))
    #expect(state.focus == 0 && state.selectedRow == lines[2].path && state.overlay == nil)
    state.click(try row(2, state))
    guard case .choices(let choice)? = state.overlay else { return #expect(Bool(false)) }
    #expect(choice.field.path == lines[2].path)
    state.press(.escape)
    state.click(try row(0, state))
    state.click(try row(0, state))
    #expect(state.editor?.field.path == lines[0].path)
  }

  @Test("The arrows in the selected row step its value as the keys do")
  func steps() throws {
    var (state, keys) = (try Fixture.state(), try Fixture.state())
    for isUp in [true, false, false] {
      let step = state.areas(of: 0) { if case .step(isUp) = $0 { true } else { false } }
      let effects = state.click(try #require(step.first))
      #expect(effects == keys.press(isUp ? .right : .left) && effects.count == 1)
      #expect(state.run.configuration == keys.run.configuration)
    }
  }

  @Test("In a list a click selects, one on the selected choice takes it, and the wheel moves")
  func choices() throws {
    var state = try Fixture.state()
    state.selectedRow = "sampler.kind"
    state.press(.enter, .down)
    func area(_ index: Int) throws -> Rect {
      try #require(state.areas { if case .row(index) = $0 { true } else { false } }.first)
    }
    state.click(try area(0))
    #expect(state.overlay?.selected == 0)
    state.send(.mouse(MouseEvent(.wheelDown, x: 1, y: 1)))
    #expect(state.overlay?.selected == 1)
    state.click(try area(2))
    let effects = state.click(try area(2))
    #expect(state.overlay == nil && effects.count == 1)
    let names = try #require(
      SetupForm.rows(of: state.run.configuration).first {
        $0.field.path == "sampler.kind"
      }?.field.kind.choices)
    #expect(state.run.configuration.sampler.kind.name == names[2])
  }

  @Test("The wheel scrolls help and warnings by three lines")
  func text() throws {
    var state = try Fixture.state()
    state.press(.character("?"))
    state.send(.mouse(MouseEvent(.wheelDown, x: 1, y: 1)))
    #expect(state.overlay == .help(HelpView(scroll: 3)))
    state.send(.mouse(MouseEvent(.wheelUp, x: 1, y: 1)))
    #expect(state.overlay == .help(HelpView()))
  }

  @Test("A click on the plot of all levels chooses the nearest level, and a drag goes along them")
  func levels() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    let area = try #require(
      state.areas(of: 2) { if case .action = $0 { true } else { false } }.first)
    state.click(area.x, area.y)
    #expect(state.focus == 2 && state.live.levelIndex == 0)
    state.send(.mouse(MouseEvent(.press, x: area.x, y: area.y)))
    state.send(.mouse(MouseEvent(.drag, x: area.maxX - 1, y: area.y)))
    #expect(state.live.levelIndex == 5)
    state.send(.mouse(MouseEvent(.release, x: area.maxX - 1, y: area.y)))
    state.send(.mouse(MouseEvent(.drag, x: area.x, y: area.y)))
    #expect(state.live.levelIndex == 5)
  }

  @Test("The time cursor goes where its track is clicked, and follows a drag beyond its ends")
  func time() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    let track = try #require(
      state.areas(of: 3) { if case .action = $0 { true } else { false } }.last)
    state.click(track.x, track.y)
    #expect(state.shownFrame == 0 && state.focus == 3)
    state.send(.mouse(MouseEvent(.press, x: track.x + track.width / 2, y: track.y)))
    #expect((3...5).contains(state.shownFrame))
    state.send(.mouse(MouseEvent(.drag, x: 500, y: 2)))
    #expect(state.live.frame == nil)
    state.send(.mouse(MouseEvent(.drag, x: -5, y: 2)))
    #expect(state.shownFrame == 0)
  }

  @Test("A click in the key leaves a series out of the plot and shows it again; & does it too")
  func series() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    let before = state.screen
    func key(_ state: WorkbenchState) throws -> Rect {
      try #require(
        state.areas(of: 1) { if case .series("smoothed") = $0 { true } else { false } }.first)
    }
    state.click(try key(state))
    #expect(state.hiddenSeries(ofPane: 1) == ["smoothed"])
    let plot = try plot(ofPane: 1, state)
    func training(_ canvas: Canvas) -> Int {
      (plot.y..<plot.maxY).reduce(0) { count, y in
        count
          + (plot.x..<plot.maxX).count { canvas[$0, y].style.foreground == .role(.training) }
      }
    }
    #expect(training(before) > 20 && training(state.screen) == 0)
    state.click(try key(state))
    state.notice = nil
    #expect(state.hiddenSeries(ofPane: 1).isEmpty && state.screen == before)

    state.focus = 1
    state.press(.character("&"))
    guard case .series(let list)? = state.overlay else { return #expect(Bool(false)) }
    #expect(list.names == ["batches", "smoothed", "held-out"])
    state.press(.down, .enter)
    #expect(state.hiddenSeries(ofPane: 1) == ["smoothed"])
    #expect(state.screen.lines.contains { $0.contains("smoothed") && $0.contains("left out") })
    state.press(.space, .escape)
    #expect(state.hiddenSeries(ofPane: 1).isEmpty && state.overlay == nil)
  }

  @Test(
    "On the ways of particles a click follows a letter, or says where to put one down, then does")
  func particles() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.live.sampleView = .trajectories
    state.focus = 3
    let plot = try #require(state.plots(ofPane: 3).first)
    guard case .scatter(let scatter)? = plot.content else { return #expect(Bool(false)) }
    let letters = scatter.layers.compactMap { layer -> ScatterPlot.Letters? in
      if case .letters(let letters) = layer { letters } else { nil }
    }
    let ends = try #require(letters.first)
    let place = try #require(ends.glyphs.firstIndex(of: "C"))
    let cell = try #require(plot.cell(x: ends.x[place], y: ends.y[place]))
    state.click(cell.column, cell.row)
    #expect(state.live.followed == 2)
    state.click(cell.column, cell.row)
    #expect(state.live.followed == nil)

    let free = (plot.inner.x + 2, plot.inner.y + 1)
    state.click(free.0, free.1)
    #expect(state.live.crosshair != nil && state.live.placed == nil)
    let crosshair = state.live.crosshair
    state.click(free.0, free.1)
    #expect(state.live.placed?.position == crosshair)
  }

  @Test("Points with five coordinates take no particle, and a click says so")
  func noPlace() throws {
    var state = try Fixture.state(dimension: 5, columns: 160, rows: 48)
    state.live.sampleView = .trajectories
    state.focus = 3
    let area = try plot(ofPane: 3, state)
    state.click(area.x + 1, area.y + 1)
    #expect(state.live.crosshair == nil && state.notice?.text.contains("plane") == true)
  }
}
