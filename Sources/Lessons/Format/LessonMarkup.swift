import OutsideText

/// Text of a lesson: its few marks, and nothing that could act on a terminal.
package enum LessonMarkup {
  /// The text without `*`, `**` and grave accents; between those everything stays.
  package static func plain(_ text: String) -> String {
    pieces(text).map(\.text).joined()
  }

  /// How a piece of text stands out.
  package enum Form: Sendable { case plain, emphasis, code }

  /// The text cut at its marks.
  package static func pieces(_ text: String) -> [(text: String, form: Form)] {
    var pieces: [(text: String, form: Form)] = []
    var (form, piece) = (Form.plain, "")
    func flushed() -> [(text: String, form: Form)] { piece.isEmpty ? [] : [(piece, form)] }
    for character in text {
      let next: Form? =
        switch (character, form) {
        case ("`", .code), ("*", .emphasis): .plain
        case ("`", .plain), ("`", .emphasis): .code
        case ("*", .plain): .emphasis
        default: nil
        }
      if let next {
        pieces += flushed()
        (form, piece) = (next, "")
      } else {
        piece.append(character)
      }
    }
    return pieces + flushed()
  }

  /// The text without characters that could move the cursor, hide or reorder text.
  static func harmless(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter(SafeText.isHarmless)))
  }
}
