import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// The palette finds every command and every value of the page, and does what they do.
@Suite struct PaletteTests {
  private func open(_ query: String) throws -> WorkbenchState {
    var state = try Fixture.state()
    state.press(.control("p"))
    state.type(query)
    return state
  }

  private func matches(_ state: WorkbenchState) -> [String] {
    guard case .palette(let palette)? = state.overlay else { return [] }
    return palette.found.map(\.name)
  }

  @Test("It offers every command of the page once, and every row of the form")
  func isComplete() throws {
    for page in PageCatalog.all {
      var state = try Fixture.state()
      if let opener = page.opener { _ = state.perform(opener) }
      let names = state.paletteEntries.map(\.name)
      for command in CommandRegistry.commands(on: page) where command.id != Command.palette.id {
        #expect(names.contains(command.title), "\(command.id)")
      }
      for row in state.formRows { #expect(names.contains { $0.hasPrefix(row.field.label) }) }
    }
  }

  @Test("Enter does the best match: a command, a value to type, or a choice")
  func does() throws {
    var state = try open("pause")
    #expect(state.press(.enter) == [.send(.pause)] && state.overlay == nil)

    state = try open("learning rate")
    #expect(state.press(.enter).isEmpty)
    #expect(state.editor?.field.path == "optimizer.learning_rate" && state.focus == 0)

    state = try open("sampler ddim")
    let effects = state.press(.enter)
    #expect(state.run.configuration.sampler.kind.name == "ddim")
    #expect(effects == [.send(.configure(state.run.configuration))])
  }

  @Test("A command that cannot be done says why, in the list and when it is chosen")
  func reasons() throws {
    var state = try Fixture.state()
    state.live.levelIndex = 0
    state.press(.control("p"))
    state.type("less noise")
    #expect(state.screen.lines.joined().contains("not now"))
    #expect(state.press(.enter).isEmpty && state.notice?.text.contains("least noise") == true)
  }

  @Test("A command that acts on a pane gets the keys to it first")
  func focuses() throws {
    var state = try open("back in time, towards")
    #expect(matches(state).first == "back in time, towards noise")
    state.press(.enter)
    // Its comma works from everywhere, so the keys stay where they are.
    #expect(state.focus == 0 && state.shownFrame == 7)
    state.press(.character("2"), .control("p"))
    state.type("last value")
    state.press(.enter)
    #expect(state.focus == 0 && state.selectedRow == "seed")
  }

  @Test("The selection moves, starts again with every letter, and Esc leaves all as it was")
  func moves() throws {
    var state = try open("noise")
    let second = matches(state)[1]
    state.press(.down)
    guard case .palette(let palette)? = state.overlay else { return #expect(Bool(false)) }
    #expect(palette.selected == 1 && matches(state)[1] == second)
    state.press(.backspace)
    guard case .palette(let edited)? = state.overlay else { return #expect(Bool(false)) }
    #expect(edited.selected == 0)
    #expect(state.press(.escape).isEmpty && state.overlay == nil)
  }

  @Test("Nothing found says so and does nothing")
  func nothing() throws {
    var state = try open("xyzzyxyzzy")
    #expect(state.screen.lines.joined().contains("nothing matches"))
    #expect(state.press(.enter, .down, .enter).isEmpty && state.overlay != nil)
  }

  @Test(
    "Words match at the start of a word before anywhere, and anywhere before scattered letters",
    arguments: [
      ("rate", "learning rate", "generated"), ("rate", "generated", "run at the end"),
      ("lea rat", "learning rate", "leaps of a pirate"), ("SAM", "samples", "dreams a man"),
    ])
  func ranking(query: String, better: String, worse: String) throws {
    let score = try #require(FuzzyMatch.score(query, in: better))
    #expect(score > FuzzyMatch.score(query, in: worse) ?? .min)
  }

  @Test("Every word must be there, in whatever order")
  func words() {
    #expect(FuzzyMatch.score("rate learning", in: "learning rate") != nil)
    #expect(FuzzyMatch.score("rate teacher", in: "learning rate") == nil)
    #expect(FuzzyMatch.score("", in: "anything") == 0)
    #expect(FuzzyMatch.score("a very long query", in: "a") == nil)
  }
}
