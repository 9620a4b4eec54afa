import Glibc
import ScoreCore

/// The samples needed for each of several errors, from the errors of many data sets at each n.
struct NeededSamples: Codable, Sendable, Equatable {
  /// The values of eps, descending.
  var eps: [Double]
  /// The n from which on the error stays below each.
  var needed: [Double]
  /// The power of eps in them.
  var power: Double
  /// The 95% interval of the power over resamples of the data sets; NaN where there is none.
  var low: Double
  var high: Double

  var interval: ClosedRange<Double>? { low <= high ? low...high : nil }
}

/// The error that a share of the data sets exceeds, at each n.
struct ErrorCurve: Sendable, Equatable {
  /// Ascending.
  let counts: [Double]
  let errors: [Double]

  /// - Parameters:
  ///   - counts: The numbers n, ascending.
  ///   - sorted: The errors of the data sets at each n, ascending.
  ///   - missShare: The share of the data sets with larger errors.
  init(counts: [Double], sorted: [[Double]], missShare: Double) {
    self.counts = counts
    errors = sorted.map { QuantileEstimate(ofSorted: $0, delta: missShare).orderStatistic }
  }

  private init(counts: [Double], errors: [Double]) {
    self.counts = counts
    self.errors = errors
  }

  /// Values of eps, even in their logarithm, from the error at the second n to that at the last but one.
  func eps(_ count: Int) -> [Double] {
    let (first, last) = (errors[1], errors[errors.count - 2])
    return (0..<count).map { first * pow(last / first, Double($0) / Double(count - 1)) }
  }

  /// The n from which on the error stays at most eps: on the straight line between the logarithms of
  /// neighbours, and beyond them on the line through all.
  func needed(_ eps: Double) -> Double {
    guard let last = errors.lastIndex(where: { $0 > eps }), last + 1 < errors.count else {
      guard let line = LineFit.powerLaw(x: counts, y: errors) else { return .nan }
      return exp((log(eps) - line.intercept) / line.slope)
    }
    let part = log(errors[last] / eps) / log(errors[last] / errors[last + 1])
    return counts[last] * pow(counts[last + 1] / counts[last], part)
  }

  /// The power of eps in the samples needed for values of it.
  func power(_ eps: [Double]) -> Double {
    LineFit.powerLaw(x: eps, y: eps.map { needed($0) })?.slope ?? .nan
  }

  /// The curve of as many data sets at each n, drawn from those there are with replacement.
  ///
  /// The rank counts alone: of so many draws of a place in ascending order, the one of that rank.
  static func resampled(
    counts: [Double], sorted: [[Double]], missShare: Double, using stream: inout RandomStream
  ) -> ErrorCurve {
    ErrorCurve(
      counts: counts,
      errors: sorted.map { errors in
        let rank = Int(((1 - missShare) * Double(errors.count) - 1e-9).rounded(.up))
        var drawn = Array(repeating: 0, count: errors.count)
        for _ in errors.indices { drawn[stream.integer(below: errors.count)] += 1 }
        var (place, sum) = (0, drawn[0])
        while sum < rank {
          place += 1
          sum += drawn[place]
        }
        return errors[place]
      })
  }
}

extension NeededSamples {
  /// Measures the power and its interval: the 2.5% and 97.5% quantiles over resamples.
  ///
  /// Source: Efron and Tibshirani 1993, *An Introduction to the Bootstrap*, section 13.3.
  init(
    counts: [Int], errors: [[Double]], missShare: Double, epsCount: Int, resamples: Int,
    using stream: inout RandomStream
  ) {
    let (counts, sorted) = (counts.map { Double($0) }, errors.map { $0.sorted() })
    let curve = ErrorCurve(counts: counts, sorted: sorted, missShare: missShare)
    let eps = curve.eps(epsCount)
    let powers = (0..<resamples).map { _ in
      ErrorCurve.resampled(
        counts: counts, sorted: sorted, missShare: missShare, using: &stream
      ).power(eps)
    }.sorted()
    let isKnown = powers.allSatisfy(\.isFinite)
    func bound(_ share: Double) -> Double {
      isKnown ? powers[Int((share * Double(powers.count - 1)).rounded())] : .nan
    }
    self.init(
      eps: eps, needed: eps.map { curve.needed($0) }, power: curve.power(eps), low: bound(0.025),
      high: bound(0.975))
  }
}
