import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// What of a form is on screen: favourites first, groups that fold, what is looked for.
@Suite struct FormViewTests {
  private func paths(_ state: WorkbenchState) -> [String] { state.formLines.map(\.path) }

  private func headings(_ state: WorkbenchState, folded: Bool) -> [String] {
    state.formLines.compactMap { line in
      if case .heading(let group, folded, _) = line { group } else { nil }
    }
  }

  @Test("Every row is in the form once, whichever groups are folded and whatever comes first")
  func complete() throws {
    var state = try Fixture.state()
    for favourites in [[], SetupForm.favourites, ["seed", "sampler.grid"]] {
      state.form.favourites = favourites
      state.press(.character(")"))
      let rows = state.formLines.compactMap { line in
        if case .row(let row) = line { row.field.path } else { nil }
      }
      #expect(rows.sorted() == state.formRows.map(\.field.path).sorted())
      #expect(headings(state, folded: true).isEmpty)
    }
  }

  @Test("What people change most is on the smallest usual screen without scrolling")
  func favourites() throws {
    let state = try Fixture.state()
    #expect(state.selectedRow == "optimizer.learning_rate")
    let lines = state.screen.lines.joined(separator: "\n")
    for label in ["learning rate", "batch", "sampler", "steps", "distribution", "training set n"] {
      #expect(lines.contains(label), "\(label)")
    }
  }

  @Test("* puts a value first and back again; its member's parameters go with it")
  func favourite() throws {
    var state = try Fixture.state()
    state.form.favourites = []
    state.selectedRow = "process.kind"
    state.press(.character("*"))
    #expect(paths(state).prefix(3) == ["process.kind", "process.horizon", "process.stop"])
    state.press(.character("*"))
    #expect(paths(state).first != "process.kind" && state.form.favourites.isEmpty)
  }

  @Test("Groups fold and unfold by arrows, Enter, and all at once; the selection stays on screen")
  func folds() throws {
    var state = try Fixture.state()
    state.press(.character("("))
    #expect(headings(state, folded: false).isEmpty)
    state.selectedRow = FormLine.headingPath("process")
    state.press(.right)
    #expect(paths(state).contains("process.horizon"))
    state.press(.left)
    #expect(!paths(state).contains("process.horizon"))
    state.press(.enter, .down)
    #expect(state.selectedRow == "process.kind")
    // A row under the cursor is never folded away.
    state.press(.character("("))
    #expect(state.selectedRow == FormLine.headingPath("process"))
    #expect(!paths(state).contains("process.kind"))
    #expect(state.screen.lines.joined().contains("horizon, stop"))
  }

  @Test("Groups nobody touched are unfolded as far as there is room")
  func room() throws {
    let small = try Fixture.state(columns: 60, rows: 15)
    let large = try Fixture.state(columns: 200, rows: 60)
    #expect(headings(small, folded: false).isEmpty && !headings(small, folded: true).isEmpty)
    #expect(headings(large, folded: false).contains("process"))
  }

  @Test(
    "/ shows rows by name, key, group, and by what they are",
    arguments: [
      ("learning", ["optimizer.learning_rate"]), ("probe delta", ["probe.delta"]),
      ("live sampler steps", ["sampler.steps"]), ("changed", ["optimizer.batch"]),
      ("restarts seed", ["seed"]),
    ])
  func filters(words: String, expected: [String]) throws {
    var state = try Fixture.state()
    state.run.configuration.optimizer.batch = 64
    state.press(.character("/"))
    state.type(words)
    #expect(paths(state) == expected && state.selectedRow == expected[0])
    state.press(.enter)
    #expect(paths(state) == expected && state.screen.lines.joined().contains("/\(words.prefix(4))"))
    state.press(.escape)
    #expect(paths(state).count > expected.count && state.page == .live)
  }

  @Test("Nothing found says so, and Esc shows all while typing too")
  func nothing() throws {
    var state = try Fixture.state()
    let before = paths(state)
    state.press(.character("/"))
    state.type("xyzzy")
    #expect(paths(state).isEmpty && state.screen.lines.joined().contains("nothing has these"))
    state.press(.enter, .enter, .right)
    #expect(state.notice?.text.contains("Esc shows all") == true)
    state.press(.escape)
    #expect(paths(state) == before)
  }

  @Test("~ leaves only what acts live")
  func liveOnly() throws {
    var state = try Fixture.state()
    state.press(.character("~"))
    for case .row(let row) in state.formLines { #expect(row.field.isLive) }
    #expect(state.formLines.count == state.formRows.count { $0.field.isLive })
    state.press(.character("~"))
    #expect(!state.form.isFiltered)
  }

  @Test("Below the form stands what the selected row is, its range, and what a change does")
  func explains() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    func words() -> String {
      state.screen.lines.map { $0.prefix(36) }.joined().split { " ║│".contains($0) }
        .joined(separator: " ")
    }
    #expect(words().contains("step size; a number from 1e-08 to 100; live"))
    state.press(.right)
    #expect(words().contains("0.001 at the start"))
    state.selectedRow = "network.hidden"
    #expect(words().contains("widths of the hidden layers"))
    #expect(words().contains("restarts"))
    state.selectedRow = FormLine.headingPath("process")
    #expect(words().contains("horizon, stop"))
  }

  @Test(
    "What differs from the start is marked, until it is the same again", arguments: Marks.allCases)
  func changed(marks: Marks) throws {
    var state = try Fixture.state(marks: marks)
    func line() -> String { state.screen.lines.first { $0.contains("learning rate") } ?? "" }
    let sign = marks.isUnicode ? "≠" : "#"
    let before = line().filter { String($0) == sign }.count
    state.press(.right)
    #expect(line().filter { String($0) == sign }.count == before + 1)
    state.press(.left)
    #expect(line().filter { String($0) == sign }.count == before)
  }

  @Test("The row under edit shows though its group is folded or it is not looked for")
  func editing() throws {
    var state = try Fixture.state()
    state.press(.character("("), .control("p"))
    state.type("huber")
    state.press(.enter)
    #expect(state.editor?.field.path == "objective.huber_length")
    #expect(state.screen.cursor != nil && paths(state).contains("objective.huber_length"))
  }
}
