import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// Every key does what its summary says, and help and footer tell of all of them.
@Suite struct KeyTests {
  /// Every action there is; the switch makes the compiler ask for those that are new.
  static let actions: [Action] = {
    let all: [Action] = [
      .quit, .interrupt, .help, .back, .focusNext, .focusPrevious, .focus(0), .focus(1), .focus(2),
      .focus(3), .zoom, .togglePause, .stepOnce, .restart, .restartWithNewSeed, .nextMarks,
      .nextTheme, .freeze, .fieldUp, .fieldDown, .fieldFirst, .fieldLast, .fieldDecrease,
      .fieldIncrease, .fieldEdit, .toggleLogLoss, .toggleLogSteps, .levelLess, .levelMore,
      .deltaLess, .deltaMore, .nextErrorView, .toggleWorst, .nextSampleView, .toggleErrorColors,
      .toggleExactScoreRun, .timeBack, .timeForward, .timeFirst, .timeLast, .animate,
      .openExperiments,
      .chooseExperiment, .exhibitBefore, .exhibitAfter, .scroll(-1), .scroll(1), .scroll(-10),
      .scroll(10), .scrollColumns(-1), .scrollColumns(1), .openPlan, .restorePlan,
    ]
    switch all[0] {
    case .quit, .interrupt, .help, .back, .focusNext, .focusPrevious, .focus, .zoom, .togglePause,
      .stepOnce, .restart, .restartWithNewSeed, .nextMarks, .nextTheme, .freeze, .fieldUp,
      .fieldDown, .fieldFirst, .fieldLast, .fieldDecrease, .fieldIncrease, .fieldEdit,
      .toggleLogLoss, .toggleLogSteps, .levelLess, .levelMore, .deltaLess, .deltaMore,
      .nextErrorView, .toggleWorst, .nextSampleView, .toggleErrorColors, .toggleExactScoreRun,
      .timeBack,
      .timeForward, .timeFirst, .timeLast, .animate, .openExperiments, .chooseExperiment,
      .exhibitBefore, .exhibitAfter, .scroll, .scrollColumns, .openPlan, .restorePlan:
      return all
    }
  }()

  static var bindings: [KeyBinding] {
    KeyTable.global + PaneCatalog.all.flatMap(\.keyBindings)
  }

  static var experimentBindings: [KeyBinding] {
    KeyTable.experiment + ExperimentPaneCatalog.all.flatMap(\.keyBindings)
  }

  static var planBindings: [KeyBinding] {
    KeyTable.plan + PlanPaneCatalog.all.flatMap(\.keyBindings)
  }

  @Test("On the plan page every key reaches its action and none has two meanings")
  func planKeys() {
    for (focus, pane) in PlanPaneCatalog.all.enumerated() {
      let bindings = pane.keyBindings + KeyTable.plan
      let keys = bindings.flatMap(\.keys)
      #expect(Set(keys).count == keys.count, "\(pane.title)")
      for binding in bindings {
        for key in binding.keys {
          #expect(KeyTable.action(for: key, focus: focus, on: .plan) == binding.action, "\(key)")
        }
      }
      #expect(KeyTable.action(for: .character("d"), focus: focus, on: .plan) == nil)
    }
  }

  @Test("On the experiment page every key reaches its action and none has two meanings")
  func experimentKeys() {
    for (focus, pane) in ExperimentPaneCatalog.all.enumerated() {
      let bindings = pane.keyBindings + KeyTable.experiment
      let keys = bindings.flatMap(\.keys)
      #expect(Set(keys).count == keys.count, "\(pane.title)")
      for binding in bindings {
        for key in binding.keys {
          #expect(
            KeyTable.action(for: key, focus: focus, on: .experiment) == binding.action, "\(key)")
        }
      }
      // Figures change from anywhere; keys of the live run do nothing here.
      #expect(
        KeyTable.action(for: .character("]"), focus: focus, on: .experiment) == .exhibitAfter)
      #expect(KeyTable.action(for: .character("d"), focus: focus, on: .experiment) == nil)
    }
  }

  @Test("Every action has a key")
  func everyActionIsBound() {
    for action in Self.actions {
      #expect(
        (Self.bindings + Self.experimentBindings + Self.planBindings).contains {
          $0.action == action
        }, "\(action)")
    }
  }

  @Test("No key has two meanings in one place, and no letter hides another's")
  func noConflicts() {
    for scope in [KeyTable.global] + PaneCatalog.all.map(\.keyBindings) {
      let keys = scope.flatMap(\.keys)
      #expect(Set(keys).count == keys.count)
    }
    // Letters work from anywhere, so they may not clash across scopes either.
    let letters = Self.bindings.flatMap(\.keys).filter {
      if case .character = $0 { true } else { false }
    }
    #expect(Set(letters).count == letters.count)
  }

  @Test("The keys of a pane and those everywhere reach their action with the pane in focus")
  func reached() {
    for (focus, pane) in PaneCatalog.all.enumerated() {
      for binding in pane.keyBindings + KeyTable.global {
        for key in binding.keys {
          #expect(KeyTable.action(for: key, focus: focus) == binding.action, "\(key)")
        }
      }
      // The arrows of Setup stay in Setup.
      if focus != 0 { #expect(KeyTable.action(for: .character("h"), focus: focus) == nil) }
    }
  }

  @Test("Help lists every binding by its label and summary, and every pane")
  func help() {
    let lines = HelpText.lines
    for binding in Self.bindings + Self.experimentBindings + Self.planBindings {
      #expect(
        lines.contains { $0.hasPrefix("  \(binding.label) ") && $0.hasSuffix(binding.summary) },
        "\(binding.label)")
    }
    for key in KeyTable.terminalKeys { #expect(lines.contains { $0.contains(key.label) }) }
    for pane in PaneCatalog.all { #expect(lines.contains(pane.title)) }
  }

  @Test("The footer names only keys that work there")
  func footer() throws {
    let names: [String: Key] = [
      "Tab": .tab, "Space": .space, "Enter": .enter, "Esc": .escape, "arrows": .down,
    ]
    for (page, focus) in Page.allCases.flatMap({ page in page.panes.indices.map { (page, $0) } }) {
      var state =
        switch page {
        case .live: try Fixture.state()
        case .experiment: try ExperimentFixture.state()
        case .plan: try PlanPageTests.state()
        }
      state.focus = focus
      for hint in footerHints(state) {
        let words = hint.split(separator: " ")
        #expect(words.count >= 2)
        for word in words.dropLast() {
          let key = names[String(word)] ?? .character(Character(String(word)))
          #expect(KeyTable.action(for: key, focus: focus, on: page) != nil, "\(hint)")
        }
      }
    }
  }

  @Test("Help scrolls to its end and comes back with as many keys")
  func helpScrolls() throws {
    var state = try Fixture.state()
    state.press(.character("?"))
    let top = state.screen
    for _ in 0..<200 { state.press(.down) }
    let bottom = state.screen
    #expect(bottom != top)
    #expect(bottom.lines.joined().contains("Letters of a pane"))
    state.press(.up)
    #expect(state.screen != bottom)
    state.press(.end)
    #expect(state.screen == bottom)
    state.press(.home)
    #expect(state.screen == top)
    state.press(.pageDown, .pageUp)
    #expect(state.screen == top)
  }
}
