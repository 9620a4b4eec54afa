import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// Over the plane: arrows over a density.
extension ScoreFieldPicture {
  /// How many columns the longest arrow takes.
  private static let reach = 3
  /// How many nats below its top a log density has contours.
  private static let contours = [0.5, 2, 4.5, 8]
  /// Beyond this many nats below the top, arrows do not set the scale: no data are there.
  private static let scaleDepth = 12.0

  func drawPlane(
    _ kind: ScoreArrows, _ exact: ExactField.Frame, _ learned: LearnedField.Frame?,
    into canvas: inout Canvas, in area: Rect
  ) {
    let density = density(for: kind, exact)
    let rows = area.height < 8 ? 0 : underlay == .nothing ? 1 : 2
    let (plotArea, legend) = area.splitBottom(rows: rows)
    let (bar, scale) = legend.splitTop(rows: rows - 1)
    density?.layer.drawBar(density?.label ?? "", into: &canvas, in: bar)
    if underlay == .contours {
      let depths = Self.contours.map { NumberText.short($0) }.joined(separator: " ")
      write(["log q_t \(depths) below its top", "\(depths) below top"], into: &canvas, in: bar)
    }
    let grid = exact.place.grid
    var plot = ScatterPlot(
      layers: density.map { [.density($0.layer)] } ?? [], x: window.x(axis(0, of: grid)),
      y: window.y(axis(1, of: grid)),
      isEqualAspect: isTrueShape, marks: marks)
    if isEnd {
      plot.layers += snapshot.trainingLayers(
        PlotPlane(snapshot.coordinates, axes: AxisPair(number: 0, dimension: 2)))
    }
    if underlay == .contours { plot.layers.append(.paths(contourPaths(exact))) }
    guard let vectors = vectors(kind, exact, learned) else {
      plot.draw(into: &canvas, in: plotArea)
      canvas.write("measuring the learned score ...", in: scale, style: Style(.muted))
      return
    }
    let longest = self.longest(kind, exact, learned)
    plot.layers.append(
      .arrows(arrows(vectors, kind, exact, longest, in: plot.frame(in: plotArea), plotArea)))
    plot.draw(into: &canvas, in: plotArea)
    drawScale(longest, into: &canvas, in: scale)
  }

  /// What is under the arrows as a field of colour, and its name; nil for lines or nothing.
  private func density(
    for kind: ScoreArrows, _ exact: ExactField.Frame
  ) -> (layer: DensityLayer, label: String)? {
    let top = exact.logDensity.max() ?? 0
    func layer(_ values: [Double], _ grid: FieldGrid) -> DensityLayer {
      DensityLayer(
        fine(values, grid), range: AxisRange(top - Self.depth, top), marks: marks,
        isColored: isColored)
    }
    switch underlay {
    case .nothing, .contours: return nil
    case .learnedDensity where kind != .exact:
      guard let frame = snapshot.learnedDensity?.frame(nearestTo: exact.place) else {
        return (layer([], exact.place.grid), "following the learned flow ...")
      }
      return (
        layer(frame.values.map(Double.init), frame.place.grid), densityLabel(frame, shownAt: exact)
      )
    case .exactDensity, .learnedDensity:
      return (layer(exact.logDensity, exact.place.grid), "exact log q_t")
    }
  }

  /// Values between the nodes, so that the field has no steps; holes where there are no values.
  private func fine(_ values: [Double], _ grid: FieldGrid) -> ValueGrid {
    let side = 96
    let (x, y) = (grid.ranges[0], grid.ranges[1])
    func middle(_ index: Int, _ range: ClosedRange<Double>) -> Double {
      range.lowerBound
        + (range.upperBound - range.lowerBound) * (Double(index) + 0.5) / Double(side)
    }
    let found = (0..<side * side).map { index in
      values.isEmpty
        ? .nan
        : grid.value(of: values, x: middle(index % side, x), y: middle(index / side, y)) ?? .nan
    }
    return ValueGrid(
      columns: side, rows: side, values: found,
      x: AxisRange(
        snapshot.coordinates.userUnits(x.lowerBound, axis: 0),
        snapshot.coordinates.userUnits(x.upperBound, axis: 0)),
      y: AxisRange(
        snapshot.coordinates.userUnits(y.lowerBound, axis: 1),
        snapshot.coordinates.userUnits(y.upperBound, axis: 1)))
  }

