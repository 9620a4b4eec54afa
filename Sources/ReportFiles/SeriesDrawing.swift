import Glibc
import ScoreClaims
import ScoreLab
import TermPlot

/// Draws one series of a plot.
struct SeriesDrawing {
  let series: Plot.Series
  let ink: Ink
  /// Its place among the series, so that marks on lines do not meet.
  let turn: Int
  let xAxis: TermPlot.Axis
  let yAxis: TermPlot.Axis
  let area: Area
  /// Which of how many barred series this is, so that they stand side by side.
  let bar: (index: Int, count: Int)

  /// Draws what lines and areas there are; what lies outside the plot is for the caller to cut.
  func drawShape(on canvas: any Canvas) {
    canvas.setColor(ink.color)
    switch series.form {
    case .line: drawLines(on: canvas)
    case .steps: drawLines(on: canvas, hasSteps: true)
    case .points: break
    case .band: drawBand(on: canvas)
    case .bars: drawBars(on: canvas)
    }
  }

  /// Draws marks and intervals whole, of every place inside the plot.
  func drawPoints(on canvas: any Canvas) {
    canvas.setColor(ink.color)
    if series.form == .points {
      // Many points are small, few are large.
      let radius = series.x.count > 300 ? 2.2 : 4.6
      for point in points { ink.mark.draw(on: canvas, at: point, radius: radius) }
    } else if ink.marksLine {
      let spacing = max(1, points.count / 6)
      for (index, point) in points.enumerated() where index % spacing == turn % spacing {
        ink.mark.draw(on: canvas, at: point, radius: 4)
      }
    }
    if series.form != .band { drawIntervals(on: canvas) }
  }

  /// The places of the series that lie inside the plot.
  var points: [(x: Double, y: Double)] { pieces.joined().filter(isInside) }

  func isInside(_ point: (x: Double, y: Double)) -> Bool {
    // Rounding must not lose a point on the frame.
    point.x >= area.x - 0.01 && point.x <= area.maxX + 0.01 && point.y >= area.y - 0.01
      && point.y <= area.maxY + 0.01
  }

  func place(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    guard let right = xAxis.fraction(of: x), let up = yAxis.fraction(of: y) else { return nil }
    // Far outside is as good as just outside, and Cairo's numbers are small.
    return (
      area.x + min(max(right, -5), 6) * area.width,
      area.maxY - min(max(up, -5), 6) * area.height
    )
  }

  /// The places of the series in pieces without gaps.
  private var pieces: [[(x: Double, y: Double)]] {
    var pieces: [[(x: Double, y: Double)]] = [[]]
    for (x, y) in zip(series.x, series.y) {
      if let point = place(x, y) {
        pieces[pieces.count - 1].append(point)
      } else if pieces.last?.isEmpty == false {
        pieces.append([])
      }
    }
    return pieces
  }

  private func drawLines(on canvas: any Canvas, hasSteps: Bool = false) {
    canvas.setStroke(width: ink.width, dash: ink.dash)
    for piece in pieces {
      guard hasSteps else {
        canvas.line(piece)
        continue
      }
      var corners: [(x: Double, y: Double)] = []
      for point in piece {
        if let last = corners.last { corners.append((point.x, last.y)) }
        corners.append(point)
      }
      canvas.line(corners)
    }
  }

  private func drawBand(on canvas: any Canvas) {
    canvas.setColor(ink.color, opacity: 0.22)
    let upper = series.upper.isEmpty ? series.y : series.upper
    let low = zip(series.x, series.y).compactMap { place($0, $1) }
    let high = zip(series.x, upper).compactMap { place($0, $1) }
    canvas.fillPolygon(low + high.reversed())
  }

  private func drawBars(on canvas: any Canvas) {
    let spacing = zip(series.x, series.x.dropFirst()).map { $1 - $0 }.min() ?? 1
    let width = 0.8 * abs(spacing) / Double(bar.count)
    let base = yAxis.fraction(of: 0).map { area.maxY - min(max($0, 0), 1) * area.height }
    for (x, y) in zip(series.x, series.y) {
      let left = x - 0.4 * abs(spacing) + Double(bar.index) * width
      guard let from = place(left, y), let to = place(left + width, y) else { continue }
      let foot = base ?? area.maxY
      canvas.fill(x: from.x, y: min(from.y, foot), width: to.x - from.x, height: abs(foot - from.y))
    }
  }

  private func drawIntervals(on canvas: any Canvas) {
    canvas.setColor(series.form == .bars ? .text : ink.color)
    canvas.setStroke(width: 1.5)
    let spacing = zip(series.x, series.x.dropFirst()).map { $1 - $0 }.min() ?? 1
    let width = 0.8 * abs(spacing) / Double(bar.count)
    for index in series.lower.indices {
      var x = series.x[index]
      if series.form == .bars {
        x += -0.4 * abs(spacing) + (Double(bar.index) + 0.5) * width
      }
      // An interval that reaches below a logarithmic axis ends at its foot.
      let low =
        yAxis.scale == .logarithmic && series.lower[index] <= 0
        ? yAxis.range.lower : series.lower[index]
      guard let from = place(x, low), let to = place(x, series.upper[index]),
        (area.x - 0.01...area.maxX + 0.01).contains(from.x), to.y <= area.maxY, from.y >= area.y
      else { continue }
      canvas.line([
        (from.x, min(from.y, area.maxY)), (to.x, max(to.y, area.y)),
      ])
      // An end outside the plot has no foot: the interval goes on.
      for end in [from, to] where isInside(end) {
        canvas.line([(end.x - 4, end.y), (end.x + 4, end.y)])
      }
    }
  }
}

extension Ink.Mark {
  func draw(on canvas: any Canvas, at point: (x: Double, y: Double), radius r: Double) {
    let (x, y) = point
    switch self {
    case .disc: canvas.disc(x: x, y: y, radius: r)
    case .square: canvas.fill(x: x - r, y: y - r, width: 2 * r, height: 2 * r)
    case .triangle:
      canvas.fillPolygon([(x, y - 1.2 * r), (x + 1.1 * r, y + r), (x - 1.1 * r, y + r)])
    case .diamond:
      canvas.fillPolygon([(x, y - 1.3 * r), (x + 1.3 * r, y), (x, y + 1.3 * r), (x - 1.3 * r, y)])
    case .cross:
      canvas.setStroke(width: 1.8)
      canvas.line([(x - r, y - r), (x + r, y + r)])
      canvas.line([(x - r, y + r), (x + r, y - r)])
    case .ring:
      canvas.setStroke(width: 1.8)
      let corners = (0...16).map { Double($0) * Double.pi / 8 }
      canvas.line(corners.map { (x + r * cos($0), y + r * sin($0)) })
    }
  }
}
