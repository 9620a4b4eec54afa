import Testing

@testable import ScoreLab

/// A bounded record of the loss that forgets where, never what.
@Suite struct LossHistoryTests {
  /// Losses without a pattern that merging could hide.
  private static func loss(_ step: Int) -> Double { Double(step * 7919 % 1009) - 3 }

  private static func history(_ steps: Int) -> LossHistory {
    var history = LossHistory()
    for step in 1...steps { history.append(step: step, loss: loss(step)) }
    return history
  }

  @Test(
    "Count, minimum, maximum and sum are exact, and every bucket covers the steps it says",
    arguments: [1, 2, 1023, 1024, 1025, 2047, 2048, 2049, 5000, 40_000])
  func exact(steps: Int) {
    let history = Self.history(steps)
    #expect(history.buckets.count <= LossHistory.capacity)
    // All but the last are full, so fewer than half the buckets are never wasted.
    #expect(history.buckets.dropLast().allSatisfy { $0.count == history.bucketWidth })
    var next = 1
    for bucket in history.buckets {
      let losses = (bucket.firstStep..<bucket.firstStep + bucket.count).map(Self.loss)
      #expect(bucket.firstStep == next)
      #expect(bucket.minimum == losses.min() && bucket.maximum == losses.max())
      #expect(bucket.first == losses[0])
      // Whole numbers, so sums are exact in any order.
      #expect(bucket.sum == losses.reduce(0, +))
      #expect(bucket.mean == bucket.sum / Double(losses.count))
      next += bucket.count
    }
    #expect(next == steps + 1)
  }

  @Test("The smoothed loss is the weighted mean of all losses", arguments: [1, 3, 250, 3000])
  func smoothed(steps: Int) throws {
    let decay = 1 - 1 / LossHistory.smoothingSteps
    // By definition, newest first, not by the recursion.
    var (sum, weights, weight) = (0.0, 0.0, 1.0)
    for step in stride(from: steps, through: 1, by: -1) {
      sum += weight * Self.loss(step)
      weights += weight
      weight *= decay
    }
    let smoothed = try #require(Self.history(steps).smoothed)
    // Some hundred roundings of numbers up to 1009.
    #expect(abs(smoothed - sum / weights) <= 1e-9)
  }

  @Test(
    "Four fifths of the batches lie within the spread of their group, and groups cover all steps")
  func spreads() {
    let history = Self.history(40_000)
    let spreads = history.spreads(atMost: 20)
    #expect(spreads.count <= 20 && spreads.count > 15)
    #expect(spreads[0].step < 1500 && spreads[spreads.count - 1].step > 38_000)
    let width = 40_000 / Double(spreads.count)
    for spread in spreads.dropLast() {
      let steps = Int(spread.step - width / 3)...Int(spread.step + width / 3)
      let inside = steps.count { (spread.lower...spread.upper).contains(Self.loss($0)) }
      // Some 39 batches tell the quantiles to about 0.05 each.
      #expect(abs(Double(inside) / Double(steps.count) - 0.8) < 0.2)
    }
    #expect(LossHistory().spreads(atMost: 9).isEmpty)
    #expect(Self.history(25).spreads(atMost: 20).map(\.step) == [5.5, 15.5, 23])
    let single = Self.history(1).spreads(atMost: 9)
    #expect(single == [.init(step: 1, lower: Self.loss(1), upper: Self.loss(1))])
  }

  @Test("Nothing recorded has no smoothed loss")
  func empty() {
    #expect(LossHistory().smoothed == nil)
    #expect(LossHistory().buckets.isEmpty)
  }
}
