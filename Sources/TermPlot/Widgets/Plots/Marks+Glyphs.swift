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

  /// Facts in lines of a width, with two blanks between them; none is cut, and those that do not fit
  /// any more are left out, the last first.
  public func rows(of facts: [String], width: Int, rows limit: Int) -> [String] {
    var lines: [String] = []
    for fact in facts where fact.columns <= width {
      if let last = lines.last, last.columns + 2 + fact.columns <= width {
        lines[lines.count - 1] = last + "  " + fact
      } else if lines.count < limit {
        lines.append(fact)
      } else {
        break
      }
    }
    return lines
  }

  /// Text in lines of a width, cut between words; the last line ends with an ellipsis where more
  /// than `rows` lines would be needed.
  public func wrap(_ text: String, width: Int, rows: Int) -> [String] {
    guard width > 0, rows > 0 else { return [] }
    var lines: [String] = []
    var rest = Array(text.unicodeScalars)[...]
    while rest.count > width && lines.count < rows - 1 {
      let space = rest.prefix(width + 1).lastIndex(of: " ") ?? rest.startIndex
      // A word longer than the line is cut where the line ends.
      let end = space > rest.startIndex ? space : rest.startIndex + width
      lines.append(String(String.UnicodeScalarView(rest[..<end])))
      rest = rest[end...].drop { $0 == " " }
    }
    return lines + [fit(String(String.UnicodeScalarView(rest)), width: width)]
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
