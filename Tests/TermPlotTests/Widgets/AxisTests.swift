import Glibc
import Testing

@testable import TermPlot

@Suite struct AxisTests {
  static let ranges: [AxisRange] = {
    var random = TestRandom(seed: 3)
    let hostile = [
      AxisRange(0, 0), AxisRange(.nan, 1), AxisRange(-.infinity, .infinity), AxisRange(5, 5),
      AxisRange(1, 1 + 1e-9), AxisRange(1e308, -1e308), AxisRange(0, 1e-300), AxisRange(3, -2),
      AxisRange(0.5, 0.9), AxisRange(1e-9, 1e9), AxisRange(-5, -1),
    ]
    return hostile
      + (0..<200).map { _ in
        let magnitude = pow(10, 12 * random.uniform() - 6)
        let start = (random.uniform() - 0.5) * magnitude
        return AxisRange(start, start + magnitude * pow(10, 2 * random.uniform() - 1))
      }
  }()

  @Test("A range is never empty, whatever it is made from")
  func rangeIsProper() {
    for range in Self.ranges {
      #expect(range.lower.isFinite && range.upper.isFinite && range.lower < range.upper)
    }
    let none = AxisRange(covering: [.nan, .infinity])
    #expect((none.lower, none.upper) == (0, 1))
    let some = AxisRange(covering: [.nan, 3, -1, .infinity])
    #expect((some.lower, some.upper) == (-1, 3))
    let positive = AxisRange(covering: [-1, 0, 2, 8], scale: .logarithmic)
    #expect((positive.lower, positive.upper) == (2, 8))
  }

  @Test("Ticks lie in the range, increase, have distinct labels and keep to their number")
  func ticksAreProper() {
    for scale in AxisScale.allCases {
      for range in Self.ranges {
        let axis = Axis(range, scale: scale)
        for count in [-1, 0, 1, 2, 3, 5, 8, 30] {
          let ticks = axis.ticks(atMost: count)
          #expect(ticks.count <= max(0, count))
          #expect(
            ticks.allSatisfy {
              $0.value >= axis.range.lower && $0.value <= axis.range.upper
                && (0...1).contains($0.fraction)
            })
          #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value })
          #expect(Set(ticks.map(\.label)).count == ticks.count, "\(ticks.map(\.label))")
          // A 1-2-5 ladder never needs more than a factor 2.5 coarser than asked.
          if count >= 8, scale == .linear { #expect(ticks.count >= 3) }
        }
      }
    }
  }

  @Test("Linear ticks are multiples of 1, 2 or 5 times a power of ten")
  func linearTicksAreRound() {
    for range in Self.ranges.suffix(200) {
      let ticks = Axis(range).ticks(atMost: 8)
      let step = ticks[1].value - ticks[0].value
      let mantissa = step / pow(10, log10(step * 1.0001).rounded(.down))
      // The step is a difference of ticks, so it carries their rounding.
      let tolerance = 1e-12 * max(range.lower.magnitude, range.upper.magnitude) / step
      #expect([1, 2, 5, 10].contains { abs($0 - mantissa) <= 10 * tolerance + 1e-9 })
    }
  }

  @Test("Logarithmic ticks are decades, with 2 and 5 in each if there are few")
  func logarithmicTicksAreDecades() {
    let wide = Axis(AxisRange(1e-6, 1e6), scale: .logarithmic)
    #expect(wide.ticks(atMost: 5).map(\.label) == ["1e-6", "0.001", "1", "1000", "1M"])
    let few = Axis(AxisRange(0.01, 1), scale: .logarithmic)
    #expect(
      few.ticks(atMost: 8).map(\.label) == ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"])
    #expect(few.ticks(atMost: 4).map(\.label) == ["0.01", "0.1", "1"])
    let narrow = Axis(AxisRange(0.41, 0.49), scale: .logarithmic)
    #expect(narrow.ticks(atMost: 5).map(\.label) == ["0.42", "0.44", "0.46", "0.48"])
  }

  @Test("Labels are short and say no more than is needed")
  func labels() {
    #expect(Axis(AxisRange(0, 1)).ticks(atMost: 6).map(\.label).last == "1.0")
    #expect(Axis(AxisRange(0, 0.02)).ticks(atMost: 3).map(\.label) == ["0", "0.01", "0.02"])
    #expect(
      Axis(AxisRange(0, 30000)).ticks(atMost: 4).map(\.label) == ["0", "10k", "20k", "30k"])
    #expect(
      Axis(AxisRange(0, 2e-4)).ticks(atMost: 3).map(\.label) == ["0", "1e-4", "2e-4"])
    #expect(Axis(AxisRange(-1, 1)).ticks(atMost: 3).map(\.label) == ["-1", "0", "1"])
  }

  @Test("A value goes to its fraction and back", arguments: AxisScale.allCases)
  func roundTrip(scale: AxisScale) throws {
    let axis = Axis(AxisRange(0.2, 50), scale: scale)
    for value in [0.2, 0.3, 1, 7, 50] {
      let fraction = try #require(axis.fraction(of: value))
      // A few units in the last place of the logarithm and the exponential.
      #expect(abs(axis.value(at: fraction) - value) <= 1e-13 * 50)
    }
    #expect(axis.fraction(of: .nan) == nil && axis.fraction(of: .infinity) == nil)
    #expect((axis.fraction(of: 0) == nil) == (scale == .logarithmic))
  }

  @Test("Labels next to each other never touch, at any width")
  func columnLabelsAreApart() {
    for scale in AxisScale.allCases {
      for range in Self.ranges {
        for width in [1, 2, 7, 20, 63, 200] {
          let axis = Axis(range, scale: scale)
          let places = axis.columnTicks(width: width, overhang: (4, 0))
          for (one, next) in zip(places, places.dropFirst()) {
            #expect(one.labelStart + one.tick.label.columns < next.labelStart)
          }
          #expect(
            places.allSatisfy {
              $0.labelStart >= -4 && $0.labelStart + $0.tick.label.columns <= width
                && (0..<width).contains($0.column)
            })
          let rows = axis.rowTicks(height: width).map(\.row)
          #expect(zip(rows, rows.dropFirst()).allSatisfy { $0 > $1 })
        }
      }
    }
  }

  @Test("Settings fix the ends they name and leave the others to the data")
  func settings() {
    let axis = AxisSettings("x", lower: 0, upper: .nan).axis(covering: [2, 4])
    #expect((axis.range.lower, axis.range.upper) == (0, 4))
  }
}
