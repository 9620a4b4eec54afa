import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// How panes share the screen, and what is kept of that between starts.
@Suite struct LayoutTests {
  @Test("In every layout panes fill the screen without overlapping, and the focused one is there")
  func covers() throws {
    for layout in LiveLayout.allCases {
      for (columns, rows) in [(80, 20), (80, 24), (120, 30), (160, 48), (200, 60)] {
        for focus in LivePage.panes.indices {
          var state = try Fixture.state(columns: columns, rows: rows)
          state.live.layout = layout
          state.focus = focus
          let screen = Layout(state: state)
          #expect(screen.panes.contains { $0.index == focus }, "\(layout) \(focus)")
          #expect(Set(screen.panes.map(\.index)).count == screen.panes.count)
          let cells = screen.panes.reduce(0) { $0 + $1.area.width * $1.area.height }
          let others = screen.header.height + screen.footer.height + screen.caption.height
          #expect(cells == columns * (rows - others), "\(layout) at \(columns)x\(rows)")
        }
      }
    }
  }

  @Test("On a wide screen every choice of the form stands whole next to its label and mark")
  func wideForm() throws {
    let state = try Fixture.state(columns: 200, rows: 60)
    let inner = try #require(Layout(state: state).inner(ofPane: 0))
    let names = state.formRows.flatMap { $0.field.choices ?? [] }.map(\.name.count)
    let longest = try #require(names.max())
    // A pointer, the label, a blank, the value, a blank and two marks.
    #expect(inner.width >= 2 + inner.width * 9 / 20 + 1 + longest + 3)
  }

  @Test("| goes round the layouts; by name too; where one pane stands alone it says so")
  func keys() throws {
    var state = try Fixture.state()
    var seen: [LiveLayout] = []
    for _ in LiveLayout.allCases {
      state.press(.character("|"))
      seen.append(state.live.layout)
    }
    #expect(Set(seen).count == LiveLayout.allCases.count && seen.last == .explore)
    _ = state.carryOut(line: "layout errors")
    #expect(state.live.layout == .errors && state.notice?.text.contains("errors large") == true)
    _ = state.carryOut(line: "layout wide")
    #expect(state.notice?.text.contains("present") == true && state.live.layout == .errors)
    state.send(.resized(Size(columns: 60, rows: 15)))
    state.press(.character("|"))
    #expect(state.live.layout == .errors && state.notice?.text.contains("one pane") == true)
  }

  @Test("The layout for an audience has a sentence with the numbers of the plot, and no form")
  func present() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    state.setLayout(.present)
    let lines = state.screen.lines
    let level = try #require(state.run.snapshot?.probe?.levels[state.live.levelIndex])
    #expect(lines[1].contains("After 4,000 steps on two_moons"))
    #expect(lines[1].contains("at time 0.05"))
    #expect(level.time == 0.05 && !lines.joined().contains("Setup"))
  }

  @Test("A small screen opens on a picture, a large one on the form, until a key is pressed")
  func opens() throws {
    var small = try Fixture.state()
    small.send(.resized(Size(columns: 60, rows: 15)))
    #expect(small.pageType.panes[small.focus].title == "Samples")
    small.send(.resized(Size(columns: 80, rows: 24)))
    #expect(small.focus == 0)
    small.press(.character("2"))
    small.send(.resized(Size(columns: 60, rows: 15)))
    #expect(small.focus == 1)
  }

  @Test("Layout, favourites and typed lines come back as they were kept")
  func memory() throws {
    var state = try Fixture.state()
    #expect(state.memory == WorkbenchMemory())
    _ = state.carryOut(line: "layout watch")
    _ = state.carryOut(line: "set seed=9")
    state.selectedRow = "seed"
    state.press(.character("*"))
    var next = try Fixture.state()
    next.memory = WorkbenchMemory(text: state.memory.text)
    #expect(next.memory == state.memory && next.live.layout == .watch)
    #expect(next.promptHistory == ["layout watch", "set seed=9"])
    #expect(next.form.favourites == SetupForm.favourites + ["seed"])
  }

  @Test(
    "Whatever is in the file, what is not understood is left out",
    arguments: ["", "layout", "layout nowhere", "\n\nfoo bar\n", "layout \u{1B}[2J", "\u{0}"])
  func hostile(text: String) {
    #expect(WorkbenchMemory(text: text) == WorkbenchMemory())
  }
}
