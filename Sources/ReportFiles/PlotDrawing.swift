import ScoreClaims
import ScoreLab
import TermPlot

/// Draws a plot: axes with ticks and labels, a legend, then the series in their order.
struct PlotDrawing {
  private let plot: Plot
  private let inks: [Ink]
  private let xAxis: TermPlot.Axis
  private let yAxis: TermPlot.Axis

  init(_ plot: Plot) {
    self.plot = plot
    inks = Ink.inks(for: plot.series)
    let bars = plot.series.contains { $0.form == .bars }
    xAxis = PlotDrawing.axis(
      plot.x,
      covering: plot.categories.isEmpty
        ? plot.series.flatMap(\.x) + plot.marks.filter(\.isVertical).map(\.value)
        : [-0.5, Double(plot.categories.count) - 0.5], margin: 0)
    let zero: [Double] = bars && !plot.y.isLogarithmic ? [0] : []
    yAxis = PlotDrawing.axis(
      plot.y,
      covering: plot.series.flatMap { $0.y + $0.lower + $0.upper }
        + plot.marks.filter { !$0.isVertical }.map(\.value) + zero, margin: 0.04)
  }

  private static func axis(
    _ settings: Plot.Axis, covering values: [Double], margin: Double
  ) -> TermPlot.Axis {
    AxisSettings(
      settings.label, scale: settings.isLogarithmic ? .logarithmic : .linear,
      lower: settings.lower, upper: settings.upper
    ).axis(covering: values, margin: margin)
  }

  func draw(on canvas: any Canvas, in area: Area) {
    let legend = LegendDrawing(plot.series, inks: inks)
    let top = legend.draw(on: canvas, in: area)
    let inner = Area(
      x: area.x + 78, y: top + 8, width: area.width - 78 - 16, height: area.maxY - top - 8 - 58)
    drawAxes(on: canvas, in: area, inner)
    let series = drawings(in: inner)
    canvas.clipped(x: inner.x, y: inner.y, width: inner.width, height: inner.height) {
      for drawing in series { drawing.drawShape(on: canvas) }
    }
    drawMarks(on: canvas, in: inner)
    canvas.setColor(.text)
    canvas.setStroke(width: 1.4)
    canvas.strokeRectangle(x: inner.x, y: inner.y, width: inner.width, height: inner.height)
    // Over the frame, which would cut those at its sides in half.
    for drawing in series { drawing.drawPoints(on: canvas) }
    PointNames(series).draw(on: canvas, in: inner)
  }

  private func drawings(in inner: Area) -> [SeriesDrawing] {
    let barred = sharedBars
    return plot.series.indices.map { index in
      SeriesDrawing(
        series: plot.series[index], ink: inks[index], turn: index, xAxis: xAxis, yAxis: yAxis,
        area: inner, bar: (barred.firstIndex(of: index) ?? 0, max(1, barred.count)))
    }
  }

  /// The barred series that must stand side by side, because they have a place in common.
  private var sharedBars: [Int] {
    let barred = plot.series.indices.filter { plot.series[$0].form == .bars }
    let places = barred.flatMap { Set(plot.series[$0].x) }
    return Set(places).count == places.count ? [] : barred
  }

  private func drawAxes(on canvas: any Canvas, in area: Area, _ inner: Area) {
    canvas.setFont(size: 15)
    canvas.setStroke(width: 1)
    for tick in yAxis.ticks(atMost: max(3, Int(inner.height / 55))) {
      let y = inner.maxY - tick.fraction * inner.height
      canvas.setColor(.faint)
      canvas.line([(inner.x, y), (inner.maxX, y)])
      canvas.setColor(.text)
      canvas.write(tick.label, x: inner.x - 8, y: y + 5, align: .end)
    }
    for (label, fraction) in xTicks(width: inner.width) {
      let x = inner.x + fraction * inner.width
      canvas.setColor(.faint)
      if plot.categories.isEmpty { canvas.line([(x, inner.y), (x, inner.maxY)]) }
      canvas.setColor(.text)
      let room =
        plot.categories.isEmpty
        ? inner.width : inner.width / Double(plot.categories.count) - 6
      for (row, line) in canvas.lines(of: label, width: room).prefix(2).enumerated() {
        canvas.write(line, x: x, y: inner.maxY + 21 + 17 * Double(row), align: .middle)
      }
    }
    canvas.setColor(.text)
    canvas.setFont(size: 17)
    canvas.write(plot.x.label, x: inner.x + inner.width / 2, y: inner.maxY + 48, align: .middle)
    canvas.write(
      plot.y.label, x: area.x + 12, y: inner.y + inner.height / 2, align: .middle, isTurned: true)
  }

  private func xTicks(width: Double) -> [(label: String, fraction: Double)] {
    guard plot.categories.isEmpty else {
      return plot.categories.enumerated().compactMap { index, name in
        xAxis.fraction(of: Double(index)).map { (name, $0) }
      }
    }
    return xAxis.ticks(atMost: max(3, Int(width / 95))).map { ($0.label, $0.fraction) }
  }

  /// Straight lines with their names, which step down where they would meet.
  private func drawMarks(on canvas: any Canvas, in inner: Area) {
    canvas.setFont(size: 14)
    for (index, mark) in plot.marks.enumerated() {
      let axis = mark.isVertical ? xAxis : yAxis
      guard let fraction = axis.fraction(of: mark.value), (0...1).contains(fraction) else {
        continue
      }
      canvas.setColor(.soft)
      canvas.setStroke(width: 1.6, dash: [2, 3])
      if mark.isVertical {
        let x = inner.x + fraction * inner.width
        canvas.line([(x, inner.y), (x, inner.maxY)])
        let isLeft = fraction > 0.75
        canvas.write(
          mark.label, x: isLeft ? x - 5 : x + 5, y: inner.y + 17 + 17 * Double(index % 4),
          align: isLeft ? .end : .start)
      } else {
        let y = inner.maxY - fraction * inner.height
        canvas.line([(inner.x, y), (inner.maxX, y)])
        canvas.write(
          mark.label, x: inner.maxX - 6, y: fraction > 0.93 ? y + 16 : y - 5, align: .end)
      }
    }
  }
}
