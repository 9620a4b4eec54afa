public import ScoreClaims
import ScoreLab

/// A figure as a file that can be projected and printed.
public enum FigureFile {
  /// The size of every figure, in points.
  static let size = (width: 960.0, height: 600.0)
  private static let margin = 28.0

  /// The figure as SVG.
  public static func svg(_ figure: Figure) -> [UInt8] {
    SVGCanvas.bytes(width: size.width, height: size.height) { draw(figure, on: $0) }
  }

  /// The figure as PDF, for papers.
  public static func pdf(_ figure: Figure) -> [UInt8] {
    CairoCanvas.pdf(width: size.width, height: size.height) { draw(figure, on: $0) }
  }

  /// The figure as PNG, two pixels a point.
  public static func png(_ figure: Figure) -> [UInt8] {
    CairoCanvas.png(width: size.width, height: size.height, scale: 2) { draw(figure, on: $0) }
  }

  private static func draw(_ figure: Figure, on canvas: any Canvas) {
    let area = drawFrame(title: figure.title, caption: figure.caption, on: canvas)
    switch figure.content {
    case .plot(let plot): PlotDrawing(plot).draw(on: canvas, in: area)
    case .images(let grid): ImageGridDrawing(grid).draw(on: canvas, in: area)
    }
  }

  /// Writes title and caption; returns what is left between them.
  static func drawFrame(title: String, caption: String, on canvas: any Canvas) -> Area {
    canvas.setColor(.paper)
    canvas.fillAll()
    canvas.setColor(.text)
    canvas.setFont(size: 23, isBold: true)
    canvas.write(title, x: margin, y: 42)
    let bottom = drawCaption(caption, on: canvas)
    return Area(x: margin, y: 58, width: size.width - 2 * margin, height: bottom - 58)
  }

  /// Writes the caption from the foot up; returns where it begins.
  private static func drawCaption(_ caption: String, on canvas: any Canvas) -> Double {
    canvas.setFont(size: 13)
    canvas.setColor(.soft)
    let lines = canvas.lines(of: caption, width: size.width - 2 * margin)
    var y = size.height - 14 - 17 * Double(max(0, lines.count - 1))
    let top = y - 22
    for line in lines {
      canvas.write(line, x: margin, y: y)
      y += 17
    }
    return lines.isEmpty ? size.height - 14 : top
  }
}

/// A rectangle of a picture.
struct Area: Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var maxX: Double { x + width }
  var maxY: Double { y + height }
}
