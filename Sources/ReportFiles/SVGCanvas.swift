/// A picture as an SVG file whose text is text: it can be searched, copied and read aloud.
final class SVGCanvas: Canvas {
  let width: Double
  let height: Double
  private(set) var fontSize = 12.0
  private var isBold = false
  private var color = "#000000"
  private var opacity = 1.0
  private var strokeWidth = 1.0
  private var dash: [Double] = []
  private var clips = 0
  private var body = ""
  /// Knows how wide the font's characters are.
  private let ruler: CairoCanvas

  private init(width: Double, height: Double) {
    self.width = width
    self.height = height
    ruler = CairoCanvas.ruler()
  }

  /// The file, of the given size in points.
  static func bytes(width: Double, height: Double, _ draw: (any Canvas) -> Void) -> [UInt8] {
    let canvas = SVGCanvas(width: width, height: height)
    draw(canvas)
    let size = "\(number(width)) \(number(height))"
    let head =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(number(width))pt\" "
      + "height=\"\(number(height))pt\" viewBox=\"0 0 \(size)\" "
      + "font-family=\"DejaVu Sans, Verdana, sans-serif\">\n"
    return Array((head + canvas.body + "</svg>\n").utf8)
  }

  // MARK: - Ink

  func setColor(_ color: Ink.Color, opacity: Double) {
    let channels = [color.red, color.green, color.blue].map { Int(($0 * 255).rounded()) }
    self.color = "#" + channels.map { Self.hexadecimal($0) }.joined()
    self.opacity = opacity
  }

  func setStroke(width: Double, dash: [Double]) {
    strokeWidth = width
    self.dash = dash
  }

  private var filling: String {
    "fill=\"\(color)\"" + (opacity < 1 ? " fill-opacity=\"\(Self.number(opacity))\"" : "")
  }

  private var stroking: String {
    let dashes = dash.map(Self.number).joined(separator: " ")
    return "fill=\"none\" stroke=\"\(color)\" stroke-width=\"\(Self.number(strokeWidth))\" "
      + "stroke-linejoin=\"round\"" + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\"")
  }

  // MARK: - Shapes

  func fillAll() { fill(x: 0, y: 0, width: width, height: height) }

  func fill(x: Double, y: Double, width: Double, height: Double) {
    body += "<rect \(rectangle(x, y, width, height)) \(filling)/>\n"
  }

  func strokeRectangle(x: Double, y: Double, width: Double, height: Double) {
    body += "<rect \(rectangle(x, y, width, height)) \(stroking)/>\n"
  }

  func line(_ points: [(x: Double, y: Double)]) {
    guard !points.isEmpty else { return }
    body += "<polyline points=\"\(list(points))\" \(stroking)/>\n"
  }

  func fillPolygon(_ points: [(x: Double, y: Double)]) {
    guard !points.isEmpty else { return }
    body += "<polygon points=\"\(list(points))\" \(filling)/>\n"
  }

  func disc(x: Double, y: Double, radius: Double) {
    body +=
      "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\" "
      + "\(filling)/>\n"
  }

  func dots(_ places: [(x: Double, y: Double)], diameter: Double) {
    // A path without length is its cap alone; one element for all is a tenth of a circle for each.
    let path = places.map { "M\(Self.number($0.x)) \(Self.number($0.y))h0" }.joined()
    body +=
      "<path d=\"\(path)\" fill=\"none\" stroke=\"\(color)\" stroke-linecap=\"round\" "
      + "stroke-width=\"\(Self.number(diameter))\"/>\n"
  }

  func clipped(x: Double, y: Double, width: Double, height: Double, _ draw: () -> Void) {
    clips += 1
    let name = "clip\(clips)"
    body +=
      "<clipPath id=\"\(name)\"><rect \(rectangle(x, y, width, height))/></clipPath>\n"
      + "<g clip-path=\"url(#\(name))\">\n"
    draw()
    body += "</g>\n"
  }

  // MARK: - Text

  func setFont(size: Double, isBold: Bool) {
    fontSize = size
    self.isBold = isBold
    ruler.setFont(size: size, isBold: isBold)
  }

  func advance(of text: String, scale: Double) -> Double {
    ruler.advance(of: text, scale: scale)
  }

  func show(_ pieces: [MathText.Piece], x: Double, y: Double, isTurned: Bool) {
    let turn = isTurned ? " transform=\"rotate(-90 \(Self.number(x)) \(Self.number(y)))\"" : ""
    let weight = isBold ? " font-weight=\"bold\"" : ""
    body +=
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
      + "font-size=\"\(Self.number(fontSize))\"\(weight) \(filling)\(turn)>"
    var height = 0.0
    for piece in pieces {
      let rise = piece.level.rise * fontSize
      // A shift holds for all that follows, so it is taken back by the next piece.
      let shift = height - rise
      height = rise
      let size = piece.level.scale * fontSize
      body +=
        "<tspan xml:space=\"preserve\""
        + (shift == 0 ? "" : " dy=\"\(Self.number(shift))\"")
        + (size == fontSize ? "" : " font-size=\"\(Self.number(size))\"")
        + ">\(MarkupText.escaped(piece.text))</tspan>"
    }
    body += "</text>\n"
  }

  func showCells(
    _ glyphs: [(x: Double, glyph: Unicode.Scalar)], y: Double, size: Double, isBold: Bool
  ) {
    let places = glyphs.map { Self.number($0.x) }.joined(separator: " ")
    let text = String(String.UnicodeScalarView(glyphs.map(\.glyph)))
    body +=
      "<text xml:space=\"preserve\" x=\"\(places)\" y=\"\(Self.number(y))\" "
      + "font-family=\"DejaVu Sans Mono, monospace\" font-size=\"\(Self.number(size))\""
      + (isBold ? " font-weight=\"bold\"" : "") + " \(filling)>\(MarkupText.escaped(text))</text>\n"
  }

  // MARK: - Numbers and characters

  private func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(0, width)))\" "
      + "height=\"\(Self.number(max(0, height)))\""
  }

  private func list(_ points: [(x: Double, y: Double)]) -> String {
    points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
  }

  /// To a hundredth of a point, without a fraction that is zero.
  private static func number(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    guard hundredths.truncatingRemainder(dividingBy: 100) != 0 else {
      return "\(Int(hundredths / 100))"
    }
    return "\(hundredths / 100)"
  }

  private static func hexadecimal(_ channel: Int) -> String {
    let digits = String(channel, radix: 16)
    return digits.count < 2 ? "0" + digits : digits
  }
}
