import Testing

@testable import NumberFormatting

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
    for index in 0..<500 {
      // The golden ratio's multiples are spread evenly over 0 to 1.
      let share = (Double(index) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
      let value = (share - 0.5) * 20_000
      let text = NumberText.short(value, digits: 6)
      let plain = text.replacing("k", with: "e3")
      let read = try #require(Double(plain))
      // Half a unit of the sixth digit.
      #expect(abs(read - value) <= 5.1e-6 * abs(value), "\(value) is written \(text)")
    }
    #expect(NumberText.short(.nan) == "nan")
  }

  @Test("Numbers in sentences are short, however small or large")
  func plain() {
    let texts: [(Double, String)] = [
      (0.83123, "0.831"), (12.5, "12.5"), (-1.4189, "-1.42"), (1234, "1230"), (0, "0"),
      (1e-4, "0.0001"), (0.5, "0.5"), (2, "2"), (2.55e-59, "2.55e-59"), (1.23456e-300, "1.23e-300"),
      (.leastNonzeroMagnitude, "5e-324"), (123_456, "123000"), (9.996e20, "1e+21"),
      // 1.80e308 is beyond the range.
      (1.7976e308, "1.7976e+308"),
    ]
    for (value, text) in texts { #expect(NumberText.plain(value) == text) }
    #expect(NumberText.plain(2.5549e-59, digits: 2) == "2.6e-59")
    #expect(NumberText.plain(0.0996, digits: 2) == "0.1")
  }

  @Test("Exact text reads back as the same bits, and whole numbers have no point")
  func exact() {
    let texts: [(Double, String)] = [
      (250, "250"), (0.1, "0.1"), (-3, "-3"), (1e16, "1e+16"), (-0.0, "-0.0"), (1e-5, "1e-05"),
      (0.1 + 0.2, "0.30000000000000004"),
    ]
    for (value, text) in texts {
      #expect(NumberText.exact(value) == text)
      #expect(Double(text)?.bitPattern == value.bitPattern)
    }
  }

  @Test("One thing is one, and none or several are plural")
  func counted() {
    #expect(
      [0, 1, 2].map { NumberText.counted($0, "stroke") } == ["0 strokes", "1 stroke", "2 strokes"])
  }
}
