import Glibc
import ScoreCore
import ScoreLab

/// How far points are from the density that they should have, next to what chance alone gives.
///
/// Over K bins of equal shares with N points the total variation of perfect points is nearly normal
/// with mean `K s / sqrt(2 pi)` and variance `K s^2 (1 - 2 / pi) / 4`, where `s^2 = (1 / K) (1 - 1 / K) / N`
/// is the variance of one bin's share.
struct SampledDensity: Codable, Sendable, Equatable {
  static let binCount = 50

  /// The total variation distance over the bins.
  let variation: Double
  /// The mean of that distance for perfect points.
  let nullMean: Double
  /// Its standard deviation.
  let nullDeviation: Double

  init(_ points: Points, density: ChainDensity) {
    let edges = density.quantiles(bins: Self.binCount)
    var counts = Array(repeating: 0.0, count: Self.binCount)
    for x in points.values {
      // Points that are no number are in no bin; their share is missing everywhere.
      guard !x.isNaN else { continue }
      counts[edges.partitioningIndex { $0 > x }] += 1
    }
    let (K, N) = (Double(Self.binCount), Double(points.count))
    // Mass that the density has lost is missing in every bin, so that losing it shows.
    let mass = density.mass
    variation = (counts.reduce(0) { $0 + abs($1 / N - mass / K) } + abs(1 - mass)) / 2
    let s = ((1 / K) * (1 - 1 / K) / N).squareRoot()
    nullMean = K * s / (2 * .pi).squareRoot()
    nullDeviation = s / 2 * (K * (1 - 2 / .pi)).squareRoot()
  }

  /// How many of its deviations the distance lies above that of perfect points.
  var excess: Double { (variation - nullMean) / nullDeviation }
}

extension [Double] {
  /// The first index whose element, and all after it, belongs to the upper part of a sorted list.
  fileprivate func partitioningIndex(_ belongs: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
