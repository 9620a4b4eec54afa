/// The middle and the ends of a few measured values.
public struct Spread: Sendable, Equatable {
  public let low: Double
  public let median: Double
  public let high: Double

  /// Sums up values.
  ///
  /// - Parameter values: At least one value; the median of an even number is the mean of the two
  ///   in the middle.
  public init(_ values: [Double]) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else {
      preconditionFailure("A spread needs a value.")
    }
    low = first
    high = last
    let middle = sorted.count / 2
    median =
      sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
