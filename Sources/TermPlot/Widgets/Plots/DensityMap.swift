/// A value grid as a field of colour with axes and a colour bar.
public struct DensityMap: Sendable {
  public var layer: DensityLayer
  /// What the values are, next to the colour bar.
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
    layer.drawBar(label, into: &canvas, in: bar)
    return ScatterPlot(
      layers: [.density(layer)], x: x, y: y, isEqualAspect: isEqualAspect, marks: layer.marks
    ).draw(into: &canvas, in: rest)
  }
}
