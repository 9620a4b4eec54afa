import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

/// How points of several coordinates are put on a plane: by two of their axes, in the user's units, or
/// by two principal components of the data, in model units from the mean.
struct PlotPlane {
  enum Side: Int { case across, up }

  let frame: CoordinateFrame
  let axes: AxisPair
  /// Takes the place of the axes.
  let components: PrincipalComponents?

  init(_ frame: CoordinateFrame, axes: AxisPair, components: PrincipalComponents? = nil) {
    self.frame = frame
    self.axes = axes
    self.components = components
  }

  /// Whether a unit means the same along both axes.
  var isTrueToShape: Bool { components != nil || frame.scale.allSatisfy { $0 == 1 } }

  func axis(_ side: Side) -> Int { side == .across ? axes.x : axes.y }

  /// What the axis is called; of a component with its share of the data's variance.
  func title(_ side: Side) -> String {
    guard let components else { return frame.names[axis(side)] }
    let share = NumberText.short(100 * components.shares[side.rawValue], digits: 2)
    return "PC \(side.rawValue + 1), \(share)% of the variance"
  }

  /// A coordinate of a point in model coordinates, as the plot has it.
  func coordinate(_ side: Side, of point: some RandomAccessCollection<Float>) -> Double {
    if let components {
      return components.coordinate(side.rawValue, of: point.lazy.map(Double.init))
    }
    let axis = axis(side)
    let value = Double(point[point.index(point.startIndex, offsetBy: axis)])
    return frame.userUnits(value, axis: axis)
  }

  /// A coordinate of the tracked points of a frame.
  func column(_ side: Side, of points: Trajectories, frame index: Int) -> [Double] {
    guard components != nil else {
      let axis = axis(side)
      return points.column(axis, frame: index).map { frame.userUnits($0, axis: axis) }
    }
    let dimension = points.dimension
    return (0..<points.tracked).map {
      coordinate(side, of: points.frames[index][$0 * dimension..<($0 + 1) * dimension])
    }
  }

  /// A coordinate of points in model coordinates.
  func column(_ side: Side, of points: Points) -> [Double] {
    guard let components else {
      let axis = axis(side)
      return points.column(axis).map { frame.userUnits($0, axis: axis) }
    }
    return (0..<points.count).map { components.coordinate(side.rawValue, of: points.row($0)) }
  }

  /// An axis that holds the exact distribution from noise to data with room around it, or at one
  /// frame.
  func settings(_ side: Side, covering data: Trajectories, frame index: Int? = nil) -> AxisSettings
  {
    guard components != nil else {
      let axis = axis(side)
      let range = index.map { data.range(axis, frame: $0) } ?? data.range(axis)
      return AxisSettings(
        title(side), lower: frame.userUnits(range.lowerBound, axis: axis),
        upper: frame.userUnits(range.upperBound, axis: axis))
    }
    let frames = index.map { [$0] } ?? [0, data.frames.count - 1]
    let values = frames.flatMap { column(side, of: data, frame: $0) }
    let range = AxisRange(covering: values, margin: 0.15)
    return AxisSettings(title(side), lower: range.lower, upper: range.upper)
  }
}

extension WorkbenchState {
  /// How many planes `A` goes through: every pair of axes, and behind the first of them that of the
  /// principal components where there are more than two axes.
  var planeCount: Int {
    let dimension = run.snapshot?.dimension ?? 2
    return AxisPair.count(dimension: dimension) + (dimension > 2 ? 1 : 0)
  }

  /// Whether samples are shown along the principal components of the data; small plots and pictures
  /// are not.
  var showsComponents: Bool {
    let isPlane = live.colorsErrors || live.sampleView.hasAxes
    return isPlane && planeCount > 1 && live.plane == 1
  }

  /// The axes that the Samples pane draws where it draws axes.
  var shownAxes: AxisPair {
    AxisPair(
      number: live.plane > 1 ? live.plane - 1 : 0, dimension: run.snapshot?.dimension ?? 2)
  }

  /// The plane that the Samples pane draws; nil until its components are known.
  var shownPlane: PlotPlane? {
    guard let snapshot = run.snapshot else { return nil }
    guard showsComponents else { return PlotPlane(snapshot.coordinates, axes: shownAxes) }
    return snapshot.principalComponents.map {
      PlotPlane(snapshot.coordinates, axes: shownAxes, components: $0)
    }
  }
}
