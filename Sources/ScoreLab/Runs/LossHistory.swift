import Glibc

/// The training loss of every step in bounded memory.
///
/// Steps are gathered in buckets of equal width; when the buckets run out, neighbours are merged
/// and the width doubles. Minimum, maximum and mean survive exactly; only the position within a
/// bucket is lost.
public struct LossHistory: Sendable, Equatable, Codable {
  /// The losses of `count` consecutive steps.
  public struct Bucket: Sendable, Equatable, Codable {
    public var firstStep: Int
    public var count: Int
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

  public private(set) var buckets: [Bucket] = []
  /// How many steps a full bucket holds, a power of two.
  public private(set) var bucketWidth = 1
  private var smoothedSum = 0.0
  private var smoothedWeight = 0.0

  public init() {}

  /// The exponentially weighted mean of the losses so far; nil before the first.
  public var smoothed: Double? { buckets.last?.smoothed }

  /// Adds the loss of one step; steps come in order.
  public mutating func append(step: Int, loss: Double) {
    let decay = 1 - 1 / LossHistory.smoothingSteps
    smoothedSum = decay * smoothedSum + loss
    smoothedWeight = decay * smoothedWeight + 1
    let smoothed = smoothedSum / smoothedWeight
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
        firstStep: step, count: 1, minimum: loss, maximum: loss, sum: loss, smoothed: smoothed))
  }

  private mutating func mergeNeighbours() {
    bucketWidth *= 2
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
