/// The newest values of a series as a row of small bars.
public struct Sparkline: Sendable, Equatable {
  /// A bar each, as many of the last as fit; one that is not finite leaves a gap.
  public var values: [Double]
  public var role: StyleRole
  public var marks: Marks

  public init(_ values: [Double], role: StyleRole = .accent, marks: Marks = .braille) {
    self.values = values
    self.role = role
    self.marks = marks
  }

  /// Draws the bars in the first row of an area, scaled to the values shown, flush right.
  public func draw(into canvas: inout Canvas, in area: Rect) {
    guard !area.isEmpty else { return }
    let shown = values.suffix(area.width)
    let axis = Axis(AxisRange(covering: shown))
    let glyphs = Array((marks.isUnicode ? "▁▂▃▄▅▆▇█" : "_.-~=*#@").unicodeScalars)
    var column = area.maxX - shown.count
    for value in shown {
      if let fraction = axis.fraction(of: value) {
        // A value beyond what a range can hold lies outside it.
        let inside = min(max(fraction, 0), 1)
        let step = Int((inside * Double(glyphs.count - 1)).rounded())
        canvas[column, area.y] = Cell(glyphs[step], Style(role))
      }
      column += 1
    }
  }
}
