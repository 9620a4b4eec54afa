import ScoreClaims
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// The page of the theorems' orders: values, numbers, and what becomes of the live run.
@Suite struct PlanPageTests {
  static func state(
    columns: Int = 80, rows: Int = 24, marks: Marks = .braille
  ) throws -> WorkbenchState {
    var state = try Fixture.state(columns: columns, rows: rows, marks: marks)
    state.press(.character("p"))
    return state
  }

  private func number(_ name: String, _ state: WorkbenchState) throws -> String {
    try #require(TheoremPlan(state.plan.values).row(name)).text
  }

  @Test("p and Esc come and go, and the live run is left as it is")
  func comesAndGoes() throws {
    for key in [Key.character("p"), .escape] {
      var state = try Fixture.state()
      #expect(state.press(.character("p")).isEmpty && state.page == .plan)
      #expect(state.run.status == .training && state.screen.lines[0].contains("training"))
      #expect(state.screen.lines[0].contains(TheoremPlan.label))
      #expect(state.press(key).isEmpty && state.page == .live && state.run.status == .training)
    }
  }

  @Test("Space pauses the live run from here, and a key still changes the numbers")
  func worksPaused() throws {
    var state = try Self.state()
    #expect(state.press(.space) == [.send(.pause)])
    #expect(state.screen.lines[0].contains("paused"))
    let before = state.screen
    #expect(state.press(.right).isEmpty)
    #expect(state.screen != before)
  }

  @Test("Every arrow step and every typed value changes the numbers at once")
  func edits() throws {
    var state = try Self.state(columns: 160, rows: 48)
    let before = try number("samples_theorem_1_2", state)
    #expect(state.screen.lines.joined().contains(before))
    #expect(state.selectedRow == "d" && state.press(.right).isEmpty)
    #expect(state.plan.values.dimension == 5)
    let after = try number("samples_theorem_1_2", state)
    #expect(after != before && state.screen.lines.joined().contains(after))
    state.press(.down, .down, .enter, .control("u"))
    state.type("0.003")
    #expect(state.press(.enter).isEmpty && state.editor == nil)
    #expect(state.plan.values.accuracy == 0.003)
    #expect(state.screen.lines.joined().contains(try number("samples_c2_tied", state)))
    state.press(.character("r"))
    #expect(state.plan.values == PlanValues())
  }

  @Test("A refused value stays in the editor with the reason")
  func refuses() throws {
    var state = try Self.state()
    state.press(.down, .down, .enter, .control("u"))
    state.type("7")
    #expect(state.press(.enter).isEmpty && state.editor?.text == "7")
    #expect(state.notice?.text.hasPrefix("eps: expected a number") == true)
    #expect(state.plan.values == PlanValues())
  }

  @Test(
    "Every number, formula and version can be read at every size",
    arguments: [
      (60, 15), (80, 24), (160, 48),
    ])
  func readable(columns: Int, rows: Int) throws {
    var state = try Self.state(columns: columns, rows: rows)
    state.press(.character("2"))
    var text = ""
    for _ in 0..<40 {
      text += state.screen.lines.joined()
      state.press(.pageDown)
    }
    for row in TheoremPlan(state.plan.values).rows { #expect(text.contains(row.text), "\(row)") }
    for word in ["eps^-3", "eps^-5", "Lemma A.2", "order, constant unknown", "Block et al. 2020"] {
      #expect(text.contains(word), "\(word)")
    }
    let end = state.plan.scroll
    state.press(.up)
    #expect(state.plan.scroll == max(0, end - 1))
  }

  @Test("Help on the page begins with what it shows, and has its keys")
  func help() throws {
    var state = try Self.state()
    #expect(state.footer.contains("p back"))
    state.press(.character("?"))
    #expect(state.screen.lines.prefix(3).joined().contains("What the theorems ask for"))
    state.type("/leave the page")
    #expect(state.screen.lines.joined().contains("Plan page"))
  }
}
