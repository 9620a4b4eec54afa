import ScoreCore
import ScoreLab
import TermPlot

/// One frame of the samples, ready to be drawn in any of the views.
struct SamplePicture {
  let snapshot: Snapshot
  let learned: Trajectories
  let noisedData: Trajectories
  /// The exact-score run, where it is shown and ready.
  let exactScoreRun: Trajectories?
  var frame: Int
  let plane: PlotPlane
  /// The part of the plots that is looked at.
  let window: PlotWindow
  /// Whether the data end is looked at, not time.
  let isEnd: Bool
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

  func drawScatter(into canvas: inout Canvas, in area: Rect) {
    let axes = commonAxes
    guard let sides = area.pair(isColored: isColored) else {
      return drawOver(axes, into: &canvas, in: area)
    }
    scatter(reference.points, reference.label, .exact, axes).draw(into: &canvas, in: sides.first)
    scatter(learned, "learned", .learned, axes).draw(into: &canvas, in: sides.second)
  }

  func drawDensities(into canvas: inout Canvas, in area: Rect) {
    let axes = commonAxes
    let sides =
      area.pair(isColored: isColored) ?? (Rect(x: 0, y: 0, width: 0, height: 0), area)
    density(reference.points, reference.label, axes).draw(into: &canvas, in: sides.first)
    density(learned, "learned", axes).draw(into: &canvas, in: sides.second)
  }

  func drawMatrix(into canvas: inout Canvas, in area: Rect) {
    ScatterMatrix(
      frame: snapshot.coordinates, axes: plane.axes, learned: learned, reference: reference,
      noisedData: noisedData, index: frame, isEnd: isEnd, marks: marks
    ).draw(into: &canvas, in: area)
  }

  func drawPictures(into canvas: inout Canvas, in area: Rect) {
    guard let format = snapshot.images else { return }
    if let classes = snapshot.samples?.classes, ClassPictures.areMany(classes) {
      return ClassPictures(
        format: format, frame: snapshot.coordinates, learned: learned, index: frame,
        classes: classes, marks: marks, isColored: isColored
      ).draw(into: &canvas, in: area)
    }
    drawNearest(into: &canvas, in: area)
  }

  /// Each sample over its nearest picture.
  func drawNearest(into canvas: inout Canvas, in area: Rect) {
    guard let format = snapshot.images else { return }
    SamplePictures(
      format: format, frame: snapshot.coordinates, learned: learned, index: frame,
      nearest: snapshot.nearestImages, marks: marks, isColored: isColored
    ).draw(into: &canvas, in: area)
  }

  typealias Axes = (x: AxisSettings, y: AxisSettings)

  /// Axes that hold the exact distribution at this time with room around it, the same for both
  /// plots; they depend on nothing learned, so a cloud that is far off leaves the view and is
  /// counted.
  var commonAxes: Axes {
    (window.x(timedAxis(.across)), window.y(timedAxis(.up)))
  }

  /// An axis that stays while time moves, and at the data end holds the data alone.
  func timedAxis(_ side: PlotPlane.Side) -> AxisSettings {
    plane.settings(side, covering: noisedData, frame: isEnd ? frame : nil)
  }

  /// The label of a cloud, with the number of its points that lie outside the view.
  func label(_ text: String, _ points: Trajectories, _ axes: Axes) -> String {
    let columns = columns(points)
    let outside = zip(columns.x, columns.y).count { x, y in
      x < axes.x.lower ?? x || x > axes.x.upper ?? x || y < axes.y.lower ?? y
        || y > axes.y.upper ?? y
    }
    return outside == 0 ? text : "\(text), \(outside) outside"
  }

  /// The two coordinates that are drawn.
  func columns(_ points: Trajectories) -> (x: [Double], y: [Double]) {
    (plane.column(.across, of: points, frame: frame), plane.column(.up, of: points, frame: frame))
  }

