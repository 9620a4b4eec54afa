/// Labels with formulas in plain characters, such as `sigma_t D_0.02` or `n^-1/2`, as they are set
/// in print: Greek letters, indices below the line and powers above it.
///
/// Screens, tables and CSV files keep the plain characters.
enum MathText {
  enum Level: Equatable {
    case base, index, power

    /// The size of its characters against those of the line.
    var scale: Double { self == .base ? 1 : 0.72 }
    /// How far it stands above the line, against the line's font size.
    var rise: Double {
      switch self {
      case .base: 0
      case .index: -0.2
      case .power: 0.36
      }
    }
  }

  struct Piece: Equatable {
    var text: String
    var level: Level = .base
  }

  private static let greek = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "eps": "ε", "epsilon": "ε",
    "eta": "η", "lambda": "λ", "mu": "μ", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
    "Delta": "Δ", "Sigma": "Σ",
  ]
  private static let signs = [
    (" +- ", " ± "), (" <= ", " ≤ "), (" >= ", " ≥ "), ("sqrt(", "√("), (" <~ ", " ≲ "),
    ("(<~)", "(≲)"),
  ]

  /// A label in pieces; joined they read as the label does.
  static func pieces(of label: String) -> [Piece] {
    var rest = Substring(label)
    for (plain, sign) in signs {
      rest = Substring(
        rest.split(separator: plain, omittingEmptySubsequences: false)
          .joined(separator: sign))
    }
    var pieces: [Piece] = []
    while let first = rest.first {
      if isWordStart(first) {
        take(word: rest.prefix(while: isWordStart), from: &rest, into: &pieces)
      } else if first == "^", let power = script(after: rest.dropFirst()) {
        append(Piece(text: power.text, level: .power), to: &pieces)
        rest = power.rest
      } else {
        append(Piece(text: String(first)), to: &pieces)
        rest.removeFirst()
      }
    }
    return pieces
  }

  private static func isWordStart(_ character: Character) -> Bool {
    character.isASCII && character.isLetter
  }

  /// A word, and the index that a symbol may have; names such as `log_snr` stay as they are.
  private static func take(
    word: Substring, from rest: inout Substring, into pieces: inout [Piece]
  ) {
    rest = rest.dropFirst(word.count)
    let symbol = greek[String(word)] ?? String(word)
    guard symbol.count == 1, rest.first == "_", let index = script(after: rest.dropFirst()) else {
      // The whole of a longer name, so that no part of it is taken for a symbol.
      if rest.first == "_" {
        let tail = rest.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
        append(Piece(text: word + String(tail)), to: &pieces)
        rest = rest.dropFirst(tail.count)
      } else {
        append(Piece(text: symbol), to: &pieces)
      }
      return
    }
    rest = index.rest
    guard index.text != "hat" else {
      append(Piece(text: symbol + "\u{302}"), to: &pieces)
      return
    }
    append(Piece(text: symbol), to: &pieces)
    append(Piece(text: greek[index.text] ?? index.text, level: .index), to: &pieces)
  }

  /// An index or a power: what stands in brackets, or a number, a word or a fraction of them.
  private static func script(after rest: Substring) -> (text: String, rest: Substring)? {
    if rest.first == "(", let end = rest.firstIndex(of: ")") {
      let inner = rest[rest.index(after: rest.startIndex)..<end]
      return (minus(inner), rest[rest.index(after: end)...])
    }
    var end = rest.startIndex
    if end < rest.endIndex, rest[end] == "-" { end = rest.index(after: end) }
    while end < rest.endIndex, rest[end].isLetter || rest[end].isNumber || joins(rest, at: end) {
      end = rest.index(after: end)
    }
    let text = rest[..<end]
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
    return (minus(text), rest[end...])
  }

  /// A text with the sign of subtraction in place of hyphens.
  private static func minus(_ text: Substring) -> String {
    String(text.map { $0 == "-" ? "\u{2212}" : $0 })
  }

  /// Whether a full stop or a stroke stands between digits, as in `0.02` and `1/2`.
  private static func joins(_ text: Substring, at place: Substring.Index) -> Bool {
    let next = text.index(after: place)
    guard text[place] == "." || text[place] == "/", place > text.startIndex, next < text.endIndex
    else { return false }
    return text[text.index(before: place)].isNumber && text[next].isNumber
  }

  private static func append(_ piece: Piece, to pieces: inout [Piece]) {
    if pieces.last?.level == piece.level {
      pieces[pieces.count - 1].text += piece.text
    } else {
      pieces.append(piece)
    }
  }
}
