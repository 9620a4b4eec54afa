import Lessons
import NumberFormatting
import ScoreLab
import TermPlot

/// What the arrows move in the lesson's pane.
enum LessonList {
  /// Rows of which one is selected: lessons, options, or things to be put in order.
  case rows(selected: Int, count: Int)
  /// The places of a curve.
  case curve(selected: Int, count: Int)
  /// The fields of a place or a region.
  case fields(FieldQuestion)
  /// Text to be scrolled.
  case text
}

extension WorkbenchState {
  /// What the arrows move now.
  var lessonList: LessonList {
    guard let reading = lessons.reading else {
      return .rows(selected: lessons.selected, count: lessons.library.lessons.count)
    }
    switch reading.openQuestion?.kind {
    case .choice(let options)?:
      return .rows(selected: reading.draft.selected, count: options.count)
    case .order(let items)?: return .rows(selected: reading.draft.selected, count: items.count)
    case .curve(let curve)?:
      return .curve(selected: reading.draft.selected, count: curve.places.count)
    case .field(let field)?: return .fields(field)
    case .number?, nil: return .text
    }
  }

  /// What the step still waits for.
  var waitedFor: String {
    guard let reading = lessons.reading else { return "" }
    let open = reading.current.conditions.enumerated().filter { !reading.met.contains($0.offset) }
    return open.map(\.element.text).joined(separator: ", ")
  }

  /// Moves the selection, a value of the curve, or the text.
  mutating func moveInLesson(_ way: Int) {
    switch lessonList {
    case .rows:
      if lessons.reading == nil {
        lessons.selected += way
      } else {
        lessons.reading?.draft.selected += way
      }
    case .curve: draw(-way)
    case .fields(let field) where field.area.dimension == 2:
      moveLessonField(along: 1, by: -way)
    case .fields(let field) where !field.isPlace: markLessonField(way < 0)
    case .fields, .text: scroll(by: way)
    }
  }

  /// The step of a curve's values, with the value that would come next.
  private func drawn(_ way: Int) -> (place: Int, value: Double)? {
    guard let reading = lessons.reading, case .curve(let curve)? = reading.openQuestion?.kind else {
      return nil
    }
    let place = reading.draft.selected
    let next = curve.step(of: reading.draft.values[place]) + way
    return curve.value(atStep: next).map { (place, $0) }
  }

  /// Draws the curve through a place of the plot: the nearest of its places takes the value.
  mutating func drawLessonCurve(x: Double, y: Double) {
    guard case .curve(let curve)? = lessons.reading?.openQuestion?.kind,
      let place = curve.places.indices.min(by: {
        abs(curve.places[$0] - x) < abs(curve.places[$1] - x)
      })
    else { return }
    lessons.reading?.draft.selected = place
    let value = min(max(y, curve.range.lowerBound), curve.range.upperBound)
    guard let value = curve.value(atStep: curve.step(of: value)) else { return }
    lessons.reading?.draft.values[place] = value
  }

  func canDraw(_ way: Int) -> Bool { drawn(way) != nil }

  private mutating func draw(_ way: Int) {
    guard let next = drawn(way) else { return }
    lessons.reading?.draft.values[next.place] = next.value
  }

  /// Opens the selected lesson, answers, or goes on.
  mutating func enterLesson() -> [Effect] {
    guard let reading = lessons.reading else { return openLesson(at: lessons.selected) }
    guard let question = reading.openQuestion else { return goOnInLesson() }
    switch question.kind {
    case .choice(let options) where lessons.isClass: countHands(of: options.count)
    case .choice: answerLesson(.choice(reading.draft.selected))
    case .number: overlay = .prompt(Prompt(typing: "answer "))
    case .order(let items): putInOrder(reading.draft.selected, of: items.count)
    case .curve: answerLesson(.curve(reading.draft.values))
    case .field(let field):
      answerLesson(.fields(field.isPlace ? [reading.draft.selected] : reading.draft.fields))
    }
    return []
  }

  private mutating func goOnInLesson() -> [Effect] {
    guard let reading = lessons.reading else { return [] }
    guard reading.step + 1 < reading.lesson.steps.count else {
      closeLesson()
      lessons.selected = min(lessons.selected + 1, lessons.library.lessons.count - 1)
      notice = Notice(text: "\(reading.lesson.title): read to the end", role: .good)
      return []
    }
    return goToLessonStep(reading.step + 1)
  }

