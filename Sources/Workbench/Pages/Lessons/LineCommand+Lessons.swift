import Lessons
import ScoreLab

/// Lines that write lessons.
extension LineCommand {
  static let recordLesson = recordingLesson(
    "lesson_record", "write what was done last as a lesson whose words are to be filled in",
    replaces: false)

  static let recordLessonOver = recordingLesson(
    "lesson_record!", "the same over a file that is there", replaces: true)

  private static func recordingLesson(
    _ name: String, _ title: String, replaces: Bool
  ) -> LineCommand {
    LineCommand(
      name: name, argument: "FILE.md", title: title,
      completions: { _ in [Completion("my-lesson.md", "a lesson for `scorefield lesson check`")] },
      perform: { (state, argument) throws(LineError) in
        guard argument.lowercased().hasSuffix(".md") else {
          throw LineError(message: "lesson_record takes a file's name that ends in .md")
        }
        let text = try state.recordedLesson(for: argument)
        return [
          .export(
            Export(
              path: argument, replaces: replaces, content: .bytes(Array(text.text.utf8)),
              summary: "\(text.steps) steps; say in it what to look at, then lesson check",
              replacer: "lesson_record!"))
        ]
      })
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
