import TermPlot

/// How the curves of runs next to each other look: told apart by letters and dashes too.
enum RunLook {
  private static let looks: [(role: StyleRole, dash: Stroke.Dash)] = [
    (.accent, .dashed), (.trajectory, .dotted), (.edit, .dashDot), (.exact, .dotted),
    (.learned, .solid), (.quantile, .dashed),
  ]

  /// The letter of the run at a place, from 0.
  static func letter(_ place: Int) -> String {
    let letters = Array("ABCDEF")
    return String(letters[place % letters.count])
  }

  /// The colour of a run's curves.
  static func role(_ place: Int) -> StyleRole { looks[place % looks.count].role }

  /// The dashes of a run's curves, or the letter where only ASCII may be used.
  static func stroke(_ place: Int) -> Stroke {
    let letters = Array("abcdef".unicodeScalars)
    return Stroke(looks[place % looks.count].dash, ascii: letters[place % letters.count])
  }
}
