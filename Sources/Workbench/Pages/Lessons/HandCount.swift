import Lessons
import TermPlot

/// The hands of a class, counted for each choice of a question before the program answers it.
struct HandCount: Sendable, Equatable {
  var counts: [Int]
  /// The choices in the order in which hands were counted, so that the last can be taken back.
  var order: [Int] = []
  /// Whether what is measured is shown.
  var isRevealed = false

  var total: Int { counts.reduce(0, +) }

  /// The choice with most hands, the first of several; nil without a hand.
  var favourite: Int? {
    guard let most = counts.max(), most > 0 else { return nil }
    return counts.firstIndex(of: most)
  }

  mutating func count(_ choice: Int) {
    guard counts.indices.contains(choice), counts[choice] < LessonProgress.mostHands else { return }
    counts[choice] += 1
    order.append(choice)
  }

  mutating func takeBack(_ choice: Int) {
    guard counts.indices.contains(choice), counts[choice] > 0 else { return }
    counts[choice] -= 1
    if let last = order.lastIndex(of: choice) { order.remove(at: last) }
  }

  mutating func clear() {
    counts = counts.map { _ in 0 }
    order = []
  }
}

extension WorkbenchState {
  /// Opens the count of the question; what was counted for it stands there already.
  mutating func countHands(of options: Int) {
    guard let reading = lessons.reading else { return }
    let counts = lessons.progress.hands(at: reading.step, of: reading.lesson)
    overlay = .hands(HandCount(counts: counts ?? Array(repeating: 0, count: options)))
  }

  /// A key while hands are counted.
  mutating func press(_ key: Key, in open: HandCount) {
    var count = open
    switch key {
    case .escape: return overlay = nil
    case .enter:
      guard !count.isRevealed else { return overlay = nil }
      guard let favourite = count.favourite else { return }
      count.isRevealed = true
      answerLesson(.choice(favourite))
      if let step = lessons.reading?.step { lessons.reading?.classSteps.insert(step) }
    case .backspace where !count.isRevealed:
      if let last = count.order.last { count.takeBack(last) }
    case .character("0") where !count.isRevealed: count.clear()
    case .character(let letter) where !count.isRevealed:
      guard let scalar = letter.unicodeScalars.first, letter.isASCII, letter.isLetter else { break }
      let isBack = letter.isUppercase
      let place = Int(scalar.value) - (isBack ? 65 : 97)
      if isBack { count.takeBack(place) } else { count.count(place) }
    default: break
    }
    keep(count)
  }

  /// Shows a count and keeps it with the progress of the lesson.
  private mutating func keep(_ count: HandCount) {
    overlay = .hands(count)
    guard let reading = lessons.reading else { return }
    lessons.progress.count(count.counts, at: reading.step, of: reading.lesson)
  }

  /// The choice that is right as measured, once the count is revealed.
  fileprivate var rightChoice: Int? {
    guard case .choice(let place)? = lessons.reading?.current.question?.rightAnswer(lessonEvidence)
    else { return nil }
    return place
  }
}

// MARK: - Drawing

