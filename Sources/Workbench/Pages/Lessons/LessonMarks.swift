import Lessons
import ScoreCore
import ScoreLab
import TermPlot

/// The particle or the region of a question over the step's picture, and behind the answer the right
/// places.
struct LessonMarks {
  /// What a field is, each with a glyph of its own.
  enum Mark: Unicode.Scalar {
    /// Marked, and right once that is known.
    case both = "#"
    /// Marked, and not right.
    case yours = "-"
    /// Right, and not marked.
    case measured = "+"
  }

  private let question: FieldQuestion
  private let marked: Set<Int>
  /// Where the keys are; nil once the question is answered.
  private let cursor: Int?
  /// The right fields; nil before the answer.
  private let right: Set<Int>?
  /// What the axes of the picture are called.
  private let names: [String]
  private let marks: Marks
  private let hasKeys: Bool

  /// The marks on screen; nil where the step asks for none.
  init?(_ state: WorkbenchState) {
    guard let reading = state.lessons.reading,
      case .field(let field)? = reading.current.question?.kind,
      let names = state.run.snapshot?.coordinates.names, names.count == field.area.dimension
    else { return nil }
    (question, self.names, marks) = (field, names, state.marks)
    hasKeys = state.focus == 0
    if case .fields(let fields)? = reading.answers[reading.step] {
      (marked, cursor) = (fields, nil)
      right = field.truths(state.lessonEvidence)
    } else {
      let selected = reading.draft.selected
      marked = field.isPlace ? [selected] : reading.draft.fields
      (cursor, right) = (selected, nil)
    }
  }

  private var area: FieldArea { question.area }

  private func mark(of field: Int) -> Mark? {
    switch (marked.contains(field), right?.contains(field)) {
    case (true, false): .yours
    case (true, _): .both
    case (false, true): .measured
    case (false, _): nil
    }
  }

  /// Draws the marks over those plots whose axes are the coordinates, and takes clicks there.
  func draw(over plots: [PlacedPlot], into canvas: inout Canvas) {
    for plot in plots where plot.x.title == names[0] && !plot.inner.isEmpty {
      if area.dimension == 1 {
        drawLine(plot, into: &canvas)
      } else if plot.y.title == names[1] {
        drawPlane(plot, into: &canvas)
      } else {
        continue
      }
      if cursor != nil { register(plot, into: &canvas) }
    }
  }

  /// On the line marks stand in the lowest row of the plot, and the particle is a line above it.
  private func drawLine(_ plot: PlacedPlot, into canvas: inout Canvas) {
    let inner = plot.inner
    let row = inner.maxY - 1
    if question.isPlace, let place = marked.first {
      drawParticle(at: area.middle(of: place)[0], plot, into: &canvas)
    }
    for column in inner.x..<inner.maxX {
      let value = plot.value(column: column, row: row).x
      guard let field = area.field(at: [value]), let mark = mark(of: field),
        !(question.isPlace && cursor != nil)
      else { continue }
      canvas[column, row] = Cell(mark.rawValue, style(of: mark))
    }
    guard let cursor, let here = plot.x.fraction(of: area.middle(of: cursor)[0]),
      (0..<1).contains(here)
    else { return }
    drawCursor(column: inner.x + Int(here * Double(inner.width)), row: row, into: &canvas)
  }

  private func drawParticle(at x: Double, _ plot: PlacedPlot, into canvas: inout Canvas) {
    guard let share = plot.x.fraction(of: x), (0..<1).contains(share) else { return }
    let column = plot.inner.x + Int(share * Double(plot.inner.width))
    for row in plot.inner.y..<plot.inner.maxY where canvas[column, row].glyph == " " {
      canvas[column, row] = Cell(marks.pick("┆", "|"), Style(.accent))
    }
    canvas[column, plot.inner.y] = Cell("X", Style(.accent, attributes: .bold))
  }

