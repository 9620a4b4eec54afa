import ScoreClaims
import ScoreLab

/// The names of a plot's series with a sample of their ink, in as many rows as they need.
struct LegendDrawing {
  private static let rowHeight = 22.0
  private let entries: [(series: Plot.Series, ink: Ink)]

  init(_ series: [Plot.Series], inks: [Ink]) {
    entries = zip(series, inks).map { ($0, $1) }.filter { !$0.0.label.isEmpty }
  }

  /// Draws from the top of an area; returns where the legend ends.
  func draw(on canvas: any Canvas, in area: Area) -> Double {
    guard !entries.isEmpty else { return area.y }
    canvas.setFont(size: 15)
    var (x, y) = (area.x + 78, area.y + 16)
    for (series, ink) in entries {
      let width = 44 + canvas.width(of: series.label) + 26
      if x + width > area.maxX && x > area.x + 78 {
        x = area.x + 78
        y += Self.rowHeight
      }
      drawSample(series, ink, on: canvas, x: x, y: y - 5)
      canvas.setColor(.text)
      canvas.write(series.label, x: x + 44, y: y)
      x += width
    }
    return y + 4
  }

  private func drawSample(
    _ series: Plot.Series, _ ink: Ink, on canvas: any Canvas, x: Double, y: Double
  ) {
    canvas.setColor(ink.color)
    switch series.form {
    case .line, .steps:
      canvas.setStroke(width: ink.width, dash: ink.dash)
      canvas.line([(x, y), (x + 36, y)])
      if ink.marksLine { ink.mark.draw(on: canvas, at: (x + 18, y), radius: 4) }
    case .points: ink.mark.draw(on: canvas, at: (x + 18, y), radius: 5)
    case .band:
      canvas.setColor(ink.color, opacity: 0.22)
      canvas.fill(x: x, y: y - 6, width: 36, height: 12)
    case .bars: canvas.fill(x: x + 8, y: y - 6, width: 20, height: 12)
    }
  }
}
