import Foundation
import ScoreCore

/// A strictly increasing map of a column's numbers to coordinates of about unit size, and back.
struct ColumnScale: Sendable, Equatable {
  private enum Form: Sendable, Equatable {
    /// Numbers and their coordinates, both ascending, at least two; straight between and beyond them.
    case knots([Double], [Double])
    /// `(x - centre) / unit`.
    case affine(centre: Double, unit: Double)
    /// The same of `sign(x) log(1 + |x| / size)`.
    case log(size: Double, centre: Double, unit: Double)
  }

  /// The most numbers whose ranks are kept.
  static let mostKnots = 1000

  private let form: Form

  /// Fits the map to finite numbers; without any it is the identity.
  init(_ scaling: ColumnSchema.Scaling, fitting values: [Double]) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last, first < last else {
      form = .affine(centre: sorted.first ?? 0, unit: 1)
      return
    }
    switch scaling {
    case .quantile: form = Self.quantiles(sorted)
    case .standard: form = Self.standard(sorted)
    case .robust: form = Self.robust(sorted)
    case .log:
      let sizes = sorted.map(abs).filter { $0 > 0 }.sorted()
      let size = sizes[sizes.count / 2]
      let (centre, unit) = Self.moments(sorted.map { Self.compressed($0, size) })
      form = .log(size: size, centre: centre, unit: unit)
    }
  }

  /// The coordinate of a number.
  func coordinate(_ value: Double) -> Double {
    switch form {
    case .knots(let values, let scores): Self.interpolate(value, from: values, to: scores)
    case .affine(let centre, let unit): (value - centre) / unit
    case .log(let size, let centre, let unit): (Self.compressed(value, size) - centre) / unit
    }
  }

  /// The number of a coordinate; may be infinite for a large one, and NaN for NaN.
  func value(_ coordinate: Double) -> Double {
    switch form {
    case .knots(let values, let scores):
      return Self.interpolate(coordinate, from: scores, to: values)
    case .affine(let centre, let unit): return coordinate * unit + centre
    case .log(let size, let centre, let unit):
      let y = coordinate * unit + centre
      return y < 0 ? -size * expm1(-y) : size * expm1(y)
    }
  }

  private static func compressed(_ x: Double, _ size: Double) -> Double {
    x < 0 ? -log1p(-x / size) : log1p(x / size)
  }

  private static func moments(_ values: [Double]) -> (centre: Double, unit: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / n }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / n }
    return (mean, variance > 0 ? variance.squareRoot() : 1)
  }

  private static func standard(_ values: [Double]) -> Form {
    let (centre, unit) = moments(values)
    return .affine(centre: centre, unit: unit)
  }

  private static func robust(_ sorted: [Double]) -> Form {
    func quantile(_ p: Double) -> Double { sorted[Int(p * Double(sorted.count - 1))] }
    // The quarters of a standard normal law are 1.349 apart.
    let unit = (quantile(0.75) - quantile(0.25)) / (2 * StandardNormal.quantile(0.75))
    return unit > 0 ? .affine(centre: quantile(0.5), unit: unit) : standard(sorted)
  }

  /// Each number's middle rank as a normal quantile, for up to ``mostKnots`` distinct numbers.
  private static func quantiles(_ sorted: [Double]) -> Form {
    var values: [Double] = []
    var ranks: [Double] = []
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count && sorted[end] == sorted[start] { end += 1 }
      values.append(sorted[start])
      ranks.append(Double(start + end) / 2 / Double(sorted.count))
      start = end
    }
    let count = min(values.count, mostKnots)
    let kept = (0..<count).map { $0 * (values.count - 1) / (count - 1) }
    return .knots(kept.map { values[$0] }, kept.map { StandardNormal.quantile(ranks[$0]) })
  }

  private static func interpolate(_ x: Double, from: [Double], to: [Double]) -> Double {
    var (low, high) = (0, from.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if from[middle] <= x { low = middle } else { high = middle }
    }
    // A knot comes back exactly.
    if x == from[low] { return to[low] }
    if x == from[high] { return to[high] }
    return to[low] + (x - from[low]) / (from[high] - from[low]) * (to[high] - to[low])
  }
}
