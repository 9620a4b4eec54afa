import Glibc
import ScoreCore
import ScoreLab

/// One root mean square error over another, with a 95% interval.
///
/// The logarithm of the ratio is half the difference of the logarithms of two means of squares; its
/// standard error is that of the linearised difference (the delta method), at the same points or at
/// independent ones.
struct ErrorRatio: Codable, Sendable, Equatable {
  let value: Double
  /// Nil where a mean is 0 or no number, so that there is no logarithm.
  let interval: ClosedRange<Double>?

  /// Compares two estimates at the same points.
  ///
  /// - Precondition: As many squared errors of each, at least two.
  init(paired a: [Double], over b: [Double]) {
    precondition(a.count == b.count && a.count > 1, "Errors of the same points are compared.")
    let (meanA, meanB) = (Estimate(a).value, Estimate(b).value)
    value = (meanA / meanB).squareRoot()
    guard meanA > 0, meanB > 0, value.isFinite else {
      interval = nil
      return
    }
    let spread = Estimate(zip(a, b).map { $0 / meanA - $1 / meanB }).standardError
    let reach = StandardNormal.quantile(0.975) * spread / 2
    interval = value * exp(-reach)...value * exp(reach)
  }
}
