/// Layers over a plane: densities, points, trajectories and fields of arrows.
public struct ScatterPlot: Sendable {
  /// The shape of a point, so that sets can be told apart without colour.
  public enum Shape: Sendable, CaseIterable {
    case dot, square, plus, cross

    /// The dots of the shape, relative to the point.
    var offsets: [(x: Int, y: Int)] {
      switch self {
      case .dot: [(0, 0)]
      case .square: [(0, 0), (1, 0), (0, 1), (1, 1)]
      case .plus: [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]
      case .cross: [(0, 0), (-1, -1), (1, 1), (-1, 1), (1, -1)]
      }
    }

    /// The shape in a legend, and in ASCII the point itself.
    func sample(_ marks: Marks) -> Unicode.Scalar {
      switch self {
      case .dot: marks.pick("•", ".")
      case .square: marks.pick("▪", "o")
      case .plus: "+"
      case .cross: marks.pick("×", "x")
      }
    }
  }

  /// A set of points.
  public struct Points: Sendable {
    public var label: String
    /// What they are called when they are left out and shown again.
    public var name: String
    public var x: [Double]
    public var y: [Double]
    public var role: StyleRole
    public var shape: Shape
    /// What stands on top of everything at the first points, and in the key, so that the set can be told
    /// from others without colour; nil for none.
    public var letter: Unicode.Scalar?
    /// How many points have the letter.
    public var letteredCount: Int

    public init(
      _ label: String = "", x: [Double], y: [Double], role: StyleRole, shape: Shape = .dot,
      name: String? = nil, letter: Unicode.Scalar? = nil, letteredCount: Int = 24
    ) {
      self.label = label
      self.name = name ?? label
      self.x = x
      self.y = y
      self.role = role
      self.shape = shape
      self.letter = letter
      self.letteredCount = letteredCount
    }

    /// The letters at the first points.
    var letters: Letters? {
      letter.map { letter in
        let count = min(letteredCount, x.count, y.count)
        return Letters(
          x: Array(x.prefix(count)), y: Array(y.prefix(count)),
          glyphs: Array(repeating: letter, count: count), role: role)
      }
    }
  }

  /// A set of paths.
  public struct Paths: Sendable {
    public var label: String
    /// What they are called when they are left out and shown again.
    public var name: String
    /// The points of all paths, one path after the other; a point that is not finite breaks one.
    public var x: [Double]
    public var y: [Double]
    /// The points in each path; nil takes all for one path.
    public var length: Int?
    public var role: StyleRole
    /// A colour of the numeric map in place of the role's, for one of many paths.
    public var ink: Ink?
    public var dash: Stroke.Dash

    public init(
      _ label: String = "", x: [Double], y: [Double], length: Int? = nil,
      role: StyleRole = .trajectory, ink: Ink? = nil, dash: Stroke.Dash = .solid,
      name: String? = nil
    ) {
      self.label = label
      self.name = name ?? label
      self.x = x
      self.y = y
      self.length = length
      self.role = role
      self.ink = ink
      self.dash = dash
    }
  }

  /// Single glyphs at places, so that points have names.
  public struct Letters: Sendable {
    public var x: [Double]
    public var y: [Double]
    public var glyphs: [Unicode.Scalar]
    public var role: StyleRole

    public init(x: [Double], y: [Double], glyphs: [Unicode.Scalar], role: StyleRole = .text) {
      self.x = x
      self.y = y
      self.glyphs = glyphs
      self.role = role
    }
  }

  /// What is drawn, from the bottom up.
  public enum Layer: Sendable {
    case density(DensityLayer)
    case points(Points)
    case paths(Paths)
    case arrows(Arrows)
    case values(ValuedPoints)
    case letters(Letters)
  }

  public var layers: [Layer]
  public var x: AxisSettings
  public var y: AxisSettings
  /// Whether a unit is as long across as down; takes effect where both axes are linear.
  public var isEqualAspect: Bool
  public var marks: Marks
  public var hasLegend: Bool

