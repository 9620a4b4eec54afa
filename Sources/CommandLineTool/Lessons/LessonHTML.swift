import Lessons
import NumberFormatting
import ReportFiles
import TermPlot
import Workbench

/// A lesson as one page of HTML with its pictures and questions, for those who have no terminal.
///
/// Everything is in the page: it loads nothing and runs nothing. Answers are folded until they are
/// asked for.
struct LessonHTML {
  private static let size = Size(columns: 72, rows: 22)

  private let lesson: Lesson
  private let theme: Theme
  /// The pictures of each step above its question, and behind the answer.
  private var pictures: [Int: (above: [String], behind: [String])] = [:]
  /// The answers, as measured.
  private var answers: [Int: LessonVerdict] = [:]

  /// Goes through a lesson and draws its steps.
  ///
  /// - Parameters:
  ///   - lesson: The lesson.
  ///   - theme: The colours of the pictures.
  /// - Throws: Why a run of the lesson cannot be made.
  init(_ lesson: Lesson, theme: Theme) throws {
    (self.lesson, self.theme) = (lesson, theme)
    var pictures: [Int: (above: [String], behind: [String])] = [:]
    var answers: [Int: LessonVerdict] = [:]
    var rehearsal = try LessonRehearsal(lesson)
    try rehearsal.perform { step, state in
      guard pictures[step] != nil else {
        let above = [state.lessonPicture(size: Self.size), state.lessonPlot(size: Self.size)]
        pictures[step] = (above.compactMap { $0.map { Self.svg($0, theme) } }, [])
        return
      }
      if let picture = state.lessonAnswerPicture(size: Self.size) {
        pictures[step]?.behind = [Self.svg(picture, theme)]
      }
      guard let question = lesson.steps[step].question else { return }
      let evidence = state.lessonEvidence
      answers[step] = question.rightAnswer(evidence).flatMap {
        question.verdict(on: $0, evidence)
      }
    }
    (self.pictures, self.answers) = (pictures, answers)
  }

  /// A picture as an element of the page: a file's first line is not part of it.
  private static func svg(_ picture: Canvas, _ theme: Theme) -> String {
    let file = String(decoding: ScreenFile.svg(picture, theme), as: UTF8.self)
    return String(file[(file.firstRange(of: "<svg")?.lowerBound ?? file.startIndex)...])
  }

  /// The whole page.
  var text: String {
    let steps = lesson.steps.indices.map(section).joined(separator: "\n")
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(MarkupText.escaped(lesson.title))</title>
      <style>
      body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 sans-serif; }
      svg { max-width: 100%; height: auto; border-radius: 4px; }
      pre, code { font-family: monospace; }
      details { border: 1px solid #888; border-radius: 4px; padding: 0.5rem 1rem; margin: 1rem 0; }
      summary { cursor: pointer; font-weight: bold; }
      </style>
      </head>
      <body>
      <h1>\(MarkupText.escaped(lesson.title))</h1>
      <p>\(MarkupText.escaped(lesson.summary))</p>
      \(steps)
      </body>
      </html>

      """
  }

  private func section(_ place: Int) -> String {
    let step = lesson.steps[place]
    let drawn = pictures[place]?.above ?? []
    return
      (["<section>", "<h2>\(MarkupText.escaped(step.title))</h2>"] + body(step.text)
      + drawn + (step.question.map { question($0, at: place) } ?? []) + ["</section>"])
      .joined(separator: "\n")
  }

  private func body(_ text: [LessonText]) -> [String] {
    var lines: [String] = []
    var isList = false
    for piece in text {
      let isItem = if case .item = piece { true } else { false }
      if isItem != isList { lines.append(isItem ? "<ul>" : "</ul>") }
      isList = isItem
      switch piece {
      case .paragraph(let text): lines.append("<p>\(marked(text))</p>")
      case .item(let text): lines.append("<li>\(marked(text))</li>")
      case .formula(let text): lines.append("<pre>\(MarkupText.escaped(text))</pre>")
      }
    }
    return lines + (isList ? ["</ul>"] : [])
  }

  private func question(_ question: LessonQuestion, at place: Int) -> [String] {
    let choices: [String] =
      switch question.kind {
      case .choice(let options): options.map(\.say)
      case .order(let items): items.map(\.say)
      case .number, .curve, .field: []
      }
    let list =
      choices.isEmpty ? [] : ["<ul>"] + choices.map { "<li>\(marked($0))</li>" } + ["</ul>"]
    let whys: [String] =
      switch question.kind {
      case .choice(let options):
        options.compactMap { option in
          option.why.map { "<p><em>\(marked(option.say))?</em> \(marked($0))</p>" }
        }
      case .number(let number): number.misses.map { "<p>\(marked($0.why))</p>" }
      case .field(let field): field.misses.map { "<p>\(marked($0.why))</p>" }
      case .order, .curve: []
      }
    let truth = answers[place].map { "<p><strong>\(marked($0.truth))</strong></p>" }
    return ["<p><strong>\(marked(question.text))</strong></p>"] + list
      + ["<details><summary>Predict, then open</summary>"] + [truth].compactMap { $0 }
      + (pictures[place]?.behind ?? []) + question.reveal.map { "<p>\(marked($0))</p>" }
      + (whys.isEmpty ? [] : ["<p>Usual other answers:</p>"] + whys) + ["</details>"]
  }

  private func marked(_ text: String) -> String {
    LessonMarkup.pieces(text).map { piece in
      switch piece.form {
      case .plain: MarkupText.escaped(piece.text)
      case .emphasis: "<em>\(MarkupText.escaped(piece.text))</em>"
      case .code: "<code>\(MarkupText.escaped(piece.text))</code>"
      }
    }.joined()
  }
}
