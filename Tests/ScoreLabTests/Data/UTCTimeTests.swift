import Testing

@testable import ScoreLab

@Suite struct UTCTimeTests {
  /// The seconds are those of `date -u -d TEXT +%s` (coreutils 9.1).
  @Test(
    "Moments are said in UTC, to the second and to the minute",
    arguments: [
      (0.0, "1970-01-01 00:00:00"), (1_709_207_999, "2024-02-29 11:59:59"),
      (1_795_340_407.9, "2026-11-22 09:40:07"),
    ])
  func text(seconds: Double, text: String) {
    #expect(UTCTime.text(seconds) == text)
    #expect(UTCTime.minute(seconds) == String(text.prefix(16)))
  }
}
