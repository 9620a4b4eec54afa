import Lessons
import Workbench

/// The questions of a lesson as Markdown, to be handed out, and perhaps their answers as measured.
struct LessonSheet {
  private let lesson: Lesson
  /// The answers by step; nil leaves them out.
  private let answers: [Int: LessonVerdict]?
  /// The hands that were counted in class.
  private let progress: LessonProgress

  /// Prepares a sheet; for the answers the lesson is gone through.
  ///
  /// - Parameters:
  ///   - lesson: The lesson.
  ///   - hasAnswers: Whether the answers stand at the end, with the hands of a class.
  ///   - progress: Where hands were counted.
  /// - Throws: Why a run of the lesson cannot be made.
  init(_ lesson: Lesson, hasAnswers: Bool, progress: LessonProgress) throws {
    (self.lesson, self.progress) = (lesson, progress)
    guard hasAnswers else {
      answers = nil
      return
    }
    var found: [Int: LessonVerdict] = [:]
    var rehearsal = try LessonRehearsal(lesson)
    try rehearsal.perform { step, state in
      guard let question = lesson.steps[step].question else { return }
      let evidence = state.lessonEvidence
      found[step] = question.rightAnswer(evidence).flatMap { question.verdict(on: $0, evidence) }
    }
    answers = found
  }

  private var questions: [(step: Int, question: LessonQuestion)] {
    lesson.steps.enumerated().compactMap { step, content in
      content.question.map { (step, $0) }
    }
  }

  /// The sheet in lines.
  var lines: [String] {
    let asked = questions.enumerated().flatMap { number, item in
      ["", "**\(number + 1). \(item.question.text)**", ""] + Self.room(for: item.question)
    }
    guard let answers else { return ["# \(lesson.title)"] + asked }
    let told = questions.enumerated().flatMap { number, item -> [String] in
      let truth = answers[item.step]?.truth ?? "not measured"
      let reveal = item.question.reveal.joined(separator: " ")
      return ["", "\(number + 1). **\(truth)** \(reveal)"] + hands(for: item)
    }
    return ["# \(lesson.title)"] + asked + ["", "## Answers"] + told
  }

  /// The hands of a class for each choice, with bars of a sheet's width.
  private func hands(for item: (step: Int, question: LessonQuestion)) -> [String] {
    guard let counts = progress.hands(at: item.step, of: lesson),
      case .choice(let options) = item.question.kind
    else { return [] }
    let total = counts.reduce(0, +)
    return ["", "   Hands, \(total) in all:", ""]
      + zip(options, counts).map { option, count in
        let bar = String(repeating: "#", count: 30 * count / total)
        return "   - \(count)\(bar.isEmpty ? "" : " `\(bar)`") \(option.say)"
      }
  }

  /// What stands below a question: the choices, or room to write.
  private static func room(for question: LessonQuestion) -> [String] {
    switch question.kind {
    case .choice(let options): options.map { "- [ ] \($0.say)" }
    case .order(let items): items.map { "- ( ) \($0.say)" }
    case .number: ["Answer: ________"]
    case .curve(let curve):
      [
        "Draw from x = \(curve.places[0]) to \(curve.places[curve.places.count - 1]), values from "
          + "\(curve.range.lowerBound) to \(curve.range.upperBound)."
      ]
    case .field(let field):
      [
        (field.isPlace ? "Place: ________, " : "Region: ________, ")
          + zip(FieldArea.names, field.area.ranges).map {
            "\($0) from \($1.lowerBound) to \($1.upperBound)"
          }.joined(separator: ", ") + "."
      ]
    }
  }
}
