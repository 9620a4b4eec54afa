import FoundationEssentials

/// Moments as text, in UTC.
package enum UTCTime {
  /// Year, month, day, hour, minute and second of a moment, as in `2026-11-22 09:50:07`.
  ///
  /// - Parameter seconds: The seconds since 1970.
  /// - Returns: The text, without the name of the time zone.
  package static func text(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds).formatted(
      Date.ISO8601FormatStyle(dateTimeSeparator: .space).year().month().day()
        .time(includingFractionalSeconds: false))
  }

  /// The same to the minute.
  package static func minute(_ seconds: Double) -> String { String(text(seconds).dropLast(3)) }
}
