import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// Every word of the screen has an entry, and every entry is whole.
@Suite struct GlossaryTests {
  /// States of the live page with every view of every pane.
  private static func states() throws -> [WorkbenchState] {
    let keys = [
      "", "y", "Y", "b", "bb", "w", "x", "v", "vx", "vv", "vvi", "vvv", "g", "gg", "ggg", "gG",
      "gGG",
      "gGGG", "c", "M", "A", "AA", "+",
    ]
    return try [1, 2, 5].flatMap { dimension in
      try keys.map { keys in
        var state = try Fixture.state(dimension: dimension, columns: 160, rows: 48)
        for key in keys { state.press(.character(key)) }
        return state
      }
    } + [Fixture.digits(columns: 160, rows: 48), digitsByPixel()]
  }

  /// Digits with the error of every pixel.
  private static func digitsByPixel() throws -> WorkbenchState {
    var state = try Fixture.digits(columns: 160, rows: 48)
    state.live.errorView = .pixels
    return state
  }

  @Test("Every label of every plot of the live page has a term")
  func legends() throws {
    var labels: Set<String> = []
    for state in try Self.states() {
      for pane in state.pageType.panes.indices {
        labels.formUnion(state.plots(ofPane: pane).flatMap(\.labels))
      }
      // Columns of data have the names that they were given.
      let names = state.run.snapshot?.coordinates.names ?? []
      labels.subtract(names.filter { !$0.hasPrefix("x") })
    }
    #expect(labels.isSuperset(of: ["L2", "D", "Markov", "s_hat", "learned", "smoothed"]))
    for label in labels.sorted() {
      #expect(!Glossary.terms(ofLabel: label).isEmpty, "\(label)")
    }
    #expect(Glossary.terms(ofLabel: "a word of no pane").isEmpty)
  }

  @Test("Every sample metric and every series of kept runs has a term")
  func names() {
    for name in SampleMetricsMeasurement.names {
      #expect(!Glossary.terms(ofLabel: name).isEmpty, "\(name)")
      #expect(!Glossary.terms(ofLabel: MetricStrip.label(name)).isEmpty, "\(name)")
    }
    for series in ["loss", "excess", "l2", "d_delta"] {
      #expect(!Glossary.terms(ofLabel: series).isEmpty, "\(series)")
    }
  }

  @Test("A term has three sentences, a formula and a place, and no spelling is of two terms")
  func whole() {
    for term in Glossary.terms {
      #expect(term.sentences.count == 3)
      for sentence in term.sentences {
        #expect(sentence.hasSuffix(".") && sentence.count < 160, "\(term.name): \(sentence)")
        let inner = sentence.dropLast().replacing("et al. ", with: "")
        #expect(!inner.contains(". "), "\(term.name): two sentences in one")
      }
      #expect(!term.formula.isEmpty && !term.place.isEmpty, "\(term.name)")
      let spellings = [term.name] + term.spellings
      #expect(Set(spellings).count == spellings.count, "\(term.name)")
    }
    let all = Glossary.terms.flatMap { [$0.name] + $0.spellings }
    let twice = Dictionary(grouping: all) { $0 }.filter { $0.value.count > 1 }.keys
    #expect(twice.isEmpty, "\(twice.sorted())")
  }

  @Test("A word is found as a word of its own, and a number in a name is any number")
  func found() {
    #expect(Glossary.terms(in: "D_0.05 0.361").map(\.name) == ["D_delta"])
    #expect(Glossary.terms(in: "worst 12.5%: 23% of L2^2").map(\.name).contains("worst 5%"))
    #expect(!Glossary.terms(in: "a nullified floorboard").map(\.name).contains("null"))
    #expect(!Glossary.terms(in: "a nullified floorboard").map(\.name).contains("Bayes floor"))
    #expect(Glossary.terms(ofLabel: "D").map(\.name) == ["D_delta"])
    #expect(Glossary.term(named: "d_delta")?.name == "D_delta")
    #expect(Glossary.term(named: "no such word") == nil)
  }

  private func shown(_ state: WorkbenchState) -> [String] {
    guard case .text(let view)? = state.overlay else { return [] }
    return view.headings.sorted().map { view.paragraphs[$0] }
  }

  @Test("F3 explains the words of the pane with the keys, of a form its row first; Tab goes on")
  func key() throws {
    var state = try Fixture.state()
    state.focus = 2
    state.press(.function(3))
    let headings = shown(state)
    for name in ["L2", "D_delta", "Markov gap", "error"] {
      #expect(headings.contains { $0.hasPrefix(name) }, "\(name)")
    }
    #expect(!headings.contains { $0.hasPrefix("sampler") })
    let first = state.screen.lines.joined()
    #expect(first.contains("Terms of this pane") && first.contains("Tab next part"))
    state.press(.tab)
    #expect(state.screen.lines.joined() != first)
    state.press(.escape)
    #expect(state.overlay == nil)
    state.focus = 0
    state.press(.function(3))
    #expect(shown(state).first == "optimizer.learning_rate")
  }

  @Test("Every pane of every page has terms or says that none stands in it")
  func panes() throws {
    for page in PageCatalog.all {
      for pane in page.panes.indices {
        var state = try Fixture.state(of: page)
        state.focus = pane
        state.press(.function(3))
        #expect(!shown(state).isEmpty || state.notice != nil, "\(page.panes[pane].title)")
      }
    }
  }

  @Test(":explain takes a term, another spelling, or a setting, and names what was meant")
  func line() throws {
    func explained(_ word: String) throws -> WorkbenchState {
      var state = try Fixture.state()
      state.press(.character(":"))
      state.type("explain \(word)")
      state.press(.enter)
      return state
    }
    for word in ["D_delta", "D_0.05"] {
      let state = try explained(word)
      #expect(shown(state).first?.hasPrefix("D_delta") == true)
      #expect(state.screen.lines.joined().contains("is a quantile of the error"))
    }
    #expect(shown(try explained("optimizer.batch")) == ["optimizer.batch"])
    let wrong = try explained("D_dleta")
    #expect(wrong.notice?.text.contains("did you mean D_delta?") == true && wrong.overlay == nil)
    #expect(try explained("").notice?.role == .error)
  }
}
