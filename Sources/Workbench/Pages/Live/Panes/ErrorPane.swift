import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// The distribution of the score error at one noise level, and L2 and D_delta at all of them.
struct ErrorPane: Pane {
  let title = "Error"
  let hasPlots = true

  var commands: [Command] { Self.commands }

  func note(_ state: WorkbenchState) -> String {
    guard let level = level(state) else { return "" }
    let time = NumberText.short(shown(state)?.time ?? level.time, digits: 2)
    let place =
      "t \(time), level \(state.live.levelIndex + 1)/\(state.run.configuration.probe.levels)"
    let snapshot = state.run.snapshot
    return switch state.live.errorView {
    case .noisyDistribution: place + step(snapshot?.probe?.step)
    case .ownSamples: place + ", own samples" + step(snapshot?.sampleErrors?.step)
    case .shells: place + ", by distance" + step(snapshot?.probe?.step)
    case .parts: place + ", in parts" + step(snapshot?.measurements.errorParts?.step)
    case .bound: "bound on the samples" + step(snapshot?.measurements.pathBound?.step)
    case .dimension:
      place + ", dimension" + step(snapshot?.measurements.foundDimensions?.step)
    case .collapse: place + ", collapse" + step(snapshot?.measurements.denoiserSpectra?.step)
    case .pixels: place + ", by pixel" + step(snapshot?.measurements.pixelErrors?.step)
    case .refine: "refine" + step(snapshot?.measurements.angularDensity?.step)
    }
  }

  /// The step whose weights were measured, as a fact of the title.
  private func step(_ step: Int?) -> String {
    step.map { ", step \(NumberText.short(Double($0)))" } ?? ""
  }

  func measurements(_ state: WorkbenchState) -> [any Measurement.Type] {
    // Loss by noise level comes with the errors, so that its history is there when it is looked at.
    let shared: [any Measurement.Type] = [ProbeMeasurement.self, LevelLossesMeasurement.self]
    return switch state.live.errorView {
    case .noisyDistribution, .shells: shared
    case .ownSamples: shared + [SampleErrorsMeasurement.self]
    case .parts: shared + [ErrorPartsMeasurement.self]
    case .bound: shared + [PathBoundMeasurement.self]
    case .dimension: shared + [IntrinsicDimensionMeasurement.self]
    case .collapse: shared + [DenoiserSpectraMeasurement.self]
    case .pixels: shared + [PixelErrorsMeasurement.self]
    case .refine: shared + [SamplesMeasurement.self, AngularDensityMeasurement.self]
    }
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let area = PaneRemarks.draw(remarks(state.run.snapshot), state.marks, into: &canvas, in: area)
    if !state.live.showsWorst {
      switch state.live.errorView {
      case .parts: return drawParts(state, into: &canvas, in: area)
      case .bound: return drawBound(state, into: &canvas, in: area)
      case .dimension: return drawDimension(state, into: &canvas, in: area)
      case .collapse: return drawCollapse(state, into: &canvas, in: area)
      case .refine: return drawRefine(state, into: &canvas, in: area)
      case .pixels: return drawPixels(state, into: &canvas, in: area)
      case .noisyDistribution, .ownSamples, .shells: break
      }
    }
    guard let shown = shown(state) else {
      let text = level(state) == nil ? "the score error" : "the error at the network's own samples"
      canvas.write("measuring \(text) ...", in: area, style: Style(.muted))
      return
    }
    let delta = state.run.configuration.probe.delta
    let numbers = numbers(shown, delta: delta)
    let width = numbers.reduce(0) { $0 + $1.text.count + 2 }
    let rows = area.height < 5 ? 0 : width > area.width && area.height >= 9 ? 2 : 1
    let (top, plots) = area.splitTop(rows: rows)
    draw(numbers, into: &canvas, in: top)
    let hasTwo = plots.height >= 14
    if state.live.showsWorst, !hasTwo { return drawWorst(state, into: &canvas, in: plots) }
    let (upper, lower) = plots.splitTop(rows: hasTwo ? plots.height * 11 / 20 : plots.height)
    if state.live.errorView == .shells, let places = places(state) {
      drawShells(places.shells, delta: delta, state, into: &canvas, in: upper)
    } else {
      histogram(shown, delta: delta, state, width: upper.width)
        .draw(into: &canvas, in: upper)
    }
    guard hasTwo else { return }
    if state.live.showsWorst { return drawWorst(state, into: &canvas, in: lower) }
    if state.live.errorView == .shells, let places = places(state) {
      return drawShares(places.shells, state, into: &canvas, in: lower)
    }
    drawLevels(levels(state), selected: shown, delta: delta, state, into: &canvas, in: lower)
  }

  /// Why the errors may not be what they seem.
  private func remarks(_ snapshot: Snapshot?) -> [String] {
    guard let snapshot else { return [] }
    let dropped = snapshot.droppedProbe.map {
      "last errors not finite at \($0.brokenCount) of \($0.count) levels; "
        + (snapshot.probe == nil ? "none yet" : "older ones shown")
    }
    return [dropped, PaneRemarks.untrained(snapshot)].compactMap { $0 }
  }

  /// The chosen level under q_t.
  private func level(_ state: WorkbenchState) -> ScoreErrorDistribution? {
    guard let levels = state.run.snapshot?.probe?.levels, !levels.isEmpty else { return nil }
    return levels[min(state.live.levelIndex, levels.count - 1)]
  }

  /// The errors in view: those under q_t, or at the network's own samples nearest to the level.
  func shown(_ state: WorkbenchState) -> ScoreErrorDistribution? {
    guard let level = level(state) else { return nil }
    guard state.live.errorView == .ownSamples else { return level }
    return state.run.snapshot?.sampleErrors?.frame(nearestTo: level.level).errors
  }

