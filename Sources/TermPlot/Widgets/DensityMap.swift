/// A value grid as a field of colour with axes and a colour bar.
public struct DensityMap: Sendable {
  public var layer: DensityLayer
  /// What the values are, beside the colour bar.
  public var label: String
  public var x: AxisSettings
  public var y: AxisSettings
  public var isEqualAspect: Bool

  public init(
    _ layer: DensityLayer, label: String = "", x: AxisSettings = .init(), y: AxisSettings = .init(),
    isEqualAspect: Bool = false
  ) {
    self.layer = layer
    self.label = label
    self.x = x
    self.y = y
    self.isEqualAspect = isEqualAspect
  }

  /// Draws the map.
  ///
  /// - Returns: The rectangle of the field.
  @discardableResult
  public func draw(into canvas: inout Canvas, in area: Rect) -> Rect {
    let (rest, bar) = area.splitBottom(rows: area.height >= 4 && area.width >= 12 ? 1 : 0)
    drawBar(into: &canvas, in: bar)
    return ScatterPlot(
      layers: [.density(layer)], x: x, y: y, isEqualAspect: isEqualAspect, marks: layer.marks
    ).draw(into: &canvas, in: rest)
  }

  private func drawBar(into canvas: inout Canvas, in area: Rect) {
    guard !area.isEmpty else { return }
    let range = layer.valueAxis.range
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
      let fraction = Double(step) / Double(width - 1)
      canvas[column + step, area.y] =
        layer.isShaded
        ? layer.shade(fraction)
        : Cell(" ", Style(foreground: .role(.text), background: .ramp(fraction)))
    }
    canvas.write(
      " " + high, x: column + width, y: area.y, limit: area.maxX, style: Style(.axis))
  }
}
