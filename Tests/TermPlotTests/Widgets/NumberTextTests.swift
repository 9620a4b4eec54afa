import Testing

@testable import TermPlot

@Suite struct NumberTextTests {
  @Test(
    "Numbers are short and unambiguous",
    arguments: [
      (0, "0"), (1, "1"), (-1.5, "-1.5"), (0.02, "0.02"), (0.001, "0.001"), (1e-4, "1e-4"),
      (1.234e-5, "1.23e-5"), (1234, "1230"), (12000, "12k"), (12345, "12.3k"), (1.5e6, "1.5M"),
      (99999, "100k"), (0.9999, "1"), (2e10, "2e10"), (-3.25e-9, "-3.25e-9"), (1e300, "1e300"),
      (.infinity, "inf"), (-.infinity, "-inf"), (.leastNonzeroMagnitude, "0"),
    ] as [(Double, String)])
  func short(value: Double, text: String) {
    #expect(NumberText.short(value) == text)
  }

  @Test("The text reads back as the number, to its digits")
  func readsBack() throws {
    var random = TestRandom(seed: 5)
    for _ in 0..<500 {
      let value = (random.uniform() - 0.5) * 20_000
      let text = NumberText.short(value, digits: 6)
      let plain = text.replacing("k", with: "e3")
      let read = try #require(Double(plain))
      // Half a unit of the sixth digit.
      #expect(abs(read - value) <= 5.1e-6 * abs(value), "\(value) is written \(text)")
    }
    #expect(NumberText.short(.nan) == "nan")
  }
}
