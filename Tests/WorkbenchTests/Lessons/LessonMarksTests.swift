import Lessons
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// Places and regions are answered in the picture, with keys, the mouse or a line.
@Suite struct LessonMarksTests {
  private func fields(_ state: WorkbenchState) -> Set<Int>? {
    guard
      case .fields(let fields)? = state.lessons.reading?.answers[state.lessons.reading?.step ?? 0]
    else { return nil }
    return fields
  }

  /// Where the mouse places or marks.
  private func picture(_ state: WorkbenchState) throws -> Rect {
    let areas = state.areas(of: 0) {
      if case .action(let action) = $0 { action.isDraggable } else { false }
    }
    return try #require(areas.last)
  }

  @Test(
    "A particle is placed by arrows, stands in the picture, and the right places are shown behind")
  func place() throws {
    var state = try LessonFixture.state(of: LessonFixture.pictured, step: 0)
    #expect(state.screen.lines.joined().contains("here: x = 0"))
    for _ in 0..<10 { state.press(.right) }
    #expect(state.screen.lines.joined().contains("here: x = 1.95"))
    #expect(state.screen.lines.contains { $0.contains("X") && $0.contains("║") })
    state.press(.enter)
    let shown = state.screen.lines.joined(separator: "\n")
    for words in ["✓ You: x = 1.95", "X is yours", "Program: x = 1.95"] {
      #expect(shown.contains(words), "\(words)")
    }
    state = try LessonFixture.state(of: LessonFixture.pictured, step: 0)
    state.press(.left, .enter)
    #expect(state.screen.lines.joined().contains("The sign."))
    state.press(.enter)
    #expect(state.lessons.reading?.step == 1)
  }

  @Test("The picture shows the whole area of the question, and no more")
  func window() throws {
    let state = try LessonFixture.state(of: LessonFixture.pictured, step: 0)
    let plots = state.screen.plots(of: 3)
    #expect(!plots.isEmpty)
    for plot in plots { #expect(plot.x.range.lower == -4 && plot.x.range.upper == 4) }
    var next = state
    next.press(.character("o"), .character("o"))
    #expect(next.lessons.windows.isEmpty)
  }

  @Test("A region of the line is marked and cleared by up and down, and compared")
  func region() throws {
    var state = try LessonFixture.state(of: LessonFixture.pictured, step: 1)
    #expect(state.press(.enter).isEmpty && state.notice?.text == "nothing is marked yet")
    state.press(.up, .left, .up, .down)
    #expect(state.lessons.reading?.draft.fields == [20])
    #expect(state.press(.down).isEmpty && state.notice?.text == "it is not marked")
    for _ in 0..<19 { state.press(.left, .up) }
    #expect(state.press(.left).isEmpty)
    #expect(state.press(.left).isEmpty && state.notice?.text == "this is the edge")
    #expect(state.screen.lines.contains { $0.contains("####") })
    state.press(.enter)
    let shown = state.screen.lines.joined(separator: "\n")
    #expect(shown.contains("✓ You: 95% of it; 5% of yours is outside"))
    // Marked rightly, marked wrongly, and left out: each has a glyph of its own.
    state = try LessonFixture.state(of: LessonFixture.pictured, step: 1)
    _ = state.carryOut(line: "answer -4 -2, 2 4")
    #expect(
      state.screen.lines.contains {
        $0.contains("###") && $0.contains("+++") && $0.contains("---")
      })
  }

  @Test("The mouse places, marks where it goes, and clears where it began on a mark")
  func mouse() throws {
    var state = try LessonFixture.state(of: LessonFixture.pictured, step: 1)
    let area = try picture(state)
    let row = area.y + 2
    func drag(_ state: inout WorkbenchState, from first: Int, to last: Int) {
      state.send(.mouse(MouseEvent(.press, x: first, y: row)))
      state.send(.mouse(MouseEvent(.drag, x: last, y: row)))
      state.send(.mouse(MouseEvent(.release, x: last, y: row)))
    }
    drag(&state, from: area.x, to: area.x + area.width / 2)
    let half = try #require(state.lessons.reading?.draft.fields)
    // No field is jumped over, and the keys stay with the question.
    #expect(half == Set(0...(half.max() ?? 0)) && abs(half.count - 21) <= 1 && state.focus == 0)
    drag(&state, from: area.x + 1, to: area.x + area.width / 4)
    let rest = try #require(state.lessons.reading?.draft.fields)
    #expect(rest.isSubset(of: half) && abs(rest.count - half.count / 2) <= 2)
    var particle = try LessonFixture.state(of: LessonFixture.pictured, step: 0)
    particle.click(area.maxX - 1, row)
    #expect(particle.lessons.reading?.draft.selected ?? 0 >= 39)
  }

