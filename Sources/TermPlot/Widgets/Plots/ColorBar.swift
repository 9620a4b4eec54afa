import NumberFormatting

/// The ends of a scale of colours, shades or digits, and the steps between them, in one row.
struct ColorBar {
  /// What the values are.
  var label: String
  var range: AxisRange
  /// The cell that stands for a fraction of the way along the scale.
  var cell: (Double) -> Cell

  /// Draws the bar in the middle of the first row of an area; nothing where there is no room.
  func draw(into canvas: inout Canvas, in area: Rect) {
    guard !area.isEmpty else { return }
    let low = NumberText.short(range.lower, digits: 2)
    let high = NumberText.short(range.upper, digits: 2)
    let room = area.width - low.columns - high.columns - 2
    let name = label.isEmpty || label.columns + 10 > room ? "" : label + "  "
    let width = min(24, room - name.columns)
    guard width >= 2 else { return }
    var column = area.x + (area.width - width - low.columns - high.columns - 2 - name.columns) / 2
    column += canvas.write(name, x: column, y: area.y, limit: area.maxX, style: Style(.muted))
    column += canvas.write(low + " ", x: column, y: area.y, limit: area.maxX, style: Style(.axis))
    for step in 0..<width {
      canvas[column + step, area.y] = cell(Double(step) / Double(width - 1))
    }
    canvas.write(
      " " + high, x: column + width, y: area.y, limit: area.maxX, style: Style(.axis))
  }
}
