import ArgumentParser
import CommandLineTool
import ScoreCore
import Workbench

/// `scorefield lesson`: a course in steps, with questions whose answers are measured.
struct LessonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson",
    abstract: "Open a lesson; list, check or export lessons.",
    discussion: """
      A lesson is text next to a run: it asks, you predict, and the program shows what it measures. \
      NAME is a name or a number of the list, or a file that ends in .md; a lesson goes on where it \
      was left. Lessons of your own are such files in lessons/ of the configuration folder, or in \
      $SCOREFIELD_LESSONS; docs/LESSONS.md describes how to write one, and the line \
      :lesson_record FILE.md of the workbench begins one. In class, C counts hands before an answer \
      is shown.

        scorefield lesson 1
        scorefield lesson list
        scorefield lesson my-lesson.md
        scorefield lesson check my-lesson.md --rehearse
      """,
    subcommands: [Open.self, List.self, Check.self, Export.self, Sheet.self],
    defaultSubcommand: Open.self)

  struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "open",
      abstract: "Open the workbench on a lesson, or on the list of them (the default).")

    @Argument(help: "A lesson's name or number, or a file that ends in .md; the list without one.")
    var name: String?

    func run() throws {
      try OpenCommand.parse(["--lesson", name ?? OpenCommand.lessonList]).run()
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the lessons.")

    @Flag(help: "A JSON object a line.") var json = false

    func run() throws { try LessonTask.list(LessonFolders.load(), isJSON: json) }
  }

  struct Check: ThreadedCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Check lessons: every key, condition and run, and whether texts fit 80x24.")

    @Argument(help: "Files of lessons.") var files: [String]

    @Flag(help: "Go through each, and compare every number that it says with what is measured.")
    var rehearse = false

    @OptionGroup var threading: ThreadOptions

    var threads: Int { threading.threads }

    func run() throws { try LessonTask.check(files, isRehearsed: rehearse) }
  }

  struct Sheet: ThreadedCommand {
    static let configuration = CommandConfiguration(
      commandName: "sheet", abstract: "Print the questions of a lesson as Markdown, for a class.")

    @Argument(help: "A lesson's name or number, or a file.") var name: String

    @Flag(help: "Print the answers at the end, as they are measured, and the hands of your class.")
    var answers = false

    @OptionGroup var threading: ThreadOptions

    var threads: Int { threading.threads }

    func run() throws {
      try LessonTask.printSheet(
        name, hasAnswers: answers, progress: StateFile.load().lessons)
    }
  }

  struct Export: ThreadedCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Write a lesson as one HTML page with its pictures and questions.",
      discussion: "The page loads nothing and runs nothing; answers are folded until opened.")

    @Argument(help: "A lesson's name or number, or a file.") var name: String

    @Option(help: "The file to write; the lesson's name with .html without it.")
    var output: String?

    @Option(help: "The theme of the pictures.") var theme: String?

    @OptionGroup var threading: ThreadOptions

    var threads: Int { threading.threads }

    func run() throws {
      try LessonTask.export(name, theme: theme, to: output)
    }
  }
}
