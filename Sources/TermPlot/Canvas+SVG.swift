extension Canvas {
  /// The size of a cell in an SVG image, in its units.
  private static let cell = (width: 8, height: 16)

  /// The canvas as an SVG image that needs no font for its plots: dots and blocks are drawn, and text
  /// has the width of its cells whatever the font.
  ///
  /// - Parameter theme: The colours.
  /// - Returns: An `svg` element.
  public func svg(theme: Theme) -> String {
    let (width, height) = (size.columns * Self.cell.width, size.rows * Self.cell.height)
    var shapes: [RGB: String] = [:]
    var texts = ""
    var order: [RGB] = []
    func add(_ path: String, _ color: RGB) {
      if shapes[color] == nil { order.append(color) }
      shapes[color, default: ""] += path
    }
    let plain = theme.color(of: .role(.background))
    for y in 0..<size.rows {
      for x in 0..<size.columns {
        let cell = self[x, y]
        let isReversed = cell.style.attributes.contains(.reverse)
        let back = theme.color(of: isReversed ? cell.style.foreground : cell.style.background)
        if back != plain { add(Self.box(x, y, 0, 0, 8, 16), back) }
      }
      texts += row(y, theme, add)
    }
    let paths = order.map { "<path fill=\"\(Self.hex($0))\" d=\"\(shapes[$0] ?? "")\"/>" }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
      + "width=\"\(width)\" height=\"\(height)\" font-family=\"monospace\" font-size=\"13\">"
      + "<rect width=\"\(width)\" height=\"\(height)\" fill=\"\(Self.hex(plain))\"/>"
      + paths.joined() + texts + "</svg>"
  }

  /// Draws a row: shapes at once, and what is text as runs of one colour.
  private func row(_ y: Int, _ theme: Theme, _ add: (String, RGB) -> Void) -> String {
    var texts = ""
    var run: (start: Int, text: String, style: Style)?
    func end() {
      guard let done = run else { return }
      texts += Self.text(done.text, x: done.start, y: y, done.style, theme)
      run = nil
    }
    for x in 0..<size.columns {
      let cell = self[x, y]
      if let shape = Self.shape(cell.glyph, x, y) {
        add(shape, theme.color(of: cell.style.foreground))
        end()
      } else if cell.glyph == " " {
        end()
      } else if let open = run, open.style == cell.style {
        run?.text.unicodeScalars.append(cell.glyph)
      } else {
        end()
        run = (x, String(Character(cell.glyph)), cell.style)
      }
    }
    end()
    return texts
  }

  /// The outline of a glyph that is drawn; nil for text, empty for braille without dots.
  private static func shape(_ glyph: Unicode.Scalar, _ x: Int, _ y: Int) -> String? {
    switch glyph.value {
    case 0x2800...0x28FF:
      let rows = [0, 1, 2, 0, 1, 2, 3, 3]
      let bits = glyph.value - 0x2800
      return (0..<8).filter { bits >> UInt32($0) & 1 == 1 }.map { bit in
        let column = [3, 4, 5, 7].contains(bit) ? 1 : 0
        return box(x, y, 1 + 4 * column, 1 + 4 * rows[bit], 2, 2)
      }.joined()
    case 0x2580: return box(x, y, 0, 0, 8, 8)
    case 0x2584: return box(x, y, 0, 8, 8, 8)
    case 0x2588: return box(x, y, 0, 0, 8, 16)
    default: return nil
    }
  }

  private static func box(_ x: Int, _ y: Int, _ dx: Int, _ dy: Int, _ w: Int, _ h: Int) -> String {
    "M\(x * cell.width + dx) \(y * cell.height + dy)h\(w)v\(h)h-\(w)z"
  }

  private static func text(
    _ text: String, x: Int, y: Int, _ style: Style, _ theme: Theme
  ) -> String {
    let isReversed = style.attributes.contains(.reverse)
    let color = theme.color(of: isReversed ? style.background : style.foreground)
    let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
    return "<text x=\"\(x * cell.width)\" y=\"\(y * cell.height + 12)\" fill=\"\(hex(color))\""
      + (style.attributes.contains(.bold) ? " font-weight=\"bold\"" : "")
      + " textLength=\"\(text.unicodeScalars.count * cell.width)\" "
      + "lengthAdjust=\"spacingAndGlyphs\">\(escaped)</text>"
  }

  private static func hex(_ color: RGB) -> String {
    let value = Int(color.red) << 16 | Int(color.green) << 8 | Int(color.blue)
    let digits = String(value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