  public init(
    layers: [Layer], x: AxisSettings = .init(), y: AxisSettings = .init(),
    isEqualAspect: Bool = true, marks: Marks = .braille, hasLegend: Bool = true
  ) {
    self.layers = layers
    self.x = x
    self.y = y
    self.isEqualAspect = isEqualAspect
    self.marks = marks
    self.hasLegend = hasLegend
  }

  /// Draws the plot.
  ///
  /// - Returns: The rectangle of the data.
  @discardableResult
  public func draw(into canvas: inout Canvas, in area: Rect) -> Rect {
    let frame = frame(in: area)
    let inner = frame.draw(into: &canvas, in: area)
    guard !inner.isEmpty else { return inner }
    var shown = self
    shown.layers.removeAll { $0.name.map(canvas.hiddenSeries.contains) ?? false }
    canvas.describePlot(in: inner, .scatter(shown), names: legend.entries.map(\.name))
    if hasLegend { legend.draw(into: &canvas, in: frame.layout(in: area).header) }
    shown.drawLayers(frame, into: &canvas, in: inner)
    return inner
  }

  /// The axes in an area; widened where needed for equal aspect.
  public func frame(in area: Rect) -> PlotFrame {
    let (xAxis, yAxis) = dataAxes
    var frame = PlotFrame(
      x: xAxis, y: yAxis, marks: marks, hasHeader: hasLegend && !legend.entries.isEmpty,
      hasGrid: false)
    guard isEqualAspect, x.scale == .linear, y.scale == .linear else { return frame }
    // Wider ranges may need wider labels, which change the room; twice settles it.
    for _ in 0..<2 {
      let inner = frame.layout(in: area).inner
      let perCell = marks.dotsPerCell
      let across = Double(max(2, inner.width * perCell.x) - 1)
      let down = Double(max(2, inner.height * perCell.y) - 1)
      let unit = max(xAxis.range.width / across, yAxis.range.width / down)
      frame.x = widened(xAxis, to: unit * across)
      frame.y = widened(yAxis, to: unit * down)
    }
    return frame
  }

  private func widened(_ axis: Axis, to width: Double) -> Axis {
    let margin = max(0, width - axis.range.width) / 2
    return Axis(
      AxisRange(axis.range.lower - margin, axis.range.upper + margin), title: axis.title)
  }

  private var dataAxes: (x: Axis, y: Axis) {
    var (valuesX, valuesY): ([Double], [Double]) = ([], [])
    for layer in layers {
      switch layer {
      case .density(let density):
        valuesX += [density.grid.x.lower, density.grid.x.upper]
        valuesY += [density.grid.y.lower, density.grid.y.upper]
      case .points(let points):
        valuesX += points.x
        valuesY += points.y
      case .paths(let paths):
        valuesX += paths.x
        valuesY += paths.y
      case .arrows(let arrows):
        valuesX += arrows.x
        valuesY += arrows.y
      case .values(let points):
        valuesX += points.x
        valuesY += points.y
      case .letters(let letters):
        valuesX += letters.x
        valuesY += letters.y
      }
    }
    return (x.axis(covering: valuesX), y.axis(covering: valuesY))
  }

  private var legend: Legend {
    Legend(
      layers.compactMap { layer in
        switch layer {
        case .density, .values, .letters: nil
        case .points(let points):
          Legend.Entry(
            sample: String(points.letter ?? points.shape.sample(marks)), label: points.label,
            role: points.role, name: points.name)
        case .paths(let paths):
          Legend.Entry(
            sample: marks.isUnicode ? paths.dash.sample : String(paths.ascii), label: paths.label,
            role: paths.role, name: paths.name)
        case .arrows(let arrows):
          Legend.Entry(
            sample: String(marks.pick("→", ">")), label: arrows.label, role: arrows.role)
        }
      })
  }
}

extension ScatterPlot.Layer {
  /// What the layer is called when it is left out and shown again; nil for one that always shows.
  fileprivate var name: String? {
    switch self {
    case .points(let points): points.name
    case .paths(let paths): paths.name
    case .arrows(let arrows): arrows.label
    case .density, .values, .letters: nil
    }
  }
}
