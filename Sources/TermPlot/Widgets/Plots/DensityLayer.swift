/// A value grid painted as a field of colour, beneath other layers of a plot.
public struct DensityLayer: Sendable {
  /// What stands for the values where there are colours.
  public enum Tones: Sendable, Equatable {
    /// The numeric colour map.
    case ramp
    case gray
  }

  public var grid: ValueGrid
  /// The values at the two ends of the colours; nil spans the grid's.
  public var range: AxisRange?
  public var scale: AxisScale
  public var marks: Marks
  /// Without colours the values are drawn as shades instead.
  public var isColored: Bool
  public var tones: Tones

  public init(
    _ grid: ValueGrid, range: AxisRange? = nil, scale: AxisScale = .linear,
    marks: Marks = .braille, isColored: Bool = true, tones: Tones = .ramp
  ) {
    self.tones = tones
    self.grid = grid
    self.range = range
    self.scale = scale
    self.marks = marks
    self.isColored = isColored
  }

  /// The axis that values are laid on to find their colour.
  public var valueAxis: Axis {
    Axis(range ?? AxisRange(covering: grid.values, scale: scale), scale: scale)
  }

  /// The glyphs for values from low to high where colour cannot show them.
  var shades: [Unicode.Scalar] {
    marks.isUnicode ? [" ", "░", "▒", "▓", "█"] : Array(" .:-=+*#%@".unicodeScalars)
  }

  var isShaded: Bool { !isColored || !marks.isUnicode }

  /// Paints the cells of a plot; holes keep what the canvas shows.
  ///
  /// - Parameters:
  ///   - canvas: Where to paint.
  ///   - inner: The cells of the plot.
  ///   - x: The plot's horizontal axis.
  ///   - y: The plot's vertical axis.
  public func draw(into canvas: inout Canvas, in inner: Rect, x: Axis, y: Axis) {
    let rows = isShaded ? inner.height : 2 * inner.height
    let values = grid.resampled(columns: inner.width, rows: rows, x: x, y: y)
    let axis = valueAxis
    func fraction(_ column: Int, _ row: Int) -> Double? {
      let value = values[(rows - 1 - row) * inner.width + column]
      guard value.isFinite else { return nil }
      return min(max(axis.fraction(of: value) ?? 0, 0), 1)
    }
    for row in 0..<inner.height {
      for column in 0..<inner.width {
        let (x, y) = (inner.x + column, inner.y + row)
        if isShaded {
          fraction(column, row).map { canvas[x, y] = shade($0) }
        } else {
          paint(&canvas[x, y], fraction(column, 2 * row), fraction(column, 2 * row + 1))
        }
      }
    }
  }

  /// Draws the scale of the values in the first row of an area, with what they are.
  public func drawBar(_ label: String, into canvas: inout Canvas, in area: Rect) {
    ColorBar(label: label, range: valueAxis.range) { fraction in
      isShaded
        ? shade(fraction)
        : Cell(" ", Style(foreground: .role(.text), background: .ramp(fraction)))
    }.draw(into: &canvas, in: area)
  }

  func shade(_ fraction: Double) -> Cell {
    let step = Int((fraction * Double(shades.count - 1)).rounded())
    return Cell(shades[step], Style(.text))
  }

  private func paint(_ cell: inout Cell, _ upper: Double?, _ lower: Double?) {
    let ink = tones == .ramp ? Ink.ramp : Ink.gray
    switch (upper.map(ink), lower.map(ink)) {
    case (let upper?, let lower?):
      // A blank in the background colour costs the terminal less than a block in two.
      cell =
        upper == lower
        ? Cell(" ", Style(foreground: .role(.text), background: lower))
        : Cell("▀", Style(foreground: upper, background: lower))
    case (let upper?, nil):
      cell = Cell("▀", Style(foreground: upper, background: cell.style.background))
    case (nil, let lower?):
      cell = Cell("▄", Style(foreground: lower, background: cell.style.background))
    case (nil, nil):
      break
    }
  }
}
