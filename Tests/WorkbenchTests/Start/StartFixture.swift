import Lessons
import TermPlot

@testable import Workbench

/// The start page with presets, runs and lessons on it.
enum StartFixture {
  static func state(
    columns: Int = 80, rows: Int = 24, marks: Marks = .braille
  ) throws -> WorkbenchState {
    var state = try Fixture.state(columns: columns, rows: rows, marks: marks)
    let lesson = try LessonFixture.lesson()
    state.lessonShelf = LessonShelf { LessonLibrary(lessons: [lesson, lesson]) }
    state.press(.character("Q"))
    state.receive(try RunsFixture.message())
    return state
  }

  /// States from which every command of the page can do something in one or the other.
  static func states() throws -> [WorkbenchState] {
    try [0, 1, 2, 3].flatMap { focus -> [WorkbenchState] in
      var state = try state()
      state.focus = focus
      var moved = state
      moved.press(.end)
      return [state, moved]
    }
  }
}
