import Glibc

extension ScatterPlot {
  /// A vector field, an arrow a vector.
  ///
  /// An arrow starts at its point. Without a longest length only directions are drawn, a glyph each.
  /// With one an arrow is as long as its vector, up to `reach` columns, and a vector too short for a
  /// direction is a dot; in ASCII the glyph of the direction is repeated.
  public struct Arrows: Sendable {
    public var label: String
    public var x: [Double]
    public var y: [Double]
    public var u: [Double]
    public var v: [Double]
    public var role: StyleRole
    /// The length of a vector that is drawn `reach` columns long, as longer ones are; nil draws
    /// directions alone.
    public var longest: Double?
    /// How many columns the longest arrow takes across, at least 1.
    public var reach: Int

    public init(
      _ label: String = "", x: [Double], y: [Double], u: [Double], v: [Double],
      role: StyleRole = .muted, longest: Double? = nil, reach: Int = 3
    ) {
      self.label = label
      self.x = x
      self.y = y
      self.u = u
      self.v = v
      self.role = role
      self.longest = longest
      self.reach = max(1, reach)
    }
  }
}

extension ScatterPlot.Arrows {
  /// The share of the longest arrow below which a vector has no direction worth a glyph.
  private static let shortest = 0.06

  func draw(into canvas: inout Canvas, in inner: Rect, x axisX: Axis, y axisY: Axis, marks: Marks) {
    var grid = DotGrid(size: Size(columns: inner.width, rows: inner.height), marks: marks)
    let projection = PlotProjection(x: axisX, y: axisY, grid: grid)
    var heads: [(place: DotPoint, glyph: Unicode.Scalar)] = []
    for index in 0..<min(x.count, y.count, u.count, v.count) {
      guard let start = projection.dot(x: x[index], y: y[index]),
        grid.contains(start), u[index].isFinite, v[index].isFinite,
        u[index] != 0 || v[index] != 0
      else { continue }
      // As the plot shows it: upwards is towards smaller rows, and units may differ in length.
      let across = u[index] / axisX.range.width * Double(grid.width - 1)
      let down = -v[index] / axisY.range.width * Double(grid.height - 1)
      let share = longest.map { min(hypot(u[index], v[index]) / $0, 1) }
      guard share ?? 1 >= Self.shortest else {
        heads.append((start, marks.pick("·", "o")))
        continue
      }
      let glyph = Self.glyph(
        longest == nil ? u[index] : across, longest == nil ? v[index] : -down, marks)
      let dots = (share ?? 0) * Double((reach - 1) * marks.dotsPerCell.x)
      let length = hypot(across, down)
      let tip = DotPoint(
        x: start.x + dots * across / length, y: start.y + dots * down / length)
      if dots >= Double(marks.dotsPerCell.x) {
        grid.line(from: start, to: tip, pen: Pen(role, ascii: glyph))
      }
      heads.append((grid.contains(tip) ? tip : start, glyph))
    }
    grid.flush(into: &canvas, in: inner)
    for head in heads {
      let column = inner.x + Int(max(0, head.place.x.rounded())) / marks.dotsPerCell.x
      let row = inner.y + Int(max(0, head.place.y.rounded())) / marks.dotsPerCell.y
      let background = canvas[column, row].style.background
      canvas[column, row] = Cell(
        head.glyph,
        Style(foreground: Ink.role(role).readable(on: background), background: background))
    }
  }

  /// The arrow nearest to a direction, which is not zero.
  private static func glyph(_ u: Double, _ v: Double, _ marks: Marks) -> Unicode.Scalar {
    let eighths = Int((atan2(v, u) / (Double.pi / 4)).rounded())
    let glyphs: [Unicode.Scalar] =
      marks.isUnicode
      ? ["→", "↗", "↑", "↖", "←", "↙", "↓", "↘"] : [">", "/", "^", "\\", "<", "/", "v", "\\"]
    return glyphs[(eighths + 8) % 8]
  }
}
