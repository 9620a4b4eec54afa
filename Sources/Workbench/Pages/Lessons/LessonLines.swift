import Lessons
import NumberFormatting
import ScoreLab
import TermPlot

/// The lines of the lesson's pane at a width.
struct LessonLines {
  var marks: Marks
  var width: Int

  func lines(_ state: WorkbenchState) -> [TextBlock.Line] {
    guard let reading = state.lessons.reading else { return list(state.lessons) }
    let step = reading.current
    guard let question = step.question, let answer = reading.answers[reading.step] else {
      return wrapped(step.title, .title, isBold: true) + text(step.text)
        + (step.question.map { asked($0, reading.draft) } ?? []) + tail(reading)
    }
    return answered(
      question, question.verdict(on: answer, state.lessonEvidence), reading,
      hands: reading.classSteps.contains(reading.step)
        ? state.lessons.progress.hands(at: reading.step, of: reading.lesson) : nil)
  }

  /// The step once its question is answered; without a verdict while something is not measured.
  func answered(
    _ question: LessonQuestion, _ verdict: LessonVerdict?, _ reading: ReadLesson,
    hands: [Int]? = nil
  ) -> [TextBlock.Line] {
    wrapped(reading.current.title, .title, isBold: true) + revealed(question, verdict, hands)
      + tail(reading)
  }

  private func tail(_ reading: ReadLesson) -> [TextBlock.Line] {
    attempt(reading.current) + conditions(reading)
  }

  /// Whether a line is the first of a row that can be selected.
  static func isRowStart(_ line: TextBlock.Line) -> Bool {
    (line.role == .key || line.role == .selectionText) && !line.text.hasPrefix("  ")
  }

  private func wrapped(
    _ text: String, _ role: StyleRole, isBold: Bool = false
  ) -> [TextBlock.Line] {
    marks.wrap(fitted(text), width: width, rows: 200).map { .init($0, role, isBold: isBold) }
  }

  /// A text behind a mark, its further lines under the first.
  private func hanging(
    _ mark: String, _ text: String, _ role: StyleRole, isBold: Bool = false
  ) -> [TextBlock.Line] {
    let indent = String(repeating: " ", count: mark.count)
    let lines = marks.wrap(fitted(text), width: max(1, width - mark.count), rows: 100)
    return lines.enumerated().map {
      .init(($0.offset == 0 ? mark : indent) + $0.element, role, isBold: isBold)
    }
  }