  /// The samples of the runs that are trained in turn with this one, each at its time nearest to that
  /// of the frame; without colours few enough that letters alone show where they are.
  private var comparedLayers: [ScatterPlot.Layer] {
    clouds.map { cloud in
      let count = isColored && marks != .ascii ? cloud.points.tracked : Self.letteredCount
      func column(_ side: PlotPlane.Side) -> [Double] {
        Array(plane.column(side, of: cloud.points, frame: cloud.frame).prefix(count))
      }
      return .points(
        .init(
          "\(cloud.letter) samples", x: column(.across), y: column(.up), role: cloud.role,
          letter: cloud.letter.unicodeScalars.first,
          letteredCount: count == Self.letteredCount ? count : Self.letteredCount / 2))
    }
  }

  /// How many points have a letter where nothing else shows them.
  private static let letteredCount = 48

  private func layer(
    _ points: Trajectories, _ label: String, _ role: StyleRole,
    _ shape: ScatterPlot.Shape = .dot
  ) -> ScatterPlot.Layer {
    .points(
      .init(
        label, x: columns(points).x, y: columns(points).y, role: role, shape: shape,
        // Without what is said behind it, which changes.
        name: label.split(separator: ",").first.map(String.init)))
  }

  private func scatter(
    _ points: Trajectories, _ label: String, _ role: StyleRole, _ axes: Axes
  ) -> ScatterPlot {
    ScatterPlot(
      layers: (role == .learned ? comparedLayers : [])
        + [layer(points, self.label(label, points, axes), role)] + trainingPoints(role),
      x: axes.x,
      y: axes.y,
      isEqualAspect: isTrueShape, marks: marks)
  }

  /// Where the points of a small training set are, with the learned samples at the data end.
  private func trainingPoints(_ role: StyleRole) -> [ScatterPlot.Layer] {
    isEnd && role == .learned ? snapshot.trainingLayers(plane) : []
  }

  private func drawOver(_ axes: Axes, into canvas: inout Canvas, in area: Rect) {
    ScatterPlot(
      layers: [
        layer(reference.points, reference.label, .exact)
      ] + comparedLayers + [
        layer(learned, label("learned", learned, axes), .learned, marks.isUnicode ? .dot : .cross)
      ] + trainingPoints(.learned), x: axes.x, y: axes.y, isEqualAspect: isTrueShape, marks: marks
    ).draw(into: &canvas, in: area)
  }

  private func density(_ points: Trajectories, _ label: String, _ axes: Axes) -> DensityMap {
    let x = AxisRange(axes.x.lower ?? -1, axes.x.upper ?? 1)
    let y = AxisRange(axes.y.lower ?? -1, axes.y.upper ?? 1)
    // About ten points a field where they are evenly spread: enough to see shape over noise.
    let side = min(48, max(12, Int((Double(points.tracked) / 2).squareRoot())))
    var grid = ValueGrid(
      countingX: columns(points).x, y: columns(points).y,
      columns: side, rows: side, x: x, y: y)
    // An empty field shows the background, whatever colour the theme gives low values.
    grid.values = grid.values.map { $0 == 0 ? .nan : $0 }
    return DensityMap(
      DensityLayer(grid, marks: marks, isColored: isColored), label: "\(label), points a field",
      x: axes.x, y: axes.y)
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
      return (parts.top, parts.rest.splitTop(rows: height / 2).top)
    }
    guard width >= (isColored ? 64 : 24) else { return nil }
    // Of one size, so that both have the same axes, and a column apart.
    let parts = splitLeft(columns: (width - 1) / 2)
    return (parts.left, parts.rest.inset(left: 1).splitLeft(columns: (width - 1) / 2).left)
  }
}

extension Snapshot {
  /// The points of a small training set as crosses, so that samples on top of them are seen.
  func trainingLayers(_ plane: PlotPlane) -> [ScatterPlot.Layer] {
    guard let points = data.trainingPoints, points.dimension >= 2 else { return [] }
    return [
      .points(
        .init(
          "\(points.count) training points", x: plane.column(.across, of: points),
          y: plane.column(.up, of: points), role: .training, shape: .plus))
    ]
  }
}
