import ScoreLab
import Testing

@testable import Workbench

/// The arrow keys' ladder 1, 2, 5.
@Suite struct ValueStepsTests {
  private static let awkward: [Double] = [
    0.3, 0.07, 1 / 3.0, 0.1 + 0.2, 1e-7 / 3, 123.456, 999.9999, 1000.0001, 3e15, 7e-30,
  ]

  /// 1, 2, 5 times powers of ten, read from decimal text.
  private static let ladder: [Double] = (-30...30).flatMap { exponent in
    ["1", "2", "5"].compactMap { Double("\($0)e\(exponent)") }
  }

  private static func text(_ value: Double) -> String { ConfigurationValue.number(value).text }

  @Test("Up is larger, down is smaller, and both land on the ladder")
  func monotone() {
    for value in Self.awkward + Self.ladder {
      let (up, down) = (
        ValueSteps.oneTwoFive(value, upwards: true), ValueSteps.oneTwoFive(value, upwards: false)
      )
      #expect(down < value && value < up, "\(value)")
      for end in [up, down] where end < 1e30 && end > 1e-30 {
        #expect(Self.ladder.contains(end), "\(value): \(end)")
      }
    }
  }

  @Test("On the ladder every step is the next rung, and down undoes up")
  func rungs() {
    for (value, next) in zip(Self.ladder, Self.ladder.dropFirst()) {
      #expect(ValueSteps.oneTwoFive(value, upwards: true) == next)
      #expect(ValueSteps.oneTwoFive(next, upwards: false) == value)
    }
  }

  @Test("Off the ladder, up then down ends on a rung at most the value's next")
  func offLadder() {
    for value in Self.awkward {
      let up = ValueSteps.oneTwoFive(value, upwards: true)
      let back = ValueSteps.oneTwoFive(up, upwards: false)
      #expect(back < value * (1 + 1e-8) && back > value / 2.6)
    }
  }

  @Test("Texts have one digit and no decimal dust")
  func text() {
    for value in Self.ladder {
      let digits = Self.text(value).prefix { $0 != "e" }.filter { $0.isNumber }
      #expect(digits.filter { $0 != "0" }.count == 1, "\(Self.text(value))")
    }
  }

  @Test("Zero and less have no neighbours on a ladder of factors")
  func zero() {
    #expect(ValueSteps.oneTwoFive(0, upwards: true) == 0)
    #expect(ValueSteps.oneTwoFive(-3, upwards: false) == -3)
  }
}
