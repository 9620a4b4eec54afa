import ScoreCore
import ScoreLab
import ScoreTheory

/// Ranks of parameters among draws given their own observations, coordinate by coordinate: uniform where the
/// draws are of the posterior.
///
/// Source: Talts, Betancourt, Simpson, Vehtari and Gelman 2018 (arXiv:1804.06788), Theorem 1.
struct RankHistogram: Codable, Sendable, Equatable {
  /// The number of ranks 0 to L, `[coordinates][L + 1]`.
  var counts: [[Int]]

  /// Ranks each row of parameters among draws given the same row of observations.
  init(
    _ source: any PosteriorSource, parameters: Points, observations: Points, draws: Int,
    seed: UInt64
  ) {
    counts = (0..<parameters.dimension).map { _ in Array(repeating: 0, count: draws + 1) }
    for row in 0..<parameters.count {
      let drawn = source.draw(
        given: observations.row(row), count: draws,
        seed: RandomStream.derivedSeed(seed: seed, index: UInt64(row)))
      for axis in counts.indices {
        counts[axis][drawn.column(axis).count { $0 < parameters[row, axis] }] += 1
      }
    }
  }

  init(counts: [[Int]]) { self.counts = counts }

  /// The counts of bins of as many ranks each, `[coordinates][bins]`.
  func binned(_ bins: Int) -> [[Int]] {
    counts.map { counts in
      (0..<bins).map { bin in
        counts[bin * counts.count / bins..<(bin + 1) * counts.count / bins].reduce(0, +)
      }
    }
  }

  /// Chi-square of the binned ranks against uniform ones, of each coordinate.
  func chiSquares(bins: Int) -> [Double] {
    binned(bins).map { counts in
      let expected = Double(counts.reduce(0, +)) / Double(bins)
      return counts.reduce(0.0) {
        $0 + (Double($1) - expected) * (Double($1) - expected) / expected
      }
    }
  }

  /// `12 (u - 1/2)^2` of each ranked parameter along a coordinate, `u = (rank + 1/2) / (L + 1)`, in no order: the
  /// mean is 1 for uniform ranks, but for `1 / (L + 1)^2`, and above where draws are spread too little.
  func spreads(axis: Int) -> [Double] {
    let counts = counts[axis]
    return counts.indices.flatMap { rank -> [Double] in
      let u = (Double(rank) + 0.5) / Double(counts.count) - 0.5
      return Array(repeating: 12 * u * u, count: counts[rank])
    }
  }
}
