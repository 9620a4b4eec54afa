/// What is drawn of a cell's glyph where fonts draw it with gaps, at another width or not at all.
///
/// Places and sizes are shares of the cell, from its top left corner.
enum CellShape: Equatable {
  /// The font's own glyph.
  case text
  /// The dots of a braille pattern, by their middles.
  case dots([(x: Double, y: Double)])
  /// A block with so much of its colour.
  case blocks([Area], opacity: Double)
  /// Lines from the middle to the edges, with the number of strokes of each.
  case lines(left: Int, right: Int, up: Int, down: Int)

  /// The shape of a glyph.
  ///
  /// Source: The Unicode Standard 15.0, code charts 2500-257F, 2580-259F and 2800-28FF.
  init(_ glyph: Unicode.Scalar) {
    switch glyph.value {
    case 0x2800...0x28FF: self = .dots(Self.dots(glyph.value & 0xFF))
    case 0x2580: self = .blocks([Area(x: 0, y: 0, width: 1, height: 0.5)], opacity: 1)
    case 0x2581...0x2588:
      let height = Double(glyph.value - 0x2580) / 8
      self = .blocks([Area(x: 0, y: 1 - height, width: 1, height: height)], opacity: 1)
    case 0x2591...0x2593:
      self = .blocks(
        [Area(x: 0, y: 0, width: 1, height: 1)], opacity: Double(glyph.value - 0x2590) / 4)
    default: self = Self.lines[glyph] ?? .text
    }
  }

  /// The lines that panes and axes are made of.
  private static let lines: [Unicode.Scalar: CellShape] = [
    "─": .lines(left: 1, right: 1, up: 0, down: 0), "│": .lines(left: 0, right: 0, up: 1, down: 1),
    "┌": .lines(left: 0, right: 1, up: 0, down: 1), "┐": .lines(left: 1, right: 0, up: 0, down: 1),
    "└": .lines(left: 0, right: 1, up: 1, down: 0), "┘": .lines(left: 1, right: 0, up: 1, down: 0),
    "┤": .lines(left: 1, right: 0, up: 1, down: 1), "┬": .lines(left: 1, right: 1, up: 0, down: 1),
    "├": .lines(left: 0, right: 1, up: 1, down: 1), "┴": .lines(left: 1, right: 1, up: 1, down: 0),
    "┼": .lines(left: 1, right: 1, up: 1, down: 1),
    "═": .lines(left: 2, right: 2, up: 0, down: 0), "║": .lines(left: 0, right: 0, up: 2, down: 2),
    "╔": .lines(left: 0, right: 2, up: 0, down: 2), "╗": .lines(left: 2, right: 0, up: 0, down: 2),
    "╚": .lines(left: 0, right: 2, up: 2, down: 0), "╝": .lines(left: 2, right: 0, up: 2, down: 0),
  ]

  /// The middles of a braille pattern's dots; bit n - 1 is dot n, of which 7 and 8 are below.
  private static func dots(_ pattern: UInt32) -> [(x: Double, y: Double)] {
    (0..<8).filter { pattern >> UInt32($0) & 1 == 1 }.map { bit in
      let (column, row) = bit < 6 ? (bit / 3, bit % 3) : (bit - 6, 3)
      return ((2 * Double(column) + 1) / 4, (2 * Double(row) + 1) / 8)
    }
  }

  static func == (left: CellShape, right: CellShape) -> Bool {
    switch (left, right) {
    case (.text, .text): true
    case (.dots(let a), .dots(let b)): a.elementsEqual(b, by: ==)
    case (.blocks(let a, let p), .blocks(let b, let q)): (a, p) == (b, q)
    case (.lines(let a, let b, let c, let d), .lines(let e, let f, let g, let h)):
      (a, b, c, d) == (e, f, g, h)
    case (.text, _), (.dots, _), (.blocks, _), (.lines, _): false
    }
  }
}
