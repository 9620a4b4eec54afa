import ScoreCore
import ScoreLab
import TermPlot

extension SamplePicture {
  /// Histograms of the samples against the exact density at the time of the frame.
  ///
  /// - Parameters:
  ///   - scale: How densities are spread; a logarithmic one shows a rare part.
  ///   - canvas: Where to draw.
  ///   - area: The room there is.
  func drawHistograms(scale: AxisScale, into canvas: inout Canvas, in area: Rect) {
    let values = learned.column(0, frame: frame)
    if let run = exactScoreRun, run.frames.count == learned.frames.count, area.height >= 14 {
      let (top, bottom) = area.splitTop(rows: area.height / 2)
      histogram(run.column(0, frame: frame), role: .exact, label: "exact-score run", scale)
        .draw(into: &canvas, in: top)
      histogram(values, role: .learned, label: "learned", scale).draw(into: &canvas, in: bottom)
      return
    }
    histogram(values, role: .learned, label: "learned", scale).draw(into: &canvas, in: area)
  }

  /// The densities of the samples of the runs that are trained in turn with this one, over as many bins.
  private func comparedCurves(on axis: Axis, count: Int) -> [Histogram.Curve] {
    let (offset, scale) = (snapshot.coordinates.offset[0], snapshot.coordinates.scale[0])
    return clouds.map { cloud in
      let values = cloud.points.column(0, frame: cloud.frame).map { offset + scale * $0 }
      let bins = HistogramBins(counting: values, on: axis, count: count)
      let unit = Double(max(1, values.count)) * axis.range.width / Double(count)
      return Histogram.Curve(
        "\(cloud.letter) samples", x: zip(bins.edges, bins.edges.dropFirst()).map { ($0 + $1) / 2 },
        y: bins.counts.map { $0 / unit }, role: cloud.role, stroke: cloud.stroke)
    }
  }

  private func histogram(
    _ values: [Double], role: StyleRole, label: String, _ yScale: AxisScale
  ) -> Histogram {
    let coordinates = snapshot.coordinates
    let settings = window.x(timedAxis(.across))
    let axis = settings.axis(covering: [])
    let count = 48
    var bins = HistogramBins(
      counting: values.map { coordinates.userUnits($0, axis: 0) }, on: axis, count: count)
    let width = axis.range.width / Double(count)
    let total = Double(max(1, values.count))
    bins.counts = bins.counts.map { $0 / (total * width) }
    let curve = snapshot.exactDensities.flatMap { densities -> Histogram.Curve? in
      guard frame < densities.frames.count else { return nil }
      return Histogram.Curve(
        "exact density", x: densities.positions.map { coordinates.userUnits($0, axis: 0) },
        y: densities.frames[frame].map { $0 / coordinates.scale[0] })
    }
    let others = role == .learned ? comparedCurves(on: axis, count: count) : []
    return Histogram(
      bins: bins, curves: [curve].compactMap { $0 } + others, x: settings,
      // A bin with a single point is the lowest that can be there.
      y: window.y(
        AxisSettings(
          "density, \(label)", scale: yScale,
          lower: yScale == .logarithmic ? 0.5 / (total * width) : nil)),
      role: role, marks: marks)
  }
}
