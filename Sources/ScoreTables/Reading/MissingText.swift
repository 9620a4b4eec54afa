/// The texts that stand for a value that is not there.
enum MissingText {
  /// What is written for one; every reader of tables knows it.
  static let written = "NA"

  /// The texts besides the empty one, in lower case.
  private static let words = ["na", "n/a", "nan", "null", "?"]

  /// Whether a cell without quotes has no value: `NA`, `N/A`, `NaN`, `null` or `?`, in any case.
  ///
  /// In quotes it is text: `"NA"` may be a country.
  static func matches(_ bytes: [UInt8], in range: Range<Int>, isQuoted: Bool) -> Bool {
    if range.isEmpty { return true }
    guard !isQuoted, range.count <= 4 else { return false }
    return words.contains { word in
      // Setting this bit makes a letter small, and leaves `/` and `?` as they are.
      word.utf8.elementsEqual(bytes[range].lazy.map { $0 | 0x20 })
    }
  }

  /// Whether text would be read as a missing value if it were written without quotes.
  static func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return matches(bytes, in: 0..<bytes.count, isQuoted: false)
  }
}
