import Glibc
import NumberFormatting
import TermPlot

/// The plane that is drawn on, with points as the distribution will have them.
struct DrawPane: Pane {
  let title = "Draw"
  let hasPlots = true
  let explanation = """
    Where a distribution is drawn: strokes of the pen become Gaussians along them, so that density and \
    score are exact. The points show what data will look like.
    """

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    let drawing = state.drawPage.drawing
    return NumberText.counted(drawing.strokes.count, "stroke") + ", "
      + NumberText.counted(drawing.components.count, "component")
  }

  func words(_ state: WorkbenchState) -> [String]? {
    ["\(note(state)). \(penWords(state.drawPage.drawing)). Enter trains on it."]
  }

  private func penWords(_ drawing: Drawing) -> String {
    let place = [drawing.pen.x, drawing.pen.y].map { NumberText.short($0, digits: 2) }
    return "Pen \(drawing.isDown ? "down" : "up") at (\(place.joined(separator: ", "))), width "
      + NumberText.short(drawing.width)
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let drawing = state.drawPage.drawing
    let (plane, words) = area.splitBottom(rows: area.height >= 8 ? 1 : 0)
    if !words.isEmpty {
      canvas.write(
        state.marks.fit(penWords(drawing), width: words.width), in: words,
        style: Style(drawing.isDown ? .accent : .muted))
    }
    let plot = ScatterPlot(
      layers: layers(drawing, state.marks),
      x: AxisSettings("x1", lower: -Drawing.reach.x, upper: Drawing.reach.x),
      y: AxisSettings("x2", lower: -Drawing.reach.y, upper: Drawing.reach.y),
      marks: state.marks, hasLegend: false)
    guard !plot.draw(into: &canvas, in: plane).isEmpty,
      let placed = canvas.plots(of: canvas.owner).last
    else { return }
    if let cell = placed.cell(x: drawing.pen.x, y: drawing.pen.y) {
      canvas[cell.column, cell.row] = Cell(
        drawing.isDown ? state.marks.pick("✛", "+") : "o",
        Style(.accent, attributes: [.bold, .reverse]))
      canvas.cursor = (cell.column, cell.row)
    }
    canvas.register(
      PointerTarget.action(
        PointerAction(isDraggable: true) { state, event in
          let value = placed.value(column: event.x, row: event.y)
          state.drawPage.drawing.draw(
            to: DrawnPoint(x: value.x, y: value.y), isStart: event.kind == .press)
          return []
        }), in: placed.inner)
  }

  private func layers(_ drawing: Drawing, _ marks: Marks) -> [ScatterPlot.Layer] {
    let points = drawing.components.enumerated().flatMap { index, component in
      Self.cloud(component, index)
    }
    // A point that is not finite parts two strokes.
    let ends = drawing.strokes.flatMap {
      $0.points + [DrawnPoint(x: .nan, y: .nan)]
    }
    return [
      .points(.init("points", x: points.map(\.x), y: points.map(\.y), role: .exact)),
      .paths(.init("strokes", x: ends.map(\.x), y: ends.map(\.y), role: .accent)),
    ]
  }

  /// Points of a Gaussian at tenths of its distribution function of the distance, turned on by the
  /// golden angle from one to the next so that they fall on no line.
  private static func cloud(_ component: Drawing.Component, _ index: Int) -> [DrawnPoint] {
    (0..<5).map { place in
      let share = (Double(place) + 0.5) / 5
      let radius = component.deviation * (-2 * log(1 - share)).squareRoot()
      let angle = 2.399963 * Double(5 * index + place)
      return DrawnPoint(
        x: component.mean.x + radius * cos(angle), y: component.mean.y + radius * sin(angle))
    }
  }
}
