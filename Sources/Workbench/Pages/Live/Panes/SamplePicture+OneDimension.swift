import ScoreCore
import ScoreLab
import TermPlot

extension SamplePicture {
  /// Histograms of the samples against the exact density at the time of the frame.
  func drawHistograms(into canvas: inout Canvas, in area: Rect) {
    let values = learned.column(0, frame: frame)
    if let run = exactScoreRun, run.frames.count == learned.frames.count, area.height >= 14 {
      let (top, bottom) = area.splitTop(rows: area.height / 2)
      histogram(run.column(0, frame: frame), role: .exact, label: "exact-score run")
        .draw(into: &canvas, in: top)
      histogram(values, role: .learned, label: "learned").draw(into: &canvas, in: bottom)
      return
    }
    histogram(values, role: .learned, label: "learned").draw(into: &canvas, in: area)
  }

  private func histogram(_ values: [Double], role: StyleRole, label: String) -> Histogram {
    let (offset, scale) = (snapshot.coordinates.offset[0], snapshot.coordinates.scale[0])
    let data = noisedData.column(0, frame: frame).sorted()
    let (low, high) = (data[0], data[data.count - 1])
    let margin = 0.15 * (high - low) + 1e-9
    let settings = AxisSettings(
      snapshot.coordinates.names[0], lower: offset + scale * (low - margin),
      upper: offset + scale * (high + margin))
    let axis = settings.axis(covering: [])
    let count = 48
    var bins = HistogramBins(counting: values.map { offset + scale * $0 }, on: axis, count: count)
    let width = axis.range.width / Double(count)
    let total = Double(max(1, values.count))
    bins.counts = bins.counts.map { $0 / (total * width) }
    let curve = snapshot.exactDensities.flatMap { densities -> Histogram.Curve? in
      guard frame < densities.frames.count else { return nil }
      return Histogram.Curve(
        "exact density", x: densities.positions.map { offset + scale * $0 },
        y: densities.frames[frame].map { $0 / scale })
    }
    return Histogram(
      bins: bins, curve: curve, x: settings, y: AxisSettings("density, \(label)"), role: role,
      marks: marks)
  }

  /// Paths against the time still to go.
  func drawPaths1D(into canvas: inout Canvas, in area: Rect) {
    let (offset, scale) = (snapshot.coordinates.offset[0], snapshot.coordinates.scale[0])
    let source = exactScoreRun ?? learned
    let count = min(SamplePicture.followed, source.tracked)
    var (x, y): ([Double], [Double]) = ([], [])
    for particle in 0..<count {
      for frame in 0...frame {
        x.append(Double(frame))
        y.append(offset + scale * Double(source.frames[frame][particle]))
      }
    }
    ScatterPlot(
      layers: [
        .paths(
          .init(
            exactScoreRun == nil ? "learned" : "exact-score run", x: x, y: y, length: frame + 1,
            role: exactScoreRun == nil ? .learned : .exact))
      ],
      x: AxisSettings("sampler step", lower: 0, upper: Double(learned.frames.count - 1)),
      y: AxisSettings(snapshot.coordinates.names[0]), isEqualAspect: false, marks: marks
    ).draw(into: &canvas, in: area)
  }
}
