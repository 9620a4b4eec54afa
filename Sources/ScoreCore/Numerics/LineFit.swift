import Glibc

/// The straight line through points by ordinary least squares.
public struct LineFit: Sendable, Equatable {
  public let slope: Double
  public let intercept: Double
  /// The standard error of the slope; NaN for two points.
  public let slopeError: Double
  public let count: Int

  /// Fits `y = intercept + slope x`.
  ///
  /// - Returns: Nil for fewer than two points, or where all are at one x.
  public init?(x: [Double], y: [Double]) {
    precondition(x.count == y.count, "Each x has a y.")
    let n = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    var (xx, xy) = (0.0, 0.0)
    for (x, y) in zip(x, y) {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (y - meanY)
    }
    guard x.count >= 2, xx > 0 else { return nil }
    let slope = xy / xx
    let intercept = meanY - slope * meanX
    var residual = 0.0
    for (x, y) in zip(x, y) {
      let gap = y - intercept - slope * x
      residual += gap * gap
    }
    self.slope = slope
    self.intercept = intercept
    slopeError = x.count > 2 ? (residual / (n - 2) / xx).squareRoot() : .nan
    count = x.count
  }

  /// Fits a power law `y = c x^slope` to the points at which both are positive and finite.
  ///
  /// - Returns: The line through the logarithms; nil where there is none.
  public static func powerLaw(x: [Double], y: [Double]) -> LineFit? {
    let points = zip(x, y).filter { $0 > 0 && $1 > 0 && $0.isFinite && $1.isFinite }
    return LineFit(x: points.map { log($0.0) }, y: points.map { log($0.1) })
  }

  /// An interval that holds the slope with a confidence, for independent normal errors.
  ///
  /// Student's t quantile with `count - 2` degrees of freedom times the standard error on either
  /// side; nil for two points.
  public func slopeInterval(confidence: Double = 0.95) -> ClosedRange<Double>? {
    guard count > 2, slopeError.isFinite else { return nil }
    let reach =
      StudentT.quantile((1 + confidence) / 2, degreesOfFreedom: count - 2) * slopeError
    return slope - reach...slope + reach
  }
}
