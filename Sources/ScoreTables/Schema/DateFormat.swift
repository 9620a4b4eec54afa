/// How a column writes days and times: a pattern of the letters Y, M, D, h, m and s.
public struct DateFormat: Sendable, Equatable {
  /// The patterns that are read, all in the order of ISO 8601.
  public static let patterns = [
    "YYYY-MM-DD", "YYYY/MM/DD", "YYYY-MM-DD hh:mm", "YYYY-MM-DDThh:mm", "YYYY-MM-DD hh:mm:ss",
    "YYYY-MM-DDThh:mm:ss", "YYYY-MM-DDThh:mm:ssZ",
  ]

  public let pattern: String

  /// The format of a pattern; nil for one that is not among ``patterns``.
  public init?(_ pattern: String) {
    guard Self.patterns.contains(pattern) else { return nil }
    self.pattern = pattern
  }

  /// The format that all texts have; nil where there is none.
  static func common(to texts: [String]) -> DateFormat? {
    guard let first = texts.first else { return nil }
    return patterns.lazy.compactMap { DateFormat($0) }.first { format in
      format.seconds(first) != nil && texts.allSatisfy { format.seconds($0) != nil }
    }
  }

  /// The seconds between two values that are next to one another.
  var step: Double {
    pattern.contains("s") ? 1 : pattern.contains("h") ? 60 : 86_400
  }

  /// The seconds since the start of 1970 without leap seconds; nil for a text of another form or a day
  /// that does not exist.
  public func seconds(_ text: String) -> Double? {
    let (letters, bytes) = (Array(pattern.utf8), Array(text.utf8))
    guard letters.count == bytes.count else { return nil }
    var parts: [UInt8: Int] = [:]
    for (letter, byte) in zip(letters, bytes) {
      if Self.fields.contains(letter) {
        guard byte &- 48 < 10 else { return nil }
        parts[letter, default: 0] = parts[letter, default: 0] * 10 + Int(byte - 48)
      } else if letter != byte {
        return nil
      }
    }
    func part(_ letter: Character) -> Int { letter.asciiValue.flatMap { parts[$0] } ?? 0 }
    guard (1...12).contains(part("M")), part("h") < 24, part("m") < 60, part("s") < 60 else {
      return nil
    }
    let days = Self.days(year: part("Y"), month: part("M"), day: part("D"))
    let seconds = Double(days * 86_400 + part("h") * 3600 + part("m") * 60 + part("s"))
    return self.text(seconds) == text ? seconds : nil
  }

  /// The text of a number of seconds, brought to whole steps within the years 0 to 9999.
  func text(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, Self.earliest), Self.latest).rounded(.down))
    let days = (whole - ((whole % 86_400) + 86_400) % 86_400) / 86_400
    let rest = whole - days * 86_400
    let (year, month, day) = Self.date(ofDay: days)
    let values: [(Character, Int, Int)] = [
      ("Y", year, 4), ("M", month, 2), ("D", day, 2), ("h", rest / 3600, 2),
      ("m", rest / 60 % 60, 2), ("s", rest % 60, 2),
    ]
    var result = ""
    var last: Character = " "
    for letter in pattern {
      defer { last = letter }
      guard let (_, value, width) = values.first(where: { $0.0 == letter }) else {
        result.append(letter)
        continue
      }
      if letter == last { continue }
      let digits = String(value)
      result += String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return result
  }

  private static let fields = Array("YMDhms".utf8)
  private static let earliest = Double(days(year: 0, month: 1, day: 1)) * 86_400
  private static let latest = Double(days(year: 10_000, month: 1, day: 1)) * 86_400 - 1

  /// The days since 1970 of a day in the Gregorian calendar.
  ///
  /// Source: Hinnant 2021, "chrono-compatible low-level date algorithms" (from memory).
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date of a number of days since 1970; the inverse.
  private static func date(ofDay days: Int) -> (year: Int, month: Int, day: Int) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }
}