  /// Where only ASCII can be shown, what is not becomes a question mark.
  private func fitted(_ text: String) -> String {
    guard !marks.isUnicode else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isASCII ? $0 : "?" }))
  }

  // MARK: - The list

  private func list(_ page: LessonPage) -> [TextBlock.Line] {
    let rows = page.library.lessons.enumerated().flatMap { place, lesson -> [TextBlock.Line] in
      let isSelected = place == page.selected
      let isRead = page.progress.finished.contains(lesson.name)
      let left = page.progress.steps[lesson.name].map { "step \($0 + 1)" }
      let state = isRead ? String(marks.pick("✓", "+")) + " read" : left ?? "\(lesson.minutes) min"
      let mark = isSelected ? String(marks.pick("▸", ">")) + " " : "- "
      let name = "\(lesson.number) \(lesson.title) (\(state))"
      let row = hanging(
        mark, name, isSelected ? .selectionText : .key, isBold: isSelected)
      return row + (isSelected ? hanging("   ", lesson.summary, .muted) : [])
    }
    let faults = page.library.problems.map { "! \($0)" }.flatMap { wrapped($0, .warning) }
    return rows + faults
  }

  // MARK: - A step

  private func text(_ text: [LessonText]) -> [TextBlock.Line] {
    var lines: [TextBlock.Line] = []
    var previous: LessonText?
    for piece in text {
      if let previous, Self.areApart(previous, piece) { lines.append(.init("")) }
      switch piece {
      case .paragraph: lines += wrapped(piece.plain, .text)
      case .item: lines += hanging(" " + String(marks.pick("•", "*")) + " ", piece.plain, .text)
      case .formula: lines.append(.init("  " + fitted(piece.plain), .accent))
      }
      previous = piece
    }
    return lines
  }

  /// Whether an empty line stands between two pieces.
  private static func areApart(_ first: LessonText, _ second: LessonText) -> Bool {
    switch (first, second) {
    case (.item, .item), (.formula, .formula): false
    case (.paragraph, _), (.item, _), (.formula, _): true
    }
  }

  private func asked(_ question: LessonQuestion, _ draft: LessonDraft) -> [TextBlock.Line] {
    let heading =
      [.init("")] + hanging("? ", LessonMarkup.plain(question.text), .accent, isBold: true)
    switch question.kind {
    case .choice(let options):
      return heading
        + options.enumerated().flatMap { row($1.say, $0, draft, mark: LessonQuestion.letter($0)) }
    case .order(let items):
      return heading
        + items.enumerated().flatMap { place, item in
          let rank = draft.order.firstIndex(of: place)
          return row(
            item.say, place, draft, mark: rank.map { "\($0 + 1)." } ?? LessonQuestion.letter(place))
        }
    case .number: return heading + [.init("Enter, then type your guess.", .muted)]
    case .curve: return heading + [.init("Arrows draw, Enter compares.", .muted)]
    case .field(let field): return heading + picked(field, draft)
    }
  }

  /// Where the particle is, or what is marked, and the keys.
  private func picked(_ field: FieldQuestion, _ draft: LessonDraft) -> [TextBlock.Line] {
    let here = "here: " + field.area.words(of: draft.selected)
    guard !field.isPlace else {
      return wrapped(here, .key)
        + wrapped("Arrows or the mouse place it, Enter compares.", .muted)
    }
    let keys =
      field.area.dimension == 1
      ? "Up marks, down clears; so does the mouse. Enter compares."
      : "F marks or clears; so does the mouse. Enter compares."
    return wrapped(here, .key)
      + wrapped("marked: " + field.area.words(of: draft.fields), .key) + wrapped(keys, .muted)
  }

  private func row(
    _ text: String, _ place: Int, _ draft: LessonDraft, mark: String
  ) -> [TextBlock.Line] {
    let isSelected = place == draft.selected
    let pointer = isSelected ? String(marks.pick("▸", ">")) : "-"
    return hanging(
      "\(pointer) \(mark) ", LessonMarkup.plain(text), isSelected ? .selectionText : .key,
      isBold: isSelected)
  }

  /// What was answered next to what is measured.
  private func revealed(
    _ question: LessonQuestion, _ verdict: LessonVerdict?, _ hands: [Int]?
  ) -> [TextBlock.Line] {
    let heading =
      [.init("")] + hanging("? ", LessonMarkup.plain(question.text), .accent, isBold: true)
    guard let verdict else { return heading + [.init("measuring ...", .muted)] }
    let sign =
      verdict.isRight ? marks.pick("✓", "+") : marks.pick("✗", "x")
    var lines =
      heading + [.init("")]
      + hanging(
        "\(sign) ", Self.asker(hands) + LessonMarkup.plain(verdict.said),
        verdict.isRight ? .good : .warning, isBold: true)
    lines += hanging("= ", "Program: " + LessonMarkup.plain(verdict.truth), .good)
    if case .field(let field) = question.kind {
      lines += wrapped(
        field.isPlace ? "X is yours, + is right" : "# both, - yours, + measured", .muted)
    }
    if let why = verdict.why { lines += [.init("")] + wrapped(LessonMarkup.plain(why), .text) }
    for paragraph in question.reveal {
      lines += [.init("")] + wrapped(LessonMarkup.plain(paragraph), .text)
    }
    return lines
  }

  /// Who has answered: somebody, or most hands of a class.
  private static func asker(_ hands: [Int]?) -> String {
    guard let hands, let most = hands.max() else { return "You: " }
    return "Class, \(most) of \(hands.reduce(0, +)): "
  }

  private func attempt(_ step: LessonStep) -> [TextBlock.Line] {
    guard !step.attempt.isEmpty else { return [] }
    return [.init("")]
      + hanging("; ", "sets " + step.attempt.joined(separator: ", "), .muted)
  }

  private func conditions(_ reading: ReadLesson) -> [TextBlock.Line] {
    guard !reading.current.conditions.isEmpty else { return [] }
    return [.init("")]
      + reading.current.conditions.enumerated().flatMap { place, condition in
        let isMet = reading.met.contains(place)
        let mark = isMet ? String(marks.pick("✓", "+")) : String(marks.pick("○", "o"))
        return hanging(
          mark + " ", (isMet ? "" : "waiting: ") + condition.text, isMet ? .good : .warning)
      }
  }
}
