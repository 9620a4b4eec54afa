extension Marks {
  /// The first glyph, or the second where only ASCII may be used.
  public func pick(_ unicode: Unicode.Scalar, _ ascii: Unicode.Scalar) -> Unicode.Scalar {
    isUnicode ? unicode : ascii
  }

  /// Text cut to a width, with an ellipsis where something is missing.
  public func fit(_ text: String, width: Int) -> String {
    guard text.columns > width else { return text }
    guard width > 0 else { return "" }
    var scalars = String.UnicodeScalarView(text.unicodeScalars.prefix(width - 1))
    scalars.append(pick("…", "~"))
    return String(scalars)
  }

  /// How many dots a cell holds, across and down.
  public var dotsPerCell: (x: Int, y: Int) {
    switch self {
    case .braille: (2, 4)
    case .halfBlock, .ascii: (1, 2)
    }
  }
}

extension String {
  /// The cells a text takes: a canvas gives every scalar one.
  var columns: Int { unicodeScalars.count }

  init(_ scalar: Unicode.Scalar) { self.init(Character(scalar)) }
}
