import ScoreLab
import TermPlot
import Testing

@testable import Workbench

extension WorkbenchState {
  /// Presses the mouse's button at a cell and lets it go.
  @discardableResult
  mutating func click(_ x: Int, _ y: Int) -> [Effect] {
    let effects = send(.mouse(MouseEvent(.press, x: x, y: y)))
    return effects + send(.mouse(MouseEvent(.release, x: x, y: y)))
  }

  /// A click in the middle of an area.
  @discardableResult
  mutating func click(_ area: Rect) -> [Effect] {
    click(area.x + area.width / 2, area.y + area.height / 2)
  }

  /// Where something of a widget is.
  func areas(of pane: Int? = nil, where isMeant: (WidgetTarget) -> Bool) -> [Rect] {
    regions.filter { region in
      (pane == nil || region.owner == pane)
        && (region.target as? WidgetTarget).map(isMeant) ?? false
    }.map(\.area)
  }

  /// Where something of the shell or of a pane is.
  func areas(of pane: Int? = nil, where isMeant: (PointerTarget) -> Bool) -> [Rect] {
    regions.filter { region in
      (pane == nil || region.owner == pane)
        && (region.target as? PointerTarget).map(isMeant) ?? false
    }.map(\.area)
  }
}

/// What can be clicked on anywhere.
@Suite struct RegionTests {
  @Test("Every region on every screen does something where it is clicked, or says why not")
  func effects() throws {
    let sizes = [Size(columns: 80, rows: 24), Size(columns: 60, rows: 15)]
    let states = try ScreenTests.states().filter { $0.run.snapshot?.dimension ?? 2 == 2 }
    for (index, original) in states.enumerated() {
      var state = original
      state.isTouched = true
      state.send(.resized(index % 8 == 0 ? Size(columns: 160, rows: 48) : sizes[index % 2]))
      let (screen, regions) = (state.screen, state.regions)
      for region in regions {
        if case .box? = region.target as? WidgetTarget { continue }
        #expect(state.screen.bounds.intersection(region.area) == region.area)
        // One of a row of places is the present one, where nothing is to be done.
        let columns = [region.area.x, region.area.x + region.area.width / 2, region.area.maxX - 1]
        let row = region.area.y + region.area.height / 2
        let shown = columns.filter { column in
          regions.last { $0.area.contains(x: column, y: row) }?.area == region.area
        }
        guard !shown.isEmpty else { continue }
        let isDone = shown.contains { column in
          var changed = state
          changed.notice = nil
          let effects = changed.send(.mouse(MouseEvent(.press, x: column, y: row)))
          // What can be seen without drawing first: drawing takes most of the time.
          return !effects.isEmpty || changed.drag != nil || changed.notice != nil
            || changed.focus != state.focus || changed.screen != screen
        }
        #expect(isDone, "\(region.target) at \(region.area) of state \(index)")
      }
    }
  }

  @Test("With something over the panes only that and the footer take clicks")
  func covered() throws {
    var state = try Fixture.state()
    state.press(.character("?"))
    #expect(state.areas { if case .row = $0 { true } else { false } }.isEmpty)
    #expect(state.areas { if case .plot = $0 { true } else { false } }.isEmpty)
    let help = state.overlay
    state.click(40, 12)
    #expect(state.overlay == help && state.focus == 0)
  }

  @Test(
    "A hint in the footer presses its key, of a pair each by itself; words that are no key say so")
  func footer() throws {
    var state = try Fixture.state(columns: 200)
    func area(_ state: WorkbenchState, _ keys: String) throws -> Rect {
      try #require(state.areas { if case .keys(keys) = $0 { true } else { false } }.last)
    }
    #expect(state.click(try area(state, "Space")) == [.send(.pause)])
    state.press(.character("3"))
    let level = state.live.levelIndex
    state.click(try area(state, "]"))
    #expect(state.live.levelIndex == level + 1)
    state.click(try area(state, "["))
    #expect(state.live.levelIndex == level)
    state.press(.character("1"))
    state.click(try area(state, "arrows"))
    #expect(state.notice?.text.contains("arrows are keys") == true)
    state.press(.control("p"))
    state.click(try area(state, "Esc"))
    #expect(state.overlay == nil)
  }

  @Test("A tab of a small screen focuses its pane")
  func tabs() throws {
    var state = try Fixture.state(columns: 60, rows: 15)
    for index in [2, 0, 3, 1] {
      let tabs = state.areas { if case .tab(index) = $0 { true } else { false } }
      state.click(try #require(tabs.first))
      #expect(state.focus == index)
    }
  }

  @Test("Every name of a key that the footer has is that key")
  func names() {
    let keys: [Key] = [
      .enter, .escape, .tab, .space, .control("p"), .function(12), .character("["), .pageUp,
    ]
    for key in keys { #expect(Key(label: key.label) == key) }
    #expect(Key(label: "arrows") == nil && Key(label: "Fx") == nil)
  }
}
