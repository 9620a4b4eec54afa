import ScoreCore
import ScoreLab
import TermPlot

/// One frame of the samples, ready to be drawn in any of the views.
struct SamplePicture {
  /// How many particles the trajectory view follows.
  static let followed = 20

  let snapshot: Snapshot
  let learned: Trajectories
  let noisedData: Trajectories
  /// The exact-score run, where it is shown and ready.
  let exactScoreRun: Trajectories?
  var frame: Int
  let marks: Marks
  /// Whether one unit is as long on both axes.
  let isTrueShape: Bool
  /// Whether the terminal has colours; without them two clouds never share a plot.
  let isColored: Bool

  /// What stands next to the learned samples: its label, its points and its colour.
  private var reference: (label: String, points: Trajectories) {
    if let run = exactScoreRun, run.frames.count == learned.frames.count {
      return ("exact-score run", run)
    }
    return ("noised data", noisedData)
  }

  func draw(_ view: SampleView, into canvas: inout Canvas, in area: Rect) {
    let sides = area.pair(isColored: isColored)
    let axes = commonAxes
    switch view {
    case .scatter:
      guard let sides else { return drawOver(axes, into: &canvas, in: area) }
      scatter(reference.points, reference.label, .exact, axes)
        .draw(into: &canvas, in: sides.first)
      scatter(learned, "learned", .learned, axes).draw(into: &canvas, in: sides.second)
    case .density:
      let sides = sides ?? (Rect(x: 0, y: 0, width: 0, height: 0), area)
      density(reference.points, reference.label, axes).draw(into: &canvas, in: sides.first)
      density(learned, "learned", axes).draw(into: &canvas, in: sides.second)
    case .trajectories:
      // The distribution's own samples have no reverse path; the exact-score run has, once it is
      // ready.
      guard let sides, let other = snapshot.exactScoreRun else {
        paths(learned, "learned", .learned).draw(into: &canvas, in: area)
        return
      }
      paths(other, "exact-score run", .exact).draw(into: &canvas, in: sides.first)
      paths(learned, "learned", .learned).draw(into: &canvas, in: sides.second)
    case .score: preconditionFailure("The score has a picture of its own.")
    }
  }

  typealias Axes = (x: AxisSettings, y: AxisSettings)

  /// Axes that hold the exact distribution at this time with room around it, the same for both
  /// plots; they depend on nothing learned, so a cloud that is far off leaves the view and is
  /// counted.
  var commonAxes: Axes {
    func range(_ axis: Int) -> (Double, Double) {
      let values = noisedData.column(axis, frame: frame)
      let (low, high) = (values.min() ?? -1, values.max() ?? 1)
      let margin = 0.15 * (high - low) + 1e-9
      return (low - margin, high + margin)
    }
    let (x, y) = (range(0), range(1))
    return (userAxis(0, lower: x.0, upper: x.1), userAxis(1, lower: y.0, upper: y.1))
  }

  /// The label of a cloud, with the number of its points that lie outside the view.
  func label(_ text: String, _ points: Trajectories, _ axes: Axes) -> String {
    let (x, y) = (column(points, 0, frame: frame), column(points, 1, frame: frame))
    let outside = zip(x, y).count { x, y in
      x < axes.x.lower ?? x || x > axes.x.upper ?? x || y < axes.y.lower ?? y
        || y > axes.y.upper ?? y
    }
    return outside == 0 ? text : "\(text), \(outside) outside"
  }

  private func userAxis(_ axis: Int, lower: Double, upper: Double) -> AxisSettings {
    AxisSettings(
      snapshot.coordinates.names[axis], lower: user(lower, axis), upper: user(upper, axis))
  }

  private func user(_ value: Double, _ axis: Int) -> Double {
    snapshot.coordinates.offset[axis] + snapshot.coordinates.scale[axis] * value
  }

  func column(_ points: Trajectories, _ axis: Int, frame: Int) -> [Double] {
    points.column(axis, frame: frame).map { user($0, axis) }
  }

  private func layer(
    _ points: Trajectories, _ label: String, _ role: StyleRole,
    _ shape: ScatterPlot.Shape = .dot
  ) -> ScatterPlot.Layer {
    .points(
      .init(
        label, x: column(points, 0, frame: frame), y: column(points, 1, frame: frame),
        role: role, shape: shape))
  }

