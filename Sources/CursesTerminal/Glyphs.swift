import CNcurses

/// Which character is sent for a glyph, so that every glyph takes one column of this terminal.
enum Glyphs {
  /// The glyph itself where the locale can show it in one column, else a stand-in.
  static func character(for glyph: Unicode.Scalar, isUTF8: Bool) -> UInt32 {
    let value = glyph.value
    if 0x20..<0x7F ~= value { return value }
    guard isUTF8 else { return standIn(for: glyph).value }
    // A soft hyphen is one column wide by some locales and no column on most terminals.
    if value == 0xAD { return question.value }
    // Lines, blocks, marks and braille are one column wide in every locale that has them.
    if 0x2500..<0x2900 ~= value || 0xA1..<0x300 ~= value { return value }
    return value > 0xA0 && sc_width(value) == 1 ? value : question.value
  }

  /// The ASCII character that stands in for a glyph.
  static func standIn(for glyph: Unicode.Scalar) -> Unicode.Scalar {
    switch glyph.value {
    case 0x20..<0x7F: glyph
    case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254C, 0x254D, 0x2550, 0x2574, 0x2576,
      0x2578, 0x257A, 0x257C, 0x257E, 0x2010...0x2015:
      "-"
    case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F, 0x2551, 0x2575, 0x2577,
      0x2579, 0x257B, 0x257D, 0x257F:
      "|"
    case 0x2571: "/"
    case 0x2572: "\\"
    case 0x250C...0x254B, 0x2552...0x256C, 0x256D...0x2570, 0x2573: "+"
    case 0xA0, 0x2800: " "
    case 0x2190: "<"
    case 0x2191: "^"
    case 0x2192: ">"
    case 0x2193: "v"
    default: question
    }
  }

  private static let question: Unicode.Scalar = "?"
}
