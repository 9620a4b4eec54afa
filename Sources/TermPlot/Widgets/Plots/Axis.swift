import Glibc

/// A range of values, how they are spread along it, and what it is called.
public struct Axis: Sendable, Equatable {
  public let range: AxisRange
  public let scale: AxisScale
  /// The text next to the axis, with its unit if it has one.
  public let title: String
  /// Names of the places 0, 1, 2 and so on, in place of numbers; empty for numbers.
  public var names: [String] = []
  // The range on the scale's own terms, so that mapping a point costs one logarithm, not three.
  private let start: Double
  private let span: Double

  /// Creates an axis.
  ///
  /// A logarithmic axis needs positive bounds: a lower bound of zero or less becomes a millionth
  /// of the upper one, and a range with nothing positive becomes 0.1...1.
  public init(_ range: AxisRange, scale: AxisScale = .linear, title: String = "") {
    self.scale = scale
    self.title = title
    switch scale {
    case .linear:
      self.range = range
      (start, span) = (range.lower, range.width)
    case .logarithmic:
      self.range = Axis.positive(range)
      start = log(self.range.lower)
      span = log(self.range.upper) - start
    }
  }

  private static func positive(_ range: AxisRange) -> AxisRange {
    guard range.upper > 1e-140 else { return AxisRange(0.1, 1) }
    let lower = range.lower > 0 ? max(range.lower, 1e-150) : range.upper * 1e-6
    return AxisRange(lower, range.upper)
  }

  /// Where a value lies, 0 at the lower end and 1 at the upper, or outside that for one beyond.
  ///
  /// - Parameter value: Any number.
  /// - Returns: A fraction, limited to +-1e9; nil for a value that has no place on the axis: one
  ///   that is not finite, or not positive on a logarithmic scale.
  public func fraction(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    if scale == .logarithmic, value <= 0 { return nil }
    let position = scale == .linear ? value : log(value)
    return min(max((position - start) / span, -1e9), 1e9)
  }

  /// The value at a fraction of the way along the axis.
  public func value(at fraction: Double) -> Double {
    let position = start + fraction * span
    return scale == .linear ? position : exp(position)
  }
}

/// What a caller fixes about an axis; the rest follows from the data.
public struct AxisSettings: Sendable, Equatable {
  public var title: String
  public var scale: AxisScale
  /// The ends of the axis; nil (or a number that is not finite) takes the data's.
  public var lower: Double?
  public var upper: Double?
  /// Names of the places 0, 1, 2 and so on, in place of numbers; empty for numbers.
  public var names: [String] = []

  public init(
    _ title: String = "", scale: AxisScale = .linear, lower: Double? = nil, upper: Double? = nil
  ) {
    self.title = title
    self.scale = scale
    self.lower = lower
    self.upper = upper
  }

  /// The axis over these values.
  ///
  /// - Parameters:
  ///   - values: The data; what is not finite is passed over.
  ///   - margin: What to add at an end that is not fixed, as a fraction of the span.
  /// - Returns: An axis whose ends are the fixed ones where there are any.
  public func axis(covering values: some Sequence<Double>, margin: Double = 0) -> Axis {
    let data = AxisRange(covering: values, scale: scale, margin: margin)
    let low = lower.flatMap { $0.isFinite ? $0 : nil } ?? data.lower
    let high = upper.flatMap { $0.isFinite ? $0 : nil } ?? data.upper
    var axis = Axis(AxisRange(low, high), scale: scale, title: title)
    axis.names = names
    return axis
  }
}
