import NumberFormatting
import ScoreCore
import ScoreLab

/// Numbers within the sentences of a report, where tables have them exactly.
enum Caption {
  /// Three significant digits, `open` for what is not measured yet.
  static func number(_ value: Double?) -> String {
    value.map { NumberText.plain($0) } ?? "open"
  }
}
