/// A picture being drawn, in points from the top left corner.
///
/// One drawing code serves every kind of file.
protocol Canvas: AnyObject {
  var width: Double { get }
  var height: Double { get }

  func setColor(_ color: Ink.Color, opacity: Double)
  func setStroke(width: Double, dash: [Double])
  /// Fills the whole picture.
  func fillAll()
  func fill(x: Double, y: Double, width: Double, height: Double)
  func strokeRectangle(x: Double, y: Double, width: Double, height: Double)
  func line(_ points: [(x: Double, y: Double)])
  func fillPolygon(_ points: [(x: Double, y: Double)])
  func disc(x: Double, y: Double, radius: Double)
  /// Round dots of one colour around some middles.
  func dots(_ places: [(x: Double, y: Double)], diameter: Double)
  /// Draws with everything outside a rectangle left as it is.
  func clipped(x: Double, y: Double, width: Double, height: Double, _ draw: () -> Void)

  func setFont(size: Double, isBold: Bool)
  var fontSize: Double { get }
  /// How far a plain text moves the pen, at a share of the font's size.
  func advance(of text: String, scale: Double) -> Double
  /// Shows the pieces of a line from a place on its baseline, upward if it is turned.
  func show(_ pieces: [MathText.Piece], x: Double, y: Double, isTurned: Bool)
  /// Shows glyphs of a font of equal widths on one baseline, each at a place of its own.
  func showCells(
    _ glyphs: [(x: Double, glyph: Unicode.Scalar)], y: Double, size: Double, isBold: Bool)
}

/// Where a text lies about its place.
enum TextAlign: Double {
  case start = 0
  case middle = 0.5
  case end = 1
}

extension Canvas {
  func setColor(_ color: Ink.Color) { setColor(color, opacity: 1) }
  func setStroke(width: Double) { setStroke(width: width, dash: []) }
  func setFont(size: Double) { setFont(size: size, isBold: false) }

  /// The width of a label as it is written.
  func width(of text: String) -> Double { width(of: MathText.pieces(of: text)) }

  private func width(of pieces: [MathText.Piece]) -> Double {
    pieces.reduce(0) { $0 + advance(of: $1.text, scale: $1.level.scale) }
  }

  /// Writes a label on a baseline; formulas in it get their letters, indices and powers.
  func write(
    _ text: String, x: Double, y: Double, align: TextAlign = .start, isTurned: Bool = false
  ) {
    let pieces = MathText.pieces(of: text)
    let shift = align.rawValue * width(of: pieces)
    show(
      pieces, x: isTurned ? x : x - shift, y: isTurned ? y + shift : y, isTurned: isTurned)
  }

  /// Words in lines no wider than asked; one that is wider has a line of its own.
  func lines(of text: String, width limit: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      let longer = lines.last.map { "\($0) \(word)" }
      if let longer, width(of: longer) <= limit {
        lines[lines.count - 1] = longer
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