  /// On the plane a mark stands in the middle of its field, and the picture shows between them.
  private func drawPlane(_ plot: PlacedPlot, into canvas: inout Canvas) {
    func cell(_ field: Int) -> (column: Int, row: Int)? {
      let middle = area.middle(of: field)
      return plot.cell(x: middle[0], y: middle[1])
    }
    for field in 0..<area.count {
      guard let mark = mark(of: field), let cell = cell(field) else { continue }
      let isParticle = question.isPlace && marked.contains(field)
      canvas[cell.column, cell.row] = Cell(isParticle ? "X" : mark.rawValue, style(of: mark))
    }
    guard let cursor, let cell = cell(cursor) else { return }
    drawCursor(column: cell.column, row: cell.row, into: &canvas)
  }

  private func drawCursor(column: Int, row: Int, into canvas: inout Canvas) {
    canvas[column, row] = Cell(
      marks.pick("✛", "+"), Style(.accent, attributes: [.bold, .reverse]))
    if hasKeys { canvas.cursor = (column, row) }
  }

  private func style(of mark: Mark) -> Style {
    switch mark {
    case .both: Style(right == nil ? .accent : .good, attributes: .bold)
    case .yours: Style(.warning, attributes: .bold)
    case .measured: Style(.exact, attributes: .bold)
    }
  }

  /// A click places the particle, or marks and clears where the mouse goes.
  private func register(_ plot: PlacedPlot, into canvas: inout Canvas) {
    let isLine = area.dimension == 1
    // The keys stay with the question.
    let owner = canvas.owner
    canvas.owner = 0
    canvas.register(
      PointerTarget.action(
        PointerAction(isDraggable: true) { state, event in
          let value = plot.value(column: event.x, row: event.y)
          state.pointAtLessonField(
            isLine ? [value.x] : [value.x, value.y], isStart: event.kind == .press)
          return []
        }), in: plot.inner)
    canvas.owner = owner
  }
}

extension WorkbenchState {
  /// Draws the marks of the step's question over its picture, where that is on a canvas.
  func drawLessonMarks(into canvas: inout Canvas) {
    guard let marks = LessonMarks(self) else { return }
    marks.draw(over: canvas.plots(of: lessons.picturePane), into: &canvas)
  }

  /// The question that waits for a place or a region; nil where none does.
  var openFields: FieldQuestion? {
    guard case .field(let field)? = lessons.reading?.openQuestion?.kind else { return nil }
    return field
  }

  /// The field that the keys would go to; nil at the edge.
  func lessonField(along axis: Int, by way: Int) -> Int? {
    guard let field = openFields, let draft = lessons.reading?.draft else { return nil }
    return field.area.neighbour(of: draft.selected, along: axis, by: way)
  }

  mutating func moveLessonField(along axis: Int, by way: Int) {
    guard let next = lessonField(along: axis, by: way) else { return }
    lessons.reading?.draft.selected = next
  }

  /// Marks the field where the keys are, or clears it.
  mutating func markLessonField(_ isMarked: Bool) {
    guard let selected = lessons.reading?.draft.selected else { return }
    if isMarked {
      lessons.reading?.draft.fields.insert(selected)
    } else {
      lessons.reading?.draft.fields.remove(selected)
    }
  }

  /// Whether the field where the keys are is marked.
  var isLessonFieldMarked: Bool {
    lessons.reading.map { $0.draft.fields.contains($0.draft.selected) } ?? false
  }

  /// Places the particle where the mouse is, or marks the fields that it goes over; where it began on
  /// a marked one it clears them.
  mutating func pointAtLessonField(_ point: [Double], isStart: Bool) {
    guard let question = openFields, let field = question.area.field(at: point),
      var draft = lessons.reading?.draft
    else { return }
    if isStart { draft.isClearing = draft.fields.contains(field) }
    if !question.isPlace {
      // A fast mouse jumps over fields of the line.
      let isJump = !isStart && question.area.dimension == 1
      let (first, last) = (min(draft.selected, field), max(draft.selected, field))
      let fields: Set<Int> = isJump ? Set(first...last) : [field]
      draft.fields =
        draft.isClearing ? draft.fields.subtracting(fields) : draft.fields.union(fields)
    }
    draft.selected = field
    lessons.reading?.draft = draft
  }
}