extension HandCount {
  /// Draws the question with a bar for each choice over the panes, large enough for a hall.
  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let question = state.lessons.reading?.current.question,
      case .choice(let options) = question.kind, options.count == counts.count
    else { return }
    canvas.fill(area, with: Cell(" ", Style(.text)))
    let panel = Panel(
      "Hands: \(total)", note: state.lessons.reading?.lesson.title ?? "", hint: hint,
      isFocused: true, marks: state.marks)
    let inner = panel.draw(into: &canvas, in: area).inset(left: 1, right: 1)
    canvas.register(WidgetTarget.box, in: area)
    guard inner.width >= 20 else { return }
    let right = isRevealed ? state.rightChoice : nil
    let heading = state.marks.wrap(
      LessonMarkup.plain(question.text), width: inner.width, rows: 4
    ).map { TextBlock.Line($0, .accent, isBold: true) }
    let blocks = [false, true].map { isShort in
      options.indices.map { block(options[$0].say, $0, right, state.marks, inner.width, isShort) }
    }
    let ending = verdict(right)
    // In a low window each choice has one line.
    let isShort =
      heading.count + blocks[0].reduce(0) { $0 + $1.count + 1 } + ending.count > inner.height
    var row = inner.y
    func write(_ lines: [TextBlock.Line]) {
      let room = Rect(x: inner.x, y: row, width: inner.width, height: max(0, inner.maxY - row))
      TextBlock(lines, marks: state.marks).drawTop(into: &canvas, in: room)
      row += lines.count
    }
    write(heading)
    for (place, lines) in blocks[isShort ? 1 : 0].enumerated() {
      if !isShort { row += 1 }
      register(place, rows: lines.count, at: row, inner, into: &canvas)
      write(lines)
    }
    if !isShort { row += 1 }
    write(ending)
  }

  private var hint: String {
    let last = LessonQuestion.letter(counts.count - 1)
    if isRevealed { return "Enter goes on" }
    return total == 0
      ? "a to \(last) count hands, Esc leaves"
      : "A to \(last.uppercased()) take back, 0 clears, Enter reveals, Esc leaves"
  }

  private func block(
    _ text: String, _ place: Int, _ right: Int?, _ marks: Marks, _ width: Int, _ isShort: Bool
  ) -> [TextBlock.Line] {
    let isRight = place == right
    let sign = isRight ? String(marks.pick("✓", "+")) + " " : "  "
    let role: StyleRole = isRight ? .good : .text
    let name = "\(sign)\(LessonQuestion.letter(place))  "
    let (say, share) = (LessonMarkup.plain(text), Double(counts[place]) / Double(max(1, total)))
    let glyph = String(marks.pick("█", "#"))
    func bar(_ room: Int) -> String {
      String(repeating: glyph, count: Int((share * Double(room)).rounded()))
    }
    let number = "\(counts[place])"
    guard !isShort else {
      let line = name + number + String(repeating: " ", count: max(1, 5 - number.count)) + bar(12)
      return [.init(marks.fit(line + " " + say, width: width), role, isBold: isRight)]
    }
    let lines = marks.wrap(say, width: width - name.count, rows: 3).enumerated().map {
      TextBlock.Line(
        ($0.offset == 0 ? name : String(repeating: " ", count: name.count)) + $0.element, role,
        isBold: isRight)
    }
    let words = "\(number) of \(total), \(Int((100 * share).rounded()))%"
    let drawn = counts[place] == 0 ? "" : bar(width - 30) + " "
    return lines + [.init("     " + drawn + words, isRight ? .good : .learned)]
  }

  private func verdict(_ right: Int?) -> [TextBlock.Line] {
    guard isRevealed else { return [] }
    guard let right else { return [.init("measuring ...", .muted)] }
    return [
      .init(
        "\(LessonQuestion.letter(right)) is right: \(counts[right]) of \(total) hands", .good,
        isBold: true)
    ]
  }

  /// A click on a choice counts a hand.
  private func register(
    _ place: Int, rows: Int, at row: Int, _ inner: Rect, into canvas: inout Canvas
  ) {
    guard !isRevealed else { return }
    let area = Rect(x: inner.x, y: row, width: inner.width, height: rows).intersection(inner)
    canvas.register(
      PointerTarget.action(
        PointerAction { state, _ in
          let letter = Character(LessonQuestion.letter(place))
          return state.press(key: .character(letter))
        }), in: area)
  }
}

extension TextBlock {
  /// Draws what there is room for, without arrows for the rest.
  fileprivate func drawTop(into canvas: inout Canvas, in area: Rect) {
    TextBlock(Array(lines.prefix(area.height)), marks: marks).draw(into: &canvas, in: area)
  }
}
