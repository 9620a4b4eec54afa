/// How values are spread along an axis.
public enum AxisScale: String, Sendable, CaseIterable {
  case linear, logarithmic
}

/// A finite interval of values that is never empty.
///
/// Whatever it is made from, `lower < upper`, both are finite and of magnitude at most 1e150, and
/// they differ by enough for ticks between them to be told apart. So nothing downstream divides
/// by zero or overflows.
public struct AxisRange: Sendable, Equatable {
  public let lower: Double
  public let upper: Double

  private static let limit = 1e150

  /// Creates the range between two values, in either order; equal values are widened.
  ///
  /// A bound that is not a number counts as 0.
  public init(_ first: Double, _ second: Double) {
    let (first, second) = (AxisRange.limited(first), AxisRange.limited(second))
    let (low, high) = (min(first, second), max(first, second))
    let magnitude = max(low.magnitude, high.magnitude)
    if high - low > max(1e-10 * magnitude, 1 / AxisRange.limit) {
      (lower, upper) = (low, high)
    } else if magnitude < 1e-140 {
      (lower, upper) = (-1, 1)
    } else {
      (lower, upper) = (low - 0.1 * magnitude, high + 0.1 * magnitude)
    }
  }

  /// Creates the range that the finite values span (the positive ones, on a logarithmic scale).
  ///
  /// - Parameters:
  ///   - values: Any numbers, in any order; none at all gives 0...1 (0.1...1 if logarithmic).
  ///   - scale: The scale on which `margin` is measured.
  ///   - margin: What to add at either end, as a fraction of the span.
  public init(
    covering values: some Sequence<Double>, scale: AxisScale = .linear, margin: Double = 0
  ) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite && (scale == .linear || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else {
      self.init(scale == .linear ? 0 : 0.1, 1)
      return
    }
    let tight = AxisRange(low, high)
    guard margin > 0, margin.isFinite else {
      self = tight
      return
    }
    let axis = Axis(tight, scale: scale)
    self.init(axis.value(at: -margin), axis.value(at: 1 + margin))
  }

  public var width: Double { upper - lower }

  private static func limited(_ value: Double) -> Double {
    value.isNaN ? 0 : min(max(value, -limit), limit)
  }
}
