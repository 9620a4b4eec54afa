import Lessons
import NumberFormatting
import ScoreLab

extension LineCommand {
  static let recordLesson = writing(
    "lesson_record", endings: [".md"],
    "write what was done last as a lesson whose words are to be filled in",
    example: Completion("my-lesson.md", "a lesson for `scorefield lesson check`")
  ) { (state, path) throws(LineError) in
    let (text, steps) = try state.recordedLesson(for: path)
    return (
      text,
      "\(NumberText.counted(steps, "step")); say in it what to look at, then lesson check"
    )
  }
}

extension WorkbenchState {
  /// What was done last as a lesson, which is read once before anybody else reads it.
  fileprivate func recordedLesson(
    for file: String
  ) throws(LineError) -> (text: String, steps: Int) {
    let steps = journal.steps(until: moment)
    guard !steps.isEmpty else {
      throw LineError(message: "nothing was done yet that a lesson could show")
    }
    let text = LessonWriter(file: file, steps: steps).text
    do throws(ConfigurationError) {
      return (text, try LessonReader.read(text, file: file).steps.count)
    } catch {
      throw LineError(message: "this cannot be a lesson: \(error.message)")
    }
  }
}
