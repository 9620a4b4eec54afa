import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// The score error of every pixel of pictures at the chosen noise level, the network's next to those of
/// the score 0 and of one Gaussian; below them L2 and D_delta of all three at all levels.
extension ErrorPane {
  func drawPixels(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let format = state.run.snapshot?.images else {
      canvas.write("the points of this run are no pictures", in: area, style: Style(.muted))
      return
    }
    guard let (found, level) = pixelsInView(state) else {
      canvas.write("measuring the error of every pixel ...", in: area, style: Style(.muted))
      return
    }
    var rest = area
    let delta = state.run.configuration.probe.delta
    for field in level.fields.prefix(area.height >= 10 ? 3 : 1) {
      let parts = rest.splitTop(rows: 1)
      let numbers = numbers(field.whole, delta: delta).prefix(2).map(\.text).joined(separator: ", ")
      canvas.write(
        state.marks.fit("\(field.source.rawValue): \(numbers)", width: parts.top.width),
        in: parts.top, style: Style(field.source.role))
      rest = parts.rest
    }
    let hasCurves = rest.height >= 18
    let (upper, lower) = rest.splitTop(rows: hasCurves ? rest.height / 2 : rest.height)
    drawHeat(level, format, state, into: &canvas, in: upper)
    if hasCurves { drawPixelCurves(found, level, state, into: &canvas, in: lower) }
  }

  private func pixelsInView(
    _ state: WorkbenchState
  ) -> (found: PixelErrors, level: PixelErrors.Level)? {
    guard let found = state.run.snapshot?.measurements.pixelErrors else { return nil }
    return (found, found.levels[min(state.live.levelIndex, found.levels.count - 1)])
  }

  // MARK: - Pictures

  /// The pixels' squared errors side by side on one scale.
  private func drawHeat(
    _ level: PixelErrors.Level, _ format: ImageFormat, _ state: WorkbenchState,
    into canvas: inout Canvas, in area: Rect
  ) {
    guard area.height >= 4, area.width >= 12 else { return }
    let (pictures, bar) = area.splitBottom(rows: 1)
    let slot = pictures.width / level.fields.count
    let (width, height) = (Double(format.width), Double(format.height))
    let room = (across: Double(slot - 1), down: Double(2 * (pictures.height - 1)))
    let whole = min(room.across / width, room.down / height)
    let scale = whole >= 1 ? min(4, whole.rounded(.down)) : whole
    let layers = level.fields.map { layer($0, level, format, state) }
    for (place, (field, layer)) in zip(level.fields, layers).enumerated() {
      let x = pictures.x + place * slot
      canvas.write(
        state.marks.fit(field.source.rawValue, width: slot - 1), x: x, y: pictures.y,
        limit: x + slot, style: Style(.muted))
      let cells = Rect(
        x: x, y: pictures.y + 1, width: max(1, Int(scale * width)),
        height: max(1, Int((scale * height / 2).rounded(.up))))
      layer.draw(into: &canvas, in: cells, x: Axis(layer.grid.x), y: Axis(layer.grid.y))
    }
    layers.first?.drawBar("square of a pixel's error", into: &canvas, in: bar)
  }

  private func layer(
    _ field: PixelErrors.Field, _ level: PixelErrors.Level, _ format: ImageFormat,
    _ state: WorkbenchState
  ) -> DensityLayer {
    let all = level.fields.flatMap(\.squares).filter { $0 > 0 && $0.isFinite }
    let largest = all.max() ?? 1
    // Pixels that hardly ever change would take the whole scale.
    let least = max(all.min() ?? largest / 10, largest / 1e4)
    // The lowest row first.
    let rows = (0..<format.height).reversed().flatMap { row in
      field.squares[row * format.width..<(row + 1) * format.width].map { max($0, least) }
    }
    let grid = ValueGrid(
      columns: format.width, rows: format.height, values: rows,
      x: AxisRange(0, Double(format.width)), y: AxisRange(0, Double(format.height)))
    return DensityLayer(
      grid, range: AxisRange(least, largest), scale: .logarithmic, marks: state.marks,
      isColored: state.isColored)
  }

  // MARK: - Curves

  /// L2 and D_delta of the three scores at all levels.
  private func drawPixelCurves(
    _ found: PixelErrors, _ level: PixelErrors.Level, _ state: WorkbenchState,
    into canvas: inout Canvas, in area: Rect
  ) {
    let delta = state.run.configuration.probe.delta
    // Legends end at the right: without a gap those of the two plots are one.
    let halves = area.splitLeft(columns: area.width / 2)
    drawCurves(found, level, "L2", state, into: &canvas, in: halves.left.inset(right: 2)) { $0.l2 }
    drawCurves(
      found, level, "D_\(NumberText.short(delta))", state, into: &canvas, in: halves.rest
    ) {
      knownQuantile($0, delta: delta) ?? .nan
    }
  }

  private func drawCurves(
    _ found: PixelErrors, _ level: PixelErrors.Level, _ measure: String, _ state: WorkbenchState,
    into canvas: inout Canvas, in area: Rect, _ value: (ScoreErrorDistribution) -> Double
  ) {
    let times = found.levels.map(\.time)
    let window = state.top.window(of: title)
    let series = level.fields.indices.map { place in
      let source = level.fields[place].source
      return LineChart.Series(
        source.rawValue, x: times, y: found.levels.map { value($0.fields[place].whole) },
        role: source.role, stroke: source.stroke)
    }
    let inner = LineChart(
      series: series, events: [.init(x: level.time, label: "t", role: .accent)],
      x: window.x(AxisSettings("noise level: time t", scale: .logarithmic)),
      y: window.y(AxisSettings(measure, scale: .logarithmic)), marks: state.marks
    ).draw(into: &canvas, in: area)
    registerLevels(into: &canvas, in: inner, times: times)
  }

  // MARK: - Words

  /// The errors of the three scores as sentences, and where the network's is largest.
  func pixelWords(_ state: WorkbenchState) -> [String]? {
    guard let format = state.run.snapshot?.images, let (_, level) = pixelsInView(state) else {
      return nil
    }
    let delta = state.run.configuration.probe.delta
    let scores = level.fields.map { field in
      "\(field.source.rawValue) "
        + numbers(field.whole, delta: delta).prefix(2).map(\.text).joined(separator: ", ")
    }
    var words = [
      "Errors of pictures at time \(NumberText.short(level.time, digits: 2)): "
        + scores.joined(separator: "; ") + "."
    ]
    if let own = level.fields.first?.squares,
      let worst = own.indices.max(by: { own[$0] < own[$1] })
    {
      words.append(
        "The network's error is largest at row \(worst / format.width + 1), column "
          + "\(worst % format.width + 1) from the top left.")
    }
    return words
  }
}

extension PixelErrors.Source {
  fileprivate var role: StyleRole {
    switch self {
    case .network: .learned
    case .zero: .markov
    case .gaussian: .quantile
    }
  }

  fileprivate var stroke: Stroke {
    switch self {
    case .network: Stroke(.solid, ascii: "n")
    case .zero: Stroke(.dotted, ascii: "0")
    case .gaussian: Stroke(.dashed, ascii: "g")
    }
  }
}
