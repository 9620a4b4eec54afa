import TermPlot
import Testing

@testable import Workbench

/// Themes are seen before they are chosen.
@Suite struct ThemeChoiceTests {
  private func state() throws -> WorkbenchState {
    var state = try Fixture.state()
    state.themes = ["One", "Two", "Three"].map { name in
      var theme = Theme.builtIn
      (theme.name, theme.slug) = (name, name.lowercased())
      return theme
    }
    return state
  }

  @Test("The list shows the theme it stands at, Esc goes back, Enter keeps")
  func list() throws {
    var state = try state()
    state.press(.function(2), .down)
    #expect(state.theme.name == "Two" && state.themeIndex == 0)
    state.press(.escape)
    #expect(state.theme.name == "One")
    state.press(.function(2), .end, .enter)
    #expect(state.theme.name == "Three" && state.themeIndex == 2 && state.overlay == nil)
  }

  @Test("The palette shows the theme it stands at, and so does the line")
  func palette() throws {
    var state = try state()
    state.press(.control("p"))
    state.type("theme two")
    #expect(state.theme.name == "Two" && state.themeIndex == 0)
    state.press(.escape)
    #expect(state.theme.name == "One")
    state.press(.control("p"))
    state.type("theme two")
    state.press(.enter)
    #expect(state.themeIndex == 1)

    state.press(.character(":"))
    state.type("theme three")
    #expect(state.theme.name == "Three")
    state.press(.escape)
    #expect(state.theme.name == "Two")
  }

  @Test("Tab behind theme shows one after the other")
  func tab() throws {
    var state = try state()
    state.press(.character(":"))
    state.type("theme ")
    var seen: [String] = []
    for _ in 0..<3 {
      state.press(.tab)
      seen.append(state.theme.name)
    }
    #expect(seen == ["One", "Two", "Three"])
  }
}
