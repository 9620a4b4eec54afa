import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// Help explains the page before it lists keys, and can be searched.
@Suite struct HelpTests {
  /// The lines of help on a page, as drawn on a screen high enough for all.
  private func lines(_ state: WorkbenchState, searching words: String = "") -> [String] {
    HelpText.overlay(state, HelpView(searching: words)).lines.map { line in
      switch line {
      case .heading(let text), .text(let text): text
      case .entry(let key, let description): "\(key): \(description)"
      }
    }
  }

  @Test("It begins with the page and each of its panes, in words, then terms, then keys")
  func order() throws {
    for page in PageCatalog.all {
      var state = try Fixture.state(columns: 160, rows: 48)
      state.run.snapshot?.warnings = []
      if let opener = page.opener { _ = state.perform(opener) }
      state.overlay = nil
      let lines = lines(state)
      #expect(lines[0] == "What this page shows")
      for pane in page.panes {
        let place = try #require(lines.firstIndex { $0.hasPrefix("\(pane.title): ") })
        #expect(place < (lines.firstIndex(of: page.heading) ?? 0), "\(pane.title)")
      }
      let words = try #require(lines.firstIndex(of: "Words and symbols"))
      #expect(words < (lines.firstIndex(of: page.heading) ?? 0))
    }
  }

  @Test("Terms are said once each, and those that stand on screen are there")
  func glossary() {
    let terms = Glossary.terms.map(\.name)
    #expect(Set(terms).count == terms.count)
    for word in ["Bayes floor", "D_delta", "Markov gap", "velocity", "L2", "exact-score run"] {
      #expect(terms.contains(word))
    }
  }

  @Test("A search shows what has all the words, headings apart, and says when there is nothing")
  func searches() throws {
    let state = try Fixture.state(columns: 160, rows: 48)
    let found = lines(state, searching: "markov gap")
    #expect(found.contains { $0.hasPrefix("Markov gap: ") })
    #expect(found.count < 6 && !found.contains { $0.contains("next theme") })
    #expect(lines(state, searching: "no such word") == ["nothing here has these words"])
  }

  @Test("/ starts it, Enter keeps it, Esc shows all again and then closes; q is a letter in it")
  func keys() throws {
    var state = try Fixture.state()
    state.press(.character("?"), .character("/"))
    state.type("quantile q")
    #expect(state.screen.lines.joined().contains("Help: /quantile q"))
    #expect(state.screen.lines.joined().contains("D_delta"))
    state.press(.enter, .escape)
    #expect(state.overlay == .help(HelpView()))
    state.press(.escape)
    #expect(state.overlay == nil)
  }

  @Test("Tab goes from part to part and round, Shift-Tab back")
  func parts() throws {
    var state = try Fixture.state()
    state.press(.character("?"))
    let first = state.screen.lines[1]
    state.press(.tab)
    #expect(state.screen.lines[1].contains("What this page shows"))
    state.press(.tab)
    #expect(state.screen.lines[1].contains("Words and symbols"))
    state.press(.backTab, .backTab)
    #expect(state.screen.lines[1] == first)
  }

  @Test("Nothing of the explanations is cut off on the smallest screen")
  func smallest() throws {
    let state = try Fixture.state(columns: 60, rows: 15)
    for line in HelpText.overlay(state, HelpView()).lines {
      switch line {
      case .text(let text): #expect(text.count <= 54, "\(text)")
      case .heading(let text): #expect(text.count <= 54, "\(text)")
      case .entry(let key, _): #expect(key.count <= 18, "\(key)")
      }
    }
  }
}
