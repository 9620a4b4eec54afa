package import Lessons
package import ScoreLab
import TermPlot

/// Whether the texts of a lesson fit where they are read on the smallest screen with a picture.
package enum LessonFit {
  /// The screen that every step must fit.
  static let size = Size(columns: 80, rows: 24)

  /// The steps with more lines than there is room for, before the answer or behind it.
  ///
  /// - Parameter lesson: The lesson.
  /// - Returns: What is too long, by line and by how much.
  package static func problems(of lesson: Lesson) -> [ConfigurationError] {
    var state = WorkbenchState(
      size: size, configuration: lesson.steps[0].configuration, themes: [.builtIn], marks: .braille)
    state.lessonShelf = LessonShelf { LessonLibrary(lessons: [lesson]) }
    state.open(.lessons)
    return lesson.steps.indices.flatMap { step -> [ConfigurationError] in
      var reading = ReadLesson(lesson: lesson)
      reading.step = step
      reading.draft = LessonDraft(for: reading.current.question)
      state.lessons.reading = reading
      return problems(of: reading, on: state)
    }
  }

  private static func problems(
    of reading: ReadLesson, on state: WorkbenchState
  ) -> [ConfigurationError] {
    guard let room = Layout(state: state).inner(ofPane: 0) else { return [] }
    let rows = room.height - (LessonChart(state) == nil ? 0 : LessonChart.rows)
    let lines = LessonLines(marks: state.marks, width: room.width - 2)
    let page = lines.lines(state).count
    var faults: [String] = []
    if page > rows { faults.append("the text takes \(page) lines") }
    if let question = reading.current.question {
      let most =
        question.possibleVerdicts.map { lines.answered(question, $0, reading).count }.max() ?? 0
      if most > rows { faults.append("the answer takes \(most) lines") }
    }
    let wide = reading.current.text.compactMap { piece -> String? in
      guard case .formula(let text) = piece, text.count > room.width - 4 else { return nil }
      return text
    }
    faults += wide.map { "\"\($0)\" is wider than \(room.width - 4) characters" }
    return faults.map {
      ConfigurationError(
        file: reading.lesson.file, line: reading.current.line,
        message: "\($0); at \(size.columns)x\(size.rows) there is room for \(rows) lines of "
          + "\(room.width - 2) characters")
    } + unknown(reading.current, in: reading.lesson.file)
  }

  /// Curves without a value, and questions in the picture without a right place, as far as that is known
  /// without a run.
  private static func unknown(_ step: LessonStep, in file: String) -> [ConfigurationError] {
    let evidence = LessonEvidence(
      scene: LessonScene(step.configuration), configuration: step.configuration, snapshot: nil)
    var faults: [ConfigurationError] = []
    if let plot = step.plot {
      for curve in plot.curves where curve.value.quantities.allSatisfy(\.isExact) {
        guard plot.points(of: curve, evidence).x.count < 2 else { continue }
        faults.append(
          ConfigurationError(
            file: file, line: plot.line,
            message: "\"\(curve.say)\" has no values between \(plot.domain.lowerBound) and "
              + "\(plot.domain.upperBound)"))
      }
    }
    if case .field(let field)? = step.question?.kind,
      field.truth.flatMap(\.quantities).allSatisfy(\.isExact),
      field.truths(evidence)?.isEmpty != false
    {
      faults.append(
        ConfigurationError(
          file: file, line: step.line,
          message: "no place is right; the middles of \(field.area.side) fields along an axis are "
            + "looked at"))
    }
    return faults
  }
}

extension LessonQuestion {
  /// The longest verdicts there can be.
  fileprivate var possibleVerdicts: [LessonVerdict] {
    switch kind {
    case .choice(let options):
      let longest = options.map(\.say).max { $0.count < $1.count } ?? ""
      return options.map {
        LessonVerdict(isRight: false, said: $0.say, truth: longest, why: $0.why)
      }
    case .number(let question):
      return ([nil] + question.misses.map { $0.why }).map {
        LessonVerdict(isRight: false, said: "-0.000123", truth: "-0.000123", why: $0)
      }
    case .order(let items):
      let said = items.map(\.say).joined(separator: ", ")
      let truth = items.map { "\($0.say) (0.000123)" }.joined(separator: ", ")
      return [LessonVerdict(isRight: false, said: said, truth: truth)]
    case .curve:
      return [
        LessonVerdict(isRight: false, said: "off by 12% of the height", truth: "the second curve")
      ]
    case .field(let field):
      let place = field.area.dimension == 1 ? "x = -0.123" : "(-0.123, -0.123)"
      return ([nil] + field.misses.map { $0.why }).map {
        field.isPlace
          ? LessonVerdict(isRight: false, said: place, truth: place, why: $0)
          : LessonVerdict(
            isRight: false, said: "100% of it; 100% of yours is outside",
            truth: "x from -0.12 to 0.12, and from -0.12 to 0.12", why: $0)
      }
    }
  }
}
