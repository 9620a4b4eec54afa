import ScoreCore

/// Plain statistics of 1-D samples.
package enum Samples {
  package static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// The mean square about zero.
  package static func second(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
  }

  /// The Wasserstein-1 distance between two samples of the same size.
  package static func wasserstein(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count, "Equal sizes are matched in order.")
    return zip(a.sorted(), b.sorted()).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(a.count)
  }

  /// sqrt(n) times the largest distance of the distribution functions; above 2.23 in one of
  /// 10,000 samples.
  package static func kolmogorovSmirnov(_ values: [Double], cdf: (Double) -> Double) -> Double {
    let n = Double(values.count)
    var largest = 0.0
    for (index, value) in values.sorted().enumerated() {
      let expected = cdf(value)
      largest = max(
        largest, abs(expected - Double(index) / n), abs(Double(index + 1) / n - expected))
    }
    return largest * n.squareRoot()
  }

  /// Pearson's statistic of counts whose expected values are equal.
  package static func chiSquare(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    return counts.reduce(0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
  }
}