  /// Puts a thing behind those in order; the last one follows by itself.
  private mutating func putInOrder(_ item: Int, of count: Int) {
    guard var draft = lessons.reading?.draft else { return }
    draft.order.append(item)
    let rest = (0..<count).filter { !draft.order.contains($0) }
    if rest.count == 1 { draft.order += rest }
    draft.selected = rest.first ?? item
    lessons.reading?.draft = draft
    if draft.order.count == count { answerLesson(.order(draft.order)) }
  }

  /// Gives the answer of the step.
  mutating func answerLesson(_ answer: LessonAnswer) {
    guard let reading = lessons.reading else { return }
    lessons.reading?.answers[reading.step] = answer
    lessons.scroll = 0
  }

  /// Takes back what was put in order last, or goes back to the list.
  mutating func stepOutOfLesson() {
    if let order = lessons.reading?.draft.order, lessons.reading?.openQuestion != nil,
      !order.isEmpty
    {
      lessons.reading?.draft.order.removeLast()
    } else {
      closeLesson()
    }
  }
}

// MARK: - Lines

extension LineCommand {
  static let answer = LineCommand(
    name: "answer", argument: "VALUE",
    title: "answer the lesson's question: a number, letters such as b or cab, a place as 1 or "
      + "1 2, a region as -4 -2, 0 2",
    completions: { _ in [] },
    perform: { (state, argument) throws(LineError) in
      guard let question = state.lessons.reading?.openQuestion, state.page == .lessons else {
        throw LineError(message: "no question of a lesson waits for an answer")
      }
      state.answerLesson(try question.answer(in: argument))
      return []
    })

  static let lesson = LineCommand(
    name: "lesson", argument: "NAME", title: "open a lesson, where it was left",
    completions: { state in
      state.lessons.library.lessons.map { Completion($0.name, $0.title) }
    },
    perform: { (state, argument) throws(LineError) in
      guard let place = state.lessons.library.place(of: argument) else {
        throw state.unknown(argument, of: "lessons", state.lessons.library.lessons.map(\.name))
      }
      guard state.page == .lessons || !state.isOpen(.lessons) else {
        throw LineError(message: "the lessons page is open under this one")
      }
      return state.openLesson(at: place)
    })
}

extension LessonQuestion {
  /// The answer that a text means.
  fileprivate func answer(in text: String) throws(LineError) -> LessonAnswer {
    let letters = text.lowercased().unicodeScalars.filter { $0 != " " }.map {
      Int($0.value) - 97
    }
    switch kind {
    case .choice(let options):
      guard letters.count == 1, options.indices.contains(letters[0]) else {
        throw LineError(
          message: "the answer is a letter from a to \(Self.letter(options.count - 1))")
      }
      return .choice(letters[0])
    case .number:
      guard let number = Double(text), number.isFinite else {
        throw LineError(message: "the answer is a number, such as 0.5 or 1e-3")
      }
      return .number(number)
    case .order(let items):
      guard Set(letters) == Set(items.indices), letters.count == items.count else {
        throw LineError(message: "the answer is all letters, the largest first, such as cab")
      }
      return .order(letters)
    case .curve: throw LineError(message: "the answer is drawn with the arrows; Enter gives it")
    case .field(let field): return .fields(try field.fields(in: text))
    }
  }

  /// The letter of an option.
  static func letter(_ place: Int) -> String {
    String(Unicode.Scalar(UInt8(97 + min(place, 25))))
  }
}

extension FieldQuestion {
  /// The fields that a text means: a place by its coordinates, a region of the line by its intervals.
  fileprivate func fields(in text: String) throws(LineError) -> Set<Int> {
    let parts = text.split(separator: ",").map { part in
      part.split(separator: " ").map { Double($0).flatMap { $0.isFinite ? $0 : nil } }
    }
    let numbers = parts.map { $0.compactMap { $0 } }
    let isClean = zip(parts, numbers).allSatisfy { $0.count == $1.count } && !numbers.isEmpty
    guard isPlace else {
      guard area.dimension == 1 else {
        throw LineError(message: "a region of the plane is marked with F or the mouse")
      }
      guard isClean, numbers.allSatisfy({ $0.count == 2 && $0[0] < $0[1] }) else {
        throw LineError(message: "a region is one or more intervals, such as -4 -2, 0 2")
      }
      return area.fields(in: numbers.map { $0[0]...$0[1] })
    }
    let point = numbers.flatMap { $0 }
    guard isClean, point.count == area.dimension, let field = area.field(at: point) else {
      let ranges = area.ranges.map { "\($0.lowerBound) to \($0.upperBound)" }
      throw LineError(
        message:
          "a place has \(zip(FieldArea.names, ranges).map { "\($0) from \($1)" }.joined(separator: " and "))"
      )
    }
    return [field]
  }
}
