import ScoreLab

/// A number in a cell, as files write it.
enum RawNumber {
  /// The finite number that a text is; nil for any other text.
  static func value(_ text: String) -> Double? {
    DecimalNumber.parse(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
