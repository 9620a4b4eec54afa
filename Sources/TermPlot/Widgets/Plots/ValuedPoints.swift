/// Points that each carry a value, drawn in the numeric colour map; larger values cover smaller.
///
/// Colour is never alone: in braille the dots of larger values are larger, and with other marks or
/// without colours a point is a digit from 0 to 9 along the scale.
public struct ValuedPoints: Sendable {
  public var x: [Double]
  public var y: [Double]
  /// One a point; a point without a finite value is not drawn.
  public var values: [Double]
  /// What the values are, next to the scale.
  public var label: String
  /// The scale that values are laid on.
  public var axis: Axis
  public var marks: Marks
  public var isColored: Bool

  public init(
    _ label: String, x: [Double], y: [Double], values: [Double], axis: Axis, marks: Marks,
    isColored: Bool
  ) {
    self.label = label
    self.x = x
    self.y = y
    self.values = values
    self.axis = axis
    self.marks = marks
    self.isColored = isColored
  }

  /// Where on the numeric map the smallest value is: what lies below is lost on the background.
  static let faintest = 0.4

  /// The colour of a place on the scale.
  private func ink(_ fraction: Double) -> Ink {
    .ramp(Self.faintest + (1 - Self.faintest) * fraction)
  }

  private var hasDigits: Bool { !isColored || marks != .braille }

  private func style(_ fraction: Double) -> Style {
    isColored
      ? Style(foreground: ink(fraction), background: .role(.background)) : Style(.text)
  }

  private func digit(_ fraction: Double) -> Cell {
    let step = UInt32(min(9, Int(fraction * 10)))
    return Cell(Unicode.Scalar(0x30 + step) ?? "?", style(fraction))
  }

  /// Draws the scale in the first row of an area.
  public func drawScale(into canvas: inout Canvas, in area: Rect) {
    ColorBar(label: label, range: axis.range) { fraction in
      hasDigits
        ? digit(fraction)
        : Cell(" ", Style(foreground: .role(.text), background: ink(fraction)))
    }.draw(into: &canvas, in: area)
  }

  /// The points with a value and a place, in dots, the smallest value first.
  private func placed(_ projection: PlotProjection) -> [(fraction: Double, place: DotPoint)] {
    var placed: [(fraction: Double, place: DotPoint)] = []
    for index in 0..<min(x.count, y.count, values.count) where values[index].isFinite {
      guard let place = projection.dot(x: x[index], y: y[index]) else { continue }
      // Zero has no place on a logarithmic scale: it is below its lower end.
      placed.append((min(max(axis.fraction(of: values[index]) ?? 0, 0), 1), place))
    }
    return placed.sorted { $0.fraction < $1.fraction }
  }

  func draw(into canvas: inout Canvas, in inner: Rect, x axisX: Axis, y axisY: Axis) {
    var grid = DotGrid(
      size: Size(columns: inner.width, rows: inner.height), marks: hasDigits ? .ascii : .braille)
    for (fraction, place) in placed(PlotProjection(x: axisX, y: axisY, grid: grid)) {
      let pen = Pen(ink: style(fraction).foreground, ascii: digit(fraction).glyph)
      let shape: ScatterPlot.Shape =
        hasDigits || fraction < 0.5 ? .dot : fraction < 0.75 ? .square : .plus
      for offset in shape.offsets {
        grid.plot(
          at: DotPoint(x: place.x + Double(offset.x), y: place.y + Double(offset.y)), pen: pen)
      }
    }
    grid.flush(into: &canvas, in: inner)
  }
}