  /// The errors in view at every level.
  private func levels(_ state: WorkbenchState) -> [ScoreErrorDistribution] {
    state.live.errorView == .ownSamples
      ? state.run.snapshot?.sampleErrors?.frames.map(\.errors) ?? []
      : state.run.snapshot?.probe?.levels ?? []
  }

  /// Where the errors of the chosen level lie.
  func places(_ state: WorkbenchState) -> ErrorPlaces? {
    guard let places = state.run.snapshot?.probe?.places, !places.isEmpty else { return nil }
    return places[min(state.live.levelIndex, places.count - 1)]
  }

  typealias Number = (text: String, role: StyleRole)

  func numbers(_ level: ScoreErrorDistribution, delta: Double) -> [Number] {
    let quantile = level.quantileEstimate(delta: delta)
    var numbers: [Number] = [
      ("L2 \(NumberText.short(level.l2))", .l2), (text(of: quantile), .quantile),
    ]
    // What compares with an unknown number is unknown.
    if quantile.value != nil {
      numbers.append(("Markov gap \(NumberText.short(level.markovGap(delta: delta)))", .markov))
      let share = NumberText.short(100 * level.worstShare(delta: delta), digits: 2)
      numbers.append(("worst \(NumberText.short(100 * delta))%: \(share)% of L2^2", .text))
    }
    numbers.append(("Markov \(NumberText.short(level.markovBound(delta: delta)))", .markov))
    return numbers
  }

  /// D_delta with its 95 % interval, or how many points it takes.
  private func text(of quantile: QuantileEstimate) -> String {
    let name = "D_\(NumberText.short(quantile.delta))"
    let (low, high) = (quantile.interval.lowerBound, quantile.interval.upperBound)
    let number =
      "\(name) \(NumberText.short(quantile.orderStatistic)) "
      + "(\(NumberText.short(low, digits: 2)), \(NumberText.short(high, digits: 2)))"
    return switch quantile.standing {
    case .unknown(let needed): "\(name) unknown: \(quantile.count) of \(needed) points"
    case .few: number + " few points"
    case .enough: number
    }
  }

  /// Writes the numbers one after the other, on to a second row where the first is full, and leaves
  /// out those that no room is left for.
  private func draw(_ numbers: [Number], into canvas: inout Canvas, in area: Rect) {
    guard !area.isEmpty else { return }
    var (x, y) = (area.x, area.y)
    for (text, role) in numbers {
      if x > area.x, x + text.count > area.maxX {
        guard y + 1 < area.maxY else { continue }
        (x, y) = (area.x, y + 1)
      }
      x += canvas.write(text, x: x, y: y, limit: area.maxX, style: Style(role)) + 2
    }
  }

  private func histogram(
    _ level: ScoreErrorDistribution, delta: Double, _ state: WorkbenchState, width: Int
  ) -> Histogram {
    let errors = level.errors.map(Double.init)
    let markov = level.markovBound(delta: delta)
    // The smallest thousandth is left out: on a log axis it would take half the room.
    let low = max(errors[errors.count / 1000], 1e-12)
    let window = state.top.window(of: title)
    let settings = window.x(
      AxisSettings(
        "sigma ||s_hat - s||  (no unit)", scale: .logarithmic, lower: low,
        upper: max(markov, errors[errors.count - 1]) * 1.3))
    let axis = settings.axis(covering: errors)
    var markers: [Histogram.Marker] = [
      .init(x: level.l2, label: "L2", role: .l2, glyph: "●", ascii: "L", stem: "│")
    ]
    if let quantile = knownQuantile(level, delta: delta) {
      markers.append(
        .init(x: quantile, label: "D", role: .quantile, glyph: "◆", ascii: "D", stem: "┃"))
    }
    markers.append(
      .init(x: markov, label: "Markov", role: .markov, glyph: "▽", ascii: "M", stem: "┆"))
    return Histogram(
      bins: HistogramBins(counting: errors, on: axis, count: max(12, min(60, width - 10))),
      markers: markers, x: settings, y: window.y(AxisSettings("points")), marks: state.marks)
  }

  /// D_delta of the runs that are trained in turn with this one.
  private func others(_ state: WorkbenchState, delta: Double) -> [LineChart.Series] {
    guard let snapshot = state.run.snapshot, state.live.errorView != .ownSamples else { return [] }
    return RunComparison.series(snapshot, "D") { other in
      let levels = other.measurements.probe?.levels ?? []
      return (levels.map(\.time), levels.map { knownQuantile($0, delta: delta) ?? .nan })
    }
  }

  private func drawLevels(
    _ levels: [ScoreErrorDistribution], selected: ScoreErrorDistribution, delta: Double,
    _ state: WorkbenchState, into canvas: inout Canvas, in area: Rect
  ) {
    let times = levels.map(\.time)
    let window = state.top.window(of: title)
    let inner = LineChart(
      series: [
        .init(
          "L2", x: times, y: levels.map(\.l2), role: .l2,
          stroke: Stroke(.dashed, ascii: "L")),
        .init(
          quantileLabel(levels, delta: delta), x: times,
          y: levels.map { knownQuantile($0, delta: delta) ?? .nan }, role: .quantile,
          stroke: Stroke(.solid, ascii: "D"), name: Self.quantileName),
      ] + others(state, delta: delta),
      events: [.init(x: selected.time, label: "t", role: .accent)],
      x: window.x(AxisSettings("noise level: time t", scale: .logarithmic)),
      y: window.y(AxisSettings("error", scale: .logarithmic)), marks: state.marks
    ).draw(into: &canvas, in: area)
    registerLevels(into: &canvas, in: inner)
  }
}
