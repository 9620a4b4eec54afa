import Glibc
import NumberFormatting

/// A marked place on an axis.
public struct Tick: Sendable, Equatable {
  public var value: Double
  /// Where it is along the axis, 0...1.
  public var fraction: Double
  public var label: String
}

extension Axis {
  /// Round places along the axis: multiples of 1, 2 or 5, or decades on a logarithmic scale.
  ///
  /// A logarithmic axis of few decades also gets 2 and 5 in each; one of less than a decade gets
  /// the ticks of a linear axis.
  ///
  /// - Parameter count: The most ticks wanted; none or fewer gives none.
  /// - Returns: At most `count` ticks in increasing order, all inside the range. As many as fit,
  ///   which may be none where `count` is 1.
  public func ticks(atMost count: Int) -> [Tick] {
    guard count > 0 else { return [] }
    if !names.isEmpty { return namedTicks(atMost: count) }
    if scale == .logarithmic, let decades = decadeTicks(atMost: count) {
      // Labels of one axis may differ in form here: 0.01, 1, 100, 10k.
      return decades.map { tick($0, $0.text(NumberText.form(forMagnitude: $0.value))) }
    }
    let numbers = linearTicks(atMost: count)
    let largest = numbers.map(\.value.magnitude).max() ?? 0
    let form = NumberText.form(forMagnitude: largest)
    return numbers.map { tick($0, $0.text(form)) }
  }

  /// The named places in view, every second or third of them where there are too many.
  private func namedTicks(atMost count: Int) -> [Tick] {
    let places = names.indices.filter { (0...1).contains(fraction(of: Double($0)) ?? -1) }
    let stride = max(1, (places.count + count - 1) / count)
    return places.enumerated().filter { $0.offset % stride == 0 }.map { _, place in
      Tick(
        value: Double(place), fraction: fraction(of: Double(place)) ?? 0, label: names[place])
    }
  }

  private func tick(_ number: NumberText.Decimal, _ label: String) -> Tick {
    // Rounding may put the outermost tick a hair outside.
    let value = min(max(number.value, range.lower), range.upper)
    let fraction = min(max(self.fraction(of: value) ?? 0, 0), 1)
    return Tick(value: value, fraction: fraction, label: label)
  }

  private func linearTicks(atMost count: Int) -> [NumberText.Decimal] {
    let tolerance = 1e-9
    var exponent = Int(log10(range.width / Double(count)).rounded(.down)) - 1
    while true {
      for mantissa in [1, 2, 5] {
        let step = NumberText.Decimal(digits: mantissa, exponent: exponent).value
        let first = Int((range.lower / step - tolerance).rounded(.up))
        let last = Int((range.upper / step + tolerance).rounded(.down))
        guard last - first < count else { continue }
        guard first <= last else { return [] }
        return (first...last).map {
          NumberText.Decimal(digits: $0 * mantissa, exponent: exponent)
        }
      }
      exponent += 1
    }
  }

  /// The densest set of decades, or of 1, 2 and 5 in each, that fits; nil if decades are too few.
  private func decadeTicks(atMost count: Int) -> [NumberText.Decimal]? {
    let tolerance = 1e-9
    let (low, high) = (log10(range.lower) - tolerance, log10(range.upper) + tolerance)
    let (first, last) = (Int(low.rounded(.up)), Int(high.rounded(.down)))
    // All three of a decade only pay where the decades themselves are few.
    if last - first + 1 <= count {
      let mantissas = [1, 2, 5].map { (digits: $0, position: log10(Double($0))) }
      let fine = ((first - 1)...max(first - 1, last)).flatMap { decade in
        mantissas.filter { (low...high).contains(Double(decade) + $0.position) }
          .map { NumberText.Decimal(digits: $0.digits, exponent: decade) }
      }
      if fine.count < 3, count >= 3 { return nil }
      if fine.count <= count { return fine }
      if last < first { return Array(fine.prefix(count)) }
    }
    var every = max(1, (last - first) / count)
    while true {
      // Multiples of the stride, so that ticks stay where they are as the range grows.
      let start = Int((Double(first) / Double(every)).rounded(.up)) * every
      let decades = Array(stride(from: start, through: last, by: every))
      if decades.count <= count {
        return decades.map { NumberText.Decimal(digits: 1, exponent: $0) }
      }
      every += 1
    }
  }

  /// As many ticks as have room for their labels side by side, each under its column.
  ///
  /// - Parameters:
  ///   - width: The columns the axis spans.
  ///   - overhang: How many columns labels may reach beyond the axis on the left and right.
  ///   - isBinned: Whether columns are bins of values, not values: then the last value of the axis is
  ///     at the end of the last column, not in its middle.
  /// - Returns: The ticks with the column of each (0..<width) and the column its label starts at.
  func columnTicks(
    width: Int, overhang: (left: Int, right: Int), isBinned: Bool = false
  ) -> [(tick: Tick, column: Int, labelStart: Int)] {
    guard width > 0 else { return [] }
    for count in stride(from: min(12, width / 5 + 1), through: 1, by: -1) {
      var placed: [(tick: Tick, column: Int, labelStart: Int)] = []
      var free = -overhang.left
      let ticks = ticks(atMost: count)
      for tick in ticks {
        let column =
          isBinned
          ? min(Int((tick.fraction * Double(width)).rounded()), width - 1)
          : Int((tick.fraction * Double(width - 1)).rounded())
        let length = tick.label.columns
        let start = min(
          max(column - length / 2, -overhang.left), width + overhang.right - length)
        guard start >= free else { break }
        placed.append((tick, column, start))
        free = start + length + 2
      }
      if placed.count == ticks.count, !placed.isEmpty { return placed }
    }
    return []
  }

  /// As many ticks as have a row each, with air between them.
  ///
  /// - Parameter height: The rows the axis spans.
  /// - Returns: The ticks with the row of each, counted from the top.
  func rowTicks(height: Int) -> [(tick: Tick, row: Int)] {
    guard height > 0 else { return [] }
    for count in stride(from: max(2, (height + 3) / 3), through: 1, by: -1) {
      let placed = ticks(atMost: count).map { tick in
        (tick: tick, row: Int(((1 - tick.fraction) * Double(height - 1)).rounded()))
      }
      let gaps = zip(placed, placed.dropFirst()).map { $0.row - $1.row }
      if gaps.allSatisfy({ $0 >= (height > 4 ? 2 : 1) }) { return placed }
    }
    return []
  }
}
