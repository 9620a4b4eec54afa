import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct DecimalNumberTests {
  @Test("Numbers of any length are rounded as the standard library rounds them")
  func agreesWithStandardLibrary() {
    var stream = RandomStream(seed: 11, purpose: .test)
    for _ in 0..<20_000 {
      let length = 1 + stream.integer(below: 24)
      var text = (0..<length).map { _ in "\(stream.integer(below: 10))" }.joined()
      if stream.integer(below: 2) == 0 {
        text.insert(".", at: text.index(text.startIndex, offsetBy: stream.integer(below: length)))
      }
      if stream.integer(below: 2) == 0 { text += "e\(stream.integer(below: 700) - 350)" }
      if stream.integer(below: 3) == 0 { text = "-" + text }
      #expect(DecimalNumber.parse(text) == Double(text), "\(text)")
    }
  }

  @Test(
    "Forms that data files use are read",
    arguments: [
      ("1e+05", 1e5), ("1E5", 1e5), ("+3", 3), (".5", 0.5), ("5.", 5), ("-0.25", -0.25),
      ("007", 7), ("1e400", .infinity), ("9007199254740993", 9_007_199_254_740_992),
    ])
  func forms(text: String, value: Double) {
    #expect(DecimalNumber.parse(text) == value)
  }

  @Test("Minus zero keeps its sign")
  func minusZero() throws {
    #expect(try #require(DecimalNumber.parse("-0")).sign == .minus)
  }

  @Test(
    "Anything else is no number",
    arguments: [
      "", "-", ".", "+.", "e5", "1e", "1e+", "1.2.3", "0x10", "nan", "inf", "infinity", "1_000",
      " 1", "1 ", "1,5", "--1", "1e5.5", "１",
    ])
  func notNumbers(text: String) {
    #expect(DecimalNumber.parse(text) == nil)
  }
}