  @Test("A region of the plane is marked by F and the mouse, and shown between the points")
  func plane() throws {
    var state = try LessonFixture.state(of: LessonFixture.pictured, step: 3)
    state.press(.character("F"), .up, .character("F"), .right, .character("F"), .character("F"))
    #expect(state.lessons.reading?.draft.fields == [220, 241])
    let area = try picture(state)
    state.click(area.x + area.width / 2, area.y + 1)
    #expect(state.lessons.reading?.draft.fields.count == 3)
    state.press(.enter)
    #expect(fields(state)?.count == 3)
    let cells = state.screen.cells.filter {
      $0.style.foreground == .role(.exact) && $0.glyph == "+"
    }
    #expect(cells.count > 10)
  }

  @Test(
    "Places and regions can be typed",
    arguments: [
      (0, "2", 30), (0, " 1.95 ", 30), (0, "5", nil), (0, "a", nil), (0, "1 2", nil),
      (1, "-4 0", 21), (1, "-4 -2, 2 4", 20), (1, "2 1", nil), (1, "", nil), (3, "1 2", nil),
    ])
  func typed(step: Int, text: String, count: Int?) throws {
    var state = try LessonFixture.state(of: LessonFixture.pictured, step: step)
    _ = state.carryOut(line: "answer \(text)")
    let found = fields(state)
    #expect((step == 0 ? found?.first : found?.count) == count)
    #expect((state.notice?.role == .error) == (count == nil))
  }

  @Test("A plot stands below the text, and in a picture of its own")
  func plot() throws {
    let state = try LessonFixture.state(of: LessonFixture.pictured, step: 2)
    let shown = state.screen.lines.joined(separator: "\n")
    #expect(shown.contains("left") && shown.contains("noise"))
    let picture = try #require(state.lessonPlot(size: Size(columns: 60, rows: 12)))
    #expect(picture.plots.first?.x.title == "t" && picture.plots.first?.x.range.upper == 5)
    #expect(try LessonFixture.state(step: 0).lessonPlot(size: Size(columns: 60, rows: 12)) == nil)
  }

  @Test("Without a right place, and where a curve has no values, a check says so")
  func unknown() throws {
    let fixture = try LessonFixture.lesson(LessonFixture.pictured)
    #expect(LessonFit.problems(of: fixture) == [])
    let nowhere = LessonFixture.pictured.replacing("< 0.03", with: "< 0")
    #expect(
      LessonFit.problems(of: try LessonFixture.lesson(nowhere)).map(\.message).joined()
        .contains("no place is right"))
    let never = LessonFixture.pictured.replacing("alpha(x)", with: "alpha(x + 6)")
    let problems = LessonFit.problems(of: try LessonFixture.lesson(never))
    #expect(problems.count == 1 && problems[0].message.contains("\"left\" has no values"))
    #expect(problems[0].line == 34, "the line of the first key of the plot")
  }

  @Test("All of it is answered rightly without a person")
  func rehearsed() throws {
    var rehearsal = try LessonRehearsal(
      LessonFixture.lesson(
        LessonFixture.pictured.replacing(
          "## A place",
          with: """
            ## Small

            ```yaml
            run:
              network: {kind: mlp, hidden: [4]}
              sampler: {count: 20, steps: 5}
              probe: {points: 64}
            train: 0
            ```

            ## A place
            """)))
    try rehearsal.perform()
    #expect(rehearsal.findings.count == 3 && rehearsal.findings.allSatisfy(\.holds))
  }
}