  private func contourPaths(_ exact: ExactField.Frame) -> ScatterPlot.Paths {
    let top = exact.logDensity.max() ?? 0
    let lines = ContourLines(
      at: Self.contours.map { top - $0 }, through: fine(exact.logDensity, exact.place.grid))
    return ScatterPlot.Paths(x: lines.x, y: lines.y, role: .muted)
  }

  /// The two coordinates of the vectors at the nodes; nil until they are measured.
  private func vectors(
    _ kind: ScoreArrows, _ exact: ExactField.Frame, _ learned: LearnedField.Frame?
  ) -> (u: [Float], v: [Float])? {
    let values: [Float]
    switch kind {
    case .exact: values = exact.score
    case .learned:
      guard let learned else { return nil }
      values = learned.values
    case .difference:
      guard let learned else { return nil }
      values = zip(learned.values, exact.score).map { $0 - $1 }
    }
    let rows = stride(from: 0, to: values.count, by: 2)
    return (rows.map { values[$0] }, rows.map { values[$0 + 1] })
  }

  /// The length that sets the scale: the largest where data are, the same for both scores.
  private func longest(
    _ kind: ScoreArrows, _ exact: ExactField.Frame, _ learned: LearnedField.Frame?
  ) -> Double {
    let top = exact.logDensity.max() ?? 0
    let kinds: [ScoreArrows] = kind == .difference ? [.difference] : [.exact, .learned]
    let lengths = kinds.compactMap { vectors($0, exact, learned) }.map { vectors in
      exact.logDensity.indices.reduce(0.0) { most, node in
        let length = Double(hypot(vectors.u[node], vectors.v[node]))
        let counts = exact.logDensity[node] > top - Self.scaleDepth && length.isFinite
        return counts ? max(most, length) : most
      }
    }
    return max(lengths.max() ?? 0, 1e-12)
  }

  /// An arrow every few columns and every second row of the plot, whatever its size.
  private func arrows(
    _ vectors: (u: [Float], v: [Float]), _ kind: ScoreArrows, _ exact: ExactField.Frame,
    _ longest: Double, in frame: PlotFrame, _ area: Rect
  ) -> ScatterPlot.Arrows {
    let (grid, inner) = (exact.place.grid, frame.layout(in: area).inner)
    let (offset, scale) = (snapshot.coordinates.offset, snapshot.coordinates.scale)
    var arrows = ScatterPlot.Arrows(
      label(kind), x: [], y: [], u: [], v: [], role: role(kind), longest: longest,
      reach: Self.reach)
    for row in stride(from: 1, to: inner.height, by: 2) {
      for column in stride(from: 2, to: inner.width, by: Self.reach + 1) {
        let x = frame.x.value(at: (Double(column) + 0.5) / Double(inner.width))
        let y = frame.y.value(at: 1 - (Double(row) + 0.5) / Double(inner.height))
        let (modelX, modelY) = ((x - offset[0]) / scale[0], (y - offset[1]) / scale[1])
        guard let u = grid.value(of: vectors.u, x: modelX, y: modelY),
          let v = grid.value(of: vectors.v, x: modelX, y: modelY)
        else { continue }
        // As long as it is without unit, along the way that it points in the user's units.
        let stretch = hypot(u, v) / max(hypot(scale[0] * u, scale[1] * v), 1e-300)
        arrows.x.append(x)
        arrows.y.append(y)
        arrows.u.append(stretch * scale[0] * u)
        arrows.v.append(stretch * scale[1] * v)
      }
    }
    return arrows
  }

  private func label(_ kind: ScoreArrows) -> String {
    switch kind {
    case .exact: "s, exact"
    case .learned: "s_hat, learned"
    case .difference: "s_hat - s"
    }
  }

  private func role(_ kind: ScoreArrows) -> StyleRole {
    switch kind {
    case .exact: .exact
    case .learned: .learned
    case .difference: .accent
    }
  }

  /// How long an arrow is for its value.
  private func drawScale(_ longest: Double, into canvas: inout Canvas, in row: Rect) {
    let value = NumberText.short(longest, digits: 2)
    write(
      [
        "arrow of \(Self.reach) columns: sigma ||.|| = \(value)",
        "arrow of \(Self.reach) columns: \(value)", "longest \(value)",
      ], into: &canvas, in: row)
  }

  /// Writes the first of some texts that fits, in the middle of a row.
  private func write(_ texts: [String], into canvas: inout Canvas, in row: Rect) {
    guard !row.isEmpty, let text = texts.first(where: { $0.count <= row.width }) else { return }
    canvas.write(
      text, x: row.x + (row.width - text.count) / 2, y: row.y, limit: row.maxX,
      style: Style(.muted))
  }
}
