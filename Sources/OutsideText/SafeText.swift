/// Makes text from outside fit to be shown on one line of a terminal.
public enum SafeText {
  /// Replaces every character that could move the cursor, hide or reorder text by `?`.
  ///
  /// Those are the control characters (C0 and C1), format characters (bidirectional overrides,
  /// zero-width ones), line and paragraph separators, private use, and unassigned code points.
  ///
  /// - Parameters:
  ///   - text: Text from a file or the command line.
  ///   - limit: The most Unicode scalars kept, at least 1; longer text ends in `...`.
  /// - Returns: Text without line breaks, at most `limit + 3` scalars long.
  public static func sanitized(_ text: String, limit: Int = 40) -> String {
    precondition(limit >= 1, "At least one character must remain.")
    var result = String.UnicodeScalarView()
    var kept = 0
    for scalar in text.unicodeScalars {
      guard kept < limit else {
        result.append(contentsOf: "...".unicodeScalars)
        break
      }
      result.append(isHarmless(scalar) ? scalar : "?")
      kept += 1
    }
    return String(result)
  }

  /// Whether a character neither moves the cursor nor hides or reorders text.
  public static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return false
    default:
      return true
    }
  }
}
