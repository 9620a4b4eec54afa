import TermPlot
import Testing

@testable import Workbench

/// Borders between panes, moved by a drag or by keys, and kept.
@Suite struct BorderTests {
  private func width(_ pane: Int, _ state: WorkbenchState) -> Int {
    Layout(state: state).panes.first { $0.index == pane }?.area.width ?? 0
  }

  private func border(_ name: String, _ state: WorkbenchState) throws -> PaneBorder {
    try #require(Layout(state: state).borders.first { $0.name == name })
  }

  @Test("Every place of a border can be kept in thousandths")
  func exact() throws {
    for columns in [80, 133, 200, 400] {
      var state = try Fixture.state(columns: columns, rows: 48)
      let name = columns < 120 ? "explore.low_left" : "explore.form"
      let range = try #require(try border(name, state).range)
      for place in range {
        state.move(try border(name, state), to: place)
        #expect(width(0, state) == place)
      }
    }
  }

  @Test("A drag moves the border to the mouse, and no pane loses all its room")
  func drag() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    let cells = try border("explore.form", state).cells
    state.send(.mouse(MouseEvent(.press, x: cells.x, y: 20)))
    state.send(.mouse(MouseEvent(.drag, x: 49, y: 22)))
    #expect(width(0, state) == 50)
    state.send(.mouse(MouseEvent(.drag, x: 1, y: 22)))
    #expect(width(0, state) == 16)
    state.send(.mouse(MouseEvent(.drag, x: 159, y: 22)))
    #expect(width(1, state) == 16 && width(3, state) == 16)
    state.send(.mouse(MouseEvent(.release, x: 159, y: 22)))
    state.send(.mouse(MouseEvent(.drag, x: 40, y: 22)))
    #expect(width(3, state) == 16)
  }

  @Test("F5 to F8 make the focused pane narrower, wider, lower, higher; F9 puts all back")
  func keys() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    let usual = Layout(state: state).panes
    state.press(.function(6))
    #expect(width(0, state) == 38)
    state.press(.function(5), .function(5))
    #expect(width(0, state) == 34)
    state.press(.character("3"), .function(8))
    let error = try #require(Layout(state: state).panes.first { $0.index == 2 }?.area)
    #expect(error.height == (usual.first { $0.index == 2 }?.area.height ?? 0) + 1)
    state.press(.function(9))
    #expect(Layout(state: state).panes == usual)
    state.press(.function(9))
    #expect(state.notice?.text.contains("usually are") == true)
    state.press(.character("z"), .function(6))
    #expect(state.notice?.text.contains("no border") == true)
  }

  @Test("Borders come back as they were kept")
  func memory() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.press(.function(6), .character("3"), .function(7))
    #expect(state.memory.text.contains("share explore.form 2"))
    var next = try Fixture.state(columns: 160, rows: 48)
    next.memory = WorkbenchMemory(text: state.memory.text)
    #expect(Layout(state: next).panes == Layout(state: state).panes)
    let broken = WorkbenchMemory(text: "share a\nshare b x\nshare c 1000\nshare d 0\nshare e -3\n")
    #expect(broken == WorkbenchMemory())
  }

  @Test("With any shares panes fill the screen, at every size and in every layout")
  func anyShares() throws {
    for share in [1, 500, 999] {
      for (columns, rows) in [(80, 20), (100, 24), (120, 30), (200, 60)] {
        for layout in LiveLayout.allCases {
          var state = try Fixture.state(columns: columns, rows: rows)
          state.live.layout = layout
          for border in Layout(state: state).borders { state.paneShares[border.name] = share }
          let screen = Layout(state: state)
          let cells = screen.panes.reduce(0) { $0 + $1.area.width * $1.area.height }
          let rest = screen.header.height + screen.footer.height + screen.caption.height
          #expect(cells == columns * (rows - rest))
          #expect(screen.panes.allSatisfy { $0.area.width >= 16 && $0.area.height >= 5 })
        }
      }
    }
  }
}
