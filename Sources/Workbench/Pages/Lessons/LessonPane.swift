import Lessons
import NumberFormatting
import ScoreLab
import TermPlot

/// The list of lessons, or a step of one: its text, its question, and what was answered.
struct LessonPane: TextPane {
  let title = "Lesson"
  var commands: [Command] { Self.commands }
  var focusTitle: String { "focus Lesson" }
  var focusHint: Hint? { Hint("1", nil) { $0.focus == 0 ? "" : "lesson" } }

  func note(_ state: WorkbenchState) -> String {
    guard let reading = state.lessons.reading else {
      return
        "\(state.lessons.progress.finished.count) of \(state.lessons.library.lessons.count) read"
    }
    return reading.lesson.title
  }

  func measurements(_ state: WorkbenchState) -> [any Measurement.Type] {
    guard let step = state.lessons.reading?.current else { return [] }
    return LessonQuantity.measurements(
      for: step.conditions.flatMap(\.quantities) + (step.question?.quantities ?? [])
        + (step.plot?.curves.flatMap(\.value.quantities) ?? []))
      // The cursor is put on a time as soon as the times are known.
      + [NoisedDataMeasurement.self] + (step.picture.level == nil ? [] : [ProbeMeasurement.self])
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    var area = area
    if let chart = LessonChart(state) {
      let (text, below) = area.splitBottom(rows: min(LessonChart.rows, area.height / 2))
      chart.draw(into: &canvas, in: below)
      area = text
    }
    let block = block(state, width: area.width)
    block.draw(into: &canvas, in: area)
    guard case .rows(let selected, _) = state.lessonList else { return }
    registerRows(block, selected: selected, into: &canvas, in: area)
  }

  /// A click on a row selects it, and on the selected one does what Enter does.
  private func registerRows(
    _ block: TextBlock, selected: Int, into canvas: inout Canvas, in area: Rect
  ) {
    let first = min(max(0, block.scroll), block.maximumScroll(height: area.height))
    var row = -1
    for (index, line) in block.lines.enumerated() {
      // The first line of a row begins with its mark.
      if LessonLines.isRowStart(line) { row += 1 }
      let y = index - first
      guard row >= 0, line.role == .key || line.role == .selectionText,
        (0..<area.height).contains(y)
      else { continue }
      let place = row
      if place == selected, LessonLines.isRowStart(line) {
        canvas.cursor = (area.x, area.y + y)
      }
      canvas.register(
        PointerTarget.action(
          PointerAction { state, _ in state.clickLessonRow(place) }),
        in: Rect(x: area.x, y: area.y + y, width: area.width, height: 1))
    }
  }

  func block(_ state: WorkbenchState, width: Int) -> TextBlock {
    // Two columns at the right are left to the arrows of a text that is scrolled.
    let lines = LessonLines(marks: state.marks, width: max(1, width - 2))
    return TextBlock(lines.lines(state), scroll: state.lessons.scroll, marks: state.marks)
  }

  func maximumScroll(_ state: WorkbenchState, in area: Rect) -> Int {
    let rows = LessonChart(state) == nil ? 0 : min(LessonChart.rows, area.height / 2)
    return block(state, width: area.width).maximumScroll(height: area.height - rows)
  }
}

extension WorkbenchState {
  /// Selects a row of the lesson's pane; a click on the selected one opens or answers.
  fileprivate mutating func clickLessonRow(_ place: Int) -> [Effect] {
    guard case .rows(let selected, let count) = lessonList, place < count else { return [] }
    if place == selected { return press(key: .enter) }
    if lessons.reading == nil {
      lessons.selected = place
    } else {
      lessons.reading?.draft.selected = place
    }
    return []
  }
}

/// The curve of a question: what is drawn, and after the answer what is true.
struct LessonCurve {
  private let curve: LessonQuestion.CurveQuestion
  private let values: [Double]
  private let selected: Int?
  private let truths: [Double]?
  private let marks: Marks
  private let window: PlotWindow

  /// The curve on screen; nil where the step asks for none.
  init?(_ state: WorkbenchState) {
    guard let reading = state.lessons.reading,
      case .curve(let curve)? = reading.current.question?.kind
    else { return nil }
    (self.curve, marks) = (curve, state.marks)
    window = state.lessons.window(of: LessonPane().title)
    if case .curve(let answer)? = reading.answers[reading.step] {
      (values, selected) = (answer, nil)
      truths = curve.truths(state.lessonEvidence)
    } else {
      (values, selected, truths) = (reading.draft.values, reading.draft.selected, nil)
    }
  }

  func draw(into canvas: inout Canvas, in area: Rect) {
    var series = [
      LineChart.Series("you", x: curve.places, y: values, role: .learned)
    ]
    if let truths {
      series.append(LineChart.Series("measured", x: curve.places, y: truths, role: .exact))
    }
    if let selected, values.indices.contains(selected) {
      series.append(
        LineChart.Series(
          "here", x: [curve.places[selected]], y: [values[selected]], role: .accent,
          form: .points(.cross)))
    }
    let y = AxisSettings("", lower: curve.range.lowerBound, upper: curve.range.upperBound)
    LineChart(
      series: series, x: window.x(AxisSettings("x")), y: window.y(y), marks: marks
    ).draw(into: &canvas, in: area)
    guard selected != nil, let plot = canvas.plots(of: canvas.owner).last else { return }
    canvas.register(
      PointerTarget.action(
        PointerAction(isDraggable: true) { state, event in
          let value = plot.value(column: event.x, row: event.y)
          state.drawLessonCurve(x: value.x, y: value.y)
          return []
        }), in: plot.inner)
  }
}
