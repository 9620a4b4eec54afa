import Glibc
import ScoreCore
import ScoreLab

/// What a corruption costs in total variation, from points made with and without it on the same
/// noise.
///
/// A pair that differs was hit, so the distance of the two distributions is at most the probability
/// of a hit (coupling). Over bins it is at least half the summed difference of the shares, less its
/// noise, which only pairs in different bins make. Together they hold the distance.
struct CorruptionCost: Codable, Sendable, Equatable {
  private static let binCount = 64

  /// The distance over bins of equal shares of the points without corruption.
  let variation: Double
  /// A 95% interval of the distance of the distributions: each end is beyond it with 2.5%.
  let interval: ClosedRange<Double>

  /// Compares points of the same noise.
  ///
  /// - Parameters:
  ///   - exact: A coordinate of each point without corruption.
  ///   - corrupted: The same with it, in the same order.
  ///   - hitCount: How many of the points differ.
  init(exact: [Double], corrupted: [Double], hitCount: Int) {
    precondition(exact.count == corrupted.count && !exact.isEmpty, "Points come in pairs.")
    let n = Double(exact.count)
    let sorted = exact.sorted()
    let edges = (1..<Self.binCount).map { sorted[$0 * sorted.count / Self.binCount] }
    // Points that are no number are in a bin of their own, the last.
    func bin(_ x: Double) -> Int { x.isNaN ? Self.binCount : edges.count { $0 <= x } }
    var gained = Array(repeating: 0.0, count: Self.binCount + 1)
    var moved = gained
    for (x, y) in zip(exact, corrupted) where x != y {
      let (from, to) = (bin(x), bin(y))
      guard from != to else { continue }
      gained[from] -= 1 / n
      gained[to] += 1 / n
      moved[from] += 1 / n
      moved[to] += 1 / n
    }
    variation = gained.reduce(0) { $0 + abs($1) } / 2
    // Half the summed sizes of nearly normal errors of variance moved / n.
    let mean = moved.reduce(0) { $0 + (2 * $1 / (.pi * n)).squareRoot() } / 2
    let deviation = (moved.reduce(0, +) * (1 - 2 / .pi) / n).squareRoot() / 2
    let noise = mean + StandardNormal.quantile(0.975) * deviation
    let upper = BinomialDistribution.interval(successes: hitCount, of: exact.count).upper
    interval = min(upper, max(0, variation - noise))...upper
  }
}
