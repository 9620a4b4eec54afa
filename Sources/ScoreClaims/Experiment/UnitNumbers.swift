/// Numbers of units, written as `1-4,7`.
public struct UnitNumbers: Sendable, Equatable, CustomStringConvertible {
  public var numbers: Set<Int>

  public init(_ numbers: some Sequence<Int>) { self.numbers = Set(numbers) }

  /// Reads numbers and ranges with commas between; nil for anything else.
  ///
  /// A range holds at most a million numbers.
  public init?(_ text: String) {
    numbers = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
        first >= 1, last >= first, last - first < 1_000_000
      else { return nil }
      numbers.formUnion(first...last)
    }
  }

  /// Ascending, with neighbours as ranges.
  public var description: String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
      if let last = ranges.last, last.upperBound == number - 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}
