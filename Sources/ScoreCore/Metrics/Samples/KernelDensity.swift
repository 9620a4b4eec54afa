import CVectorKernels
import Glibc

/// A density made of one Gaussian at each point of a sample, all of one width along each axis.
///
/// Source: Parzen 1962, "On estimation of a probability density function and mode"; Silverman 1986,
/// *Density Estimation for Statistics and Data Analysis*, section 4.2.
struct KernelDensity: Sendable {
  /// Beyond this a kernel is below 1e-17 of the largest, and its exponential is not worth taking.
  private static let farSquared = 80.0

  private let count: Int
  private let widths: [Double]
  /// The points over the widths, axis after axis, `[dimension, count]`.
  private let scaled: [Double]
  /// The logarithm of a kernel's height over the number of points.
  private let logHeight: Double

  /// Places a Gaussian of deviations `widths`, one for each axis, at every point.
  init(_ points: Points, widths: [Double]) {
    precondition(points.count > 0 && widths.count == points.dimension, "A width for each axis.")
    precondition(widths.allSatisfy { $0 > 0 }, "A kernel has a positive width.")
    count = points.count
    self.widths = widths
    scaled = widths.indices.flatMap { axis in points.column(axis).map { $0 / widths[axis] } }
    logHeight =
      -log(Double(points.count))
      - widths.reduce(0) { $0 + log($1) + StandardNormal.logSqrtTwoPi }
  }

  /// The log density at each point, `[x.count]`, in nats; on all cores.
  func logDensity(at x: Points) -> [Double] {
    precondition(x.dimension == widths.count, "Points and density differ in dimension.")
    return RowShards.map(count: x.count, costPerRow: 5 * count) { range in
      var squared = Array(repeating: 0.0, count: count)
      return range.map { row in
        let point = widths.indices.map { x[row, $0] / widths[$0] }
        return squared.withUnsafeMutableBufferPointer { logDensity(at: point, scratch: $0) }
      }
    }.flatMap { $0 }
  }

  private func logDensity(
    at point: [Double], scratch squared: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    guard let start = squared.baseAddress else { return -.infinity }
    sf_squared_distances(point, scaled, count, point.count, start)
    let least = squared.reduce(.infinity) { min($0, $1) }
    guard least.isFinite else { return -.infinity }
    var sum = 0.0
    for i in 0..<count where squared[i] - least < Self.farSquared {
      sum += exp((least - squared[i]) / 2)
    }
    return logHeight - least / 2 + log(sum)
  }
}
