/// Counts of values in adjacent intervals.
public struct HistogramBins: Sendable, Equatable {
  /// Where bins end: one more than there are bins, in increasing order.
  public var edges: [Double]
  /// How many values fell into each bin, or a density.
  public var counts: [Double]
  /// How many values were finite but outside the bins.
  public var outside: Int

  /// Creates bins from counts; what has no counterpart in the other array is dropped.
  public init(edges: [Double], counts: [Double], outside: Int = 0) {
    let count = max(0, min(edges.count - 1, counts.count))
    self.edges = count > 0 ? Array(edges.prefix(count + 1)) : []
    self.counts = Array(counts.prefix(count))
    self.outside = outside
  }

  /// Counts values in bins of equal width on an axis; non-finite ones are passed over.
  ///
  /// - Parameters:
  ///   - values: Any numbers.
  ///   - axis: The range and scale of the bins.
  ///   - count: How many bins, at least 1.
  public init(counting values: [Double], on axis: Axis, count: Int) {
    let count = max(1, count)
    edges = (0...count).map { axis.value(at: Double($0) / Double(count)) }
    counts = Array(repeating: 0, count: count)
    outside = 0
    for value in values where value.isFinite {
      guard let fraction = axis.fraction(of: value), fraction >= 0, fraction <= 1 else {
        outside += 1
        continue
      }
      counts[min(Int(fraction * Double(count)), count - 1)] += 1
    }
  }
}
