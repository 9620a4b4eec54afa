/// The glyphs that plots are drawn with.
public enum Marks: String, Sendable, CaseIterable {
  /// 2 x 4 dots a cell (U+2800...); the finest, needs a font that has them.
  case braille
  /// Two pixels a cell, one above the other, each with its own colour.
  case halfBlock = "half_block"
  /// Plain ASCII for the C locale and bare consoles.
  case ascii

  /// Whether box lines and other non-ASCII glyphs may be used.
  public var isUnicode: Bool { self != .ascii }
}
