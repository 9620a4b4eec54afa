package import Lessons
import OutsideText
import ScoreLab
import Workbench

/// What `scorefield lesson` does without a screen.
package enum LessonTask {
  /// Prints the lessons there are, one a line.
  ///
  /// - Parameters:
  ///   - library: The lessons.
  ///   - isJSON: Whether each is an object.
  /// - Throws: ``Failure/Failed`` when nobody can read it.
  package static func list(_ library: LessonLibrary, isJSON: Bool) throws {
    let width = library.lessons.map(\.name.count).max() ?? 0
    for lesson in library.lessons {
      if isJSON {
        var line = JSONLine()
        line.add("name", lesson.name)
        line.add("number", lesson.number)
        line.add("title", lesson.title)
        line.add("summary", lesson.summary)
        line.add("minutes", lesson.minutes)
        line.add("steps", lesson.steps.count)
        try StandardOutput.print(line.text)
      } else {
        let name = lesson.name + String(repeating: " ", count: width - lesson.name.count)
        try StandardOutput.print("\(name)  \(lesson.minutes) min  \(lesson.summary)")
      }
    }
    for problem in library.problems { printError("scorefield: warning: \(problem)\n") }
  }

  /// Checks files of lessons: what they say, and whether it fits on the screen.
  ///
  /// - Parameters:
  ///   - files: Paths of files.
  ///   - isRehearsed: Whether each lesson is gone through, and its numbers are measured.
  /// - Throws: ``ConfigurationError`` with the first thing that is wrong, the others being printed.
  package static func check(_ files: [String], isRehearsed: Bool) throws {
    var problems: [ConfigurationError] = []
    for file in files {
      do {
        let lesson = try LessonReader.read(
          FileReader.text(file, limit: LessonReader.sizeLimit), file: file)
        var found = LessonFit.problems(of: lesson)
        if isRehearsed { found += try rehearse(lesson) }
        problems += found
        guard found.isEmpty else { continue }
        try StandardOutput.print(
          "\(SafeText.sanitized(file, limit: 200)): \(lesson.steps.count) steps, all well")
      } catch let problem as ConfigurationError {
        problems.append(problem)
      } catch let error as FileError {
        problems.append(ConfigurationError(file: file, message: error.reason))
      }
    }
    for problem in problems.dropFirst() { printError("scorefield: \(problem)\n") }
    if let first = problems.first { throw first }
  }

  /// Writes a lesson as one page of HTML.
  ///
  /// - Parameters:
  ///   - name: A name, a number or a file.
  ///   - theme: The theme of the pictures.
  ///   - file: Where to write; the lesson's name with .html where none is given.
  /// - Throws: That there is no such lesson or theme, or why a file cannot be written.
  package static func export(
    _ name: String, theme: String?, to file: String?
  ) throws {
    let lesson = try lesson(name)
    let themes = ThemeFolders.load(extra: nil).themes
    let index = try theme.map { try ThemeFolders.index(of: $0, in: themes) } ?? 0
    let path = file ?? "\(lesson.name).html"
    let text = try LessonHTML(lesson, theme: themes[index]).text
    try FileWriter.writeAtomically(text, to: path)
    try StandardOutput.print("wrote \(SafeText.sanitized(path, limit: 200))")
  }

  /// Prints the questions of a lesson as Markdown.
  ///
  /// - Parameters:
  ///   - name: A name, a number or a file.
  ///   - hasAnswers: Whether the answers, as measured, stand at the end, with the hands of a class.
  ///   - progress: Where hands were counted.
  /// - Throws: That there is no such lesson, or that nobody can read it.
  package static func printSheet(
    _ name: String, hasAnswers: Bool, progress: LessonProgress
  ) throws {
    let lesson = try lesson(name)
    for line in try LessonSheet(lesson, hasAnswers: hasAnswers, progress: progress).lines {
      try StandardOutput.print(line)
    }
  }

  private static func lesson(_ name: String) throws -> Lesson {
    let (library, place) = try LessonFolders.lesson(name)
    return library.lessons[place]
  }

  /// Goes through a lesson and prints what it finds.
  private static func rehearse(_ lesson: Lesson) throws -> [ConfigurationError] {
    var rehearsal = try LessonRehearsal(lesson)
    try rehearsal.perform()
    for finding in rehearsal.findings {
      try StandardOutput.print(
        "\(SafeText.sanitized(lesson.file, limit: 200)):\(finding.line): "
          + "\(finding.holds ? "holds" : "does not hold"): \(finding.text)")
    }
    return rehearsal.findings.filter { !$0.holds }.map {
      ConfigurationError(file: lesson.file, line: $0.line, message: $0.text)
    }
  }
}
