import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// What a field may be is chosen from a list by arrows, pages or letters.
@Suite struct FieldChoiceTests {
  @Test("The list of choices is walked and chosen from, or left")
  func choices() throws {
    var state = try Fixture.state()
    state.selectedRow = "sampler.kind"
    let before = state.run.configuration
    state.press(.enter, .down, .end, .up, .escape)
    #expect(state.overlay == nil && state.run.configuration == before)
    state.press(.enter, .end, .up, .down, .character("k"), .character("j"), .home, .down)
    let effects = state.press(.enter)
    #expect(state.run.configuration.sampler.kind.name == SamplerCatalog.all[1].name)
    #expect(effects == [.send(.configure(state.run.configuration))])
  }

  @Test("In a list of choices a letter goes to the next name that starts with it, round the end")
  func choicesByLetter() throws {
    var state = try Fixture.state()
    state.selectedRow = "distribution.kind"
    state.press(.enter, .home)
    let names = DistributionCatalog.all.map(\.name).filter { $0.hasPrefix("p") }
    for name in names + names.prefix(1) {
      state.press(.character("p"))
      #expect(Self.chosen(state) == name)
    }
    let before = state.overlay
    state.press(.character("Z"))
    #expect(state.overlay == before)
  }

  private static func chosen(_ state: WorkbenchState) -> String? {
    guard case .choices(let choice)? = state.overlay else { return nil }
    return DistributionCatalog.all[choice.selected].name
  }

  @Test("In a list of choices letters spell a name; after an arrow a letter begins another one")
  func choicesBySpelling() throws {
    var state = try Fixture.state()
    state.selectedRow = "distribution.kind"
    let names = DistributionCatalog.all.map(\.name)
    for name in names where !"jkq".contains(name.prefix(1)) {
      state.press(.enter, .home)
      state.type(name)
      // A name may be the beginning of another one.
      #expect(Self.chosen(state)?.hasPrefix(name) == true)
      state.press(.escape)
    }
    state.press(.enter, .home, .character("t"), .character("w"), .down)
    let place = try #require(names.firstIndex { $0.hasPrefix("tw") })
    #expect(Self.chosen(state) == names[place + 1])
    state.press(.character("k"))
    #expect(Self.chosen(state) == names[place])
    state.press(.character("q"))
    #expect(state.overlay == nil)
  }

  @Test("PgDn and PgUp go ten names on and back, to the last and the first at most")
  func pages() throws {
    var state = try Fixture.state()
    state.selectedRow = "distribution.kind"
    let names = DistributionCatalog.all.map(\.name)
    state.press(.enter, .home, .pageDown)
    #expect(Self.chosen(state) == names[10])
    state.press(.pageUp)
    #expect(Self.chosen(state) == names[0])
    state.press(.pageDown, .pageDown, .pageDown, .pageDown, .pageDown)
    #expect(Self.chosen(state) == names.last)
  }
}