  private func scatter(
    _ points: Trajectories, _ label: String, _ role: StyleRole, _ axes: Axes
  ) -> ScatterPlot {
    ScatterPlot(
      layers: [layer(points, self.label(label, points, axes), role)], x: axes.x, y: axes.y,
      isEqualAspect: isTrueShape, marks: marks)
  }

  private func drawOver(_ axes: Axes, into canvas: inout Canvas, in area: Rect) {
    ScatterPlot(
      layers: [
        layer(reference.points, reference.label, .exact),
        layer(learned, label("learned", learned, axes), .learned, marks.isUnicode ? .dot : .cross),
      ], x: axes.x, y: axes.y, isEqualAspect: isTrueShape, marks: marks
    ).draw(into: &canvas, in: area)
  }

  private func density(_ points: Trajectories, _ label: String, _ axes: Axes) -> DensityMap {
    let x = AxisRange(axes.x.lower ?? -1, axes.x.upper ?? 1)
    let y = AxisRange(axes.y.lower ?? -1, axes.y.upper ?? 1)
    // About ten points a field where they are evenly spread: enough to see shape over noise.
    let side = min(48, max(12, Int((Double(points.tracked) / 2).squareRoot())))
    var grid = ValueGrid(
      countingX: column(points, 0, frame: frame), y: column(points, 1, frame: frame),
      columns: side, rows: side, x: x, y: y)
    // An empty field shows the background, whatever colour the theme gives low values.
    grid.values = grid.values.map { $0 == 0 ? .nan : $0 }
    return DensityMap(
      DensityLayer(grid, marks: marks, isColored: isColored), label: "\(label), points a field",
      x: axes.x, y: axes.y)
  }

  /// Paths of some particles up to the frame; a noisy path fills the plane, so of one only the
  /// last quarter trails behind its particle.
  private func paths(
    _ points: Trajectories, _ label: String, _ role: StyleRole
  ) -> ScatterPlot {
    let count = min(SamplePicture.followed, points.tracked)
    let first = isDeterministic ? 0 : max(0, frame - max(8, points.frames.count / 4))
    var (x, y): ([Double], [Double]) = ([], [])
    for particle in 0..<count {
      for values in points.frames[first...frame] {
        x.append(user(Double(values[particle * points.dimension]), 0))
        y.append(user(Double(values[particle * points.dimension + 1]), 1))
      }
    }
    let length = frame - first + 1
    let heads = stride(from: length - 1, to: x.count, by: length)
    return ScatterPlot(
      layers: [
        .paths(.init("\(count) paths", x: x, y: y, length: length)),
        .points(
          .init(label, x: heads.map { x[$0] }, y: heads.map { y[$0] }, role: role, shape: .square)),
      ], x: pathAxes(0), y: pathAxes(1), isEqualAspect: isTrueShape, marks: marks)
  }

  private var isDeterministic: Bool {
    snapshot.configuration.sampler.makeSampler().isDeterministic
  }

  /// Paths start in the noise, so their axes hold its whole width at any frame.
  private func pathAxes(_ axis: Int) -> AxisSettings {
    let ends =
      learned.column(axis, frame: 0) + learned.column(axis, frame: learned.frames.count - 1)
    let sorted = ends.sorted()
    let cut = sorted.count / 200
    return userAxis(axis, lower: sorted[cut] - 0.1, upper: sorted[sorted.count - 1 - cut] + 0.1)
  }
}

extension Rect {
  /// Two plots next to or above one another, whichever leaves them larger; nil where one is all there
  /// is room for.
  ///
  /// - Parameter isColored: Whether two sets can share a plot, told apart by colour as well.
  /// - Returns: The first and the second plot.
  func pair(isColored: Bool) -> (first: Rect, second: Rect)? {
    // A cell is about twice as high as wide.
    if height >= 24 && min(width, height) >= min(width / 2, 2 * height) {
      let parts = splitTop(rows: height / 2)
      return (parts.top, parts.rest)
    }
    guard width >= (isColored ? 64 : 24) else { return nil }
    let parts = splitLeft(columns: width / 2)
    return (parts.left, parts.rest)
  }
}
