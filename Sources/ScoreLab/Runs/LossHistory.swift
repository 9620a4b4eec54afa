import Glibc

/// The training loss of every step in bounded memory.
///
/// Steps are gathered in buckets of equal width; when the buckets run out, neighbours are merged
/// and the width doubles. Minimum, maximum and mean survive exactly, and the loss of each bucket's first
/// step, which together are losses of single batches at equal distances; only the position within a
/// bucket is lost.
public struct LossHistory: Sendable, Equatable {
  /// The losses of `count` consecutive steps.
  public struct Bucket: Sendable, Equatable {
    public var firstStep: Int
    public var count: Int
    /// The loss of the first of the steps.
    public var first: Double
    public var minimum: Double
    public var maximum: Double
    public var sum: Double
    /// The smoothed loss after the bucket's last step.
    public var smoothed: Double

    public var mean: Double { sum / Double(count) }
    public var middleStep: Double { Double(firstStep) + Double(count - 1) / 2 }
  }

  public static let capacity = 1024
  /// The smoothed curve forgets a step after about this many.
  public static let smoothingSteps = 200.0

  /// What the next step needs to know next to the buckets.
  struct Smoothing: Sendable, Equatable, Codable {
    /// How many steps a full bucket holds, a power of two.
    var bucketWidth = 1
    var sum = 0.0
    var weight = 0.0
  }

  public private(set) var buckets: [Bucket] = []
  private(set) var smoothing = Smoothing()

  public init() {}

  /// A history that was kept.
  init(buckets: [Bucket], smoothing: Smoothing) {
    self.buckets = buckets
    self.smoothing = smoothing
  }

  /// How many steps a full bucket holds, a power of two.
  public var bucketWidth: Int { smoothing.bucketWidth }

  /// The exponentially weighted mean of the losses so far; nil before the first.
  public var smoothed: Double? { buckets.last?.smoothed }

  /// Adds the loss of one step; steps come in order.
  public mutating func append(step: Int, loss: Double) {
    let decay = 1 - 1 / LossHistory.smoothingSteps
    smoothing.sum = decay * smoothing.sum + loss
    smoothing.weight = decay * smoothing.weight + 1
    let smoothed = smoothing.sum / smoothing.weight
    if var last = buckets.last, last.count < bucketWidth {
      last.count += 1
      last.minimum = min(last.minimum, loss)
      last.maximum = max(last.maximum, loss)
      last.sum += loss
      last.smoothed = smoothed
      buckets[buckets.count - 1] = last
      return
    }
    if buckets.count == LossHistory.capacity { mergeNeighbours() }
    buckets.append(
      Bucket(
        firstStep: step, count: 1, first: loss, minimum: loss, maximum: loss, sum: loss,
        smoothed: smoothed))
  }

  /// How single batches spread, in groups of neighbouring buckets.
  public struct Spread: Sendable, Equatable {
    /// The middle of the group's steps.
    public var step: Double
    /// The quantiles of its batches' losses, as far from either end as was asked for.
    public var lower: Double
    public var upper: Double
  }

  /// The spread of single batches in groups of at least ten, from one batch of each bucket.
  ///
  /// - Parameters:
  ///   - count: The most groups.
  ///   - tail: The share of batches beyond either end, below one half.
  /// - Returns: The groups in the order of the steps.
  public func spreads(atMost count: Int, tail: Double = 0.1) -> [Spread] {
    let size = max(10, (buckets.count + count - 1) / max(1, count))
    return stride(from: 0, to: buckets.count, by: size).map { start in
      let group = buckets[start..<min(start + size, buckets.count)]
      let losses = group.map(\.first).sorted()
      let outside = Int((Double(losses.count - 1) * tail).rounded(.down))
      let end = (group.last?.firstStep ?? 0) + (group.last?.count ?? 1) - 1
      return Spread(
        step: Double(buckets[start].firstStep + end) / 2, lower: losses[outside],
        upper: losses[losses.count - 1 - outside])
    }
  }

  private mutating func mergeNeighbours() {
    smoothing.bucketWidth *= 2
    buckets = stride(from: 0, to: buckets.count, by: 2).map { index in
      var merged = buckets[index]
      guard index + 1 < buckets.count else { return merged }
      let next = buckets[index + 1]
      merged.count += next.count
      merged.minimum = min(merged.minimum, next.minimum)
      merged.maximum = max(merged.maximum, next.maximum)
      merged.sum += next.sum
      merged.smoothed = next.smoothed
      return merged
    }
  }
}
