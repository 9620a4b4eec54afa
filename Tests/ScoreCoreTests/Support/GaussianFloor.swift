import Glibc
import ScoreCore
import TestSupport

/// The Bayes floor of Gaussian data under the Ornstein-Uhlenbeck process in closed form.
enum GaussianFloor {
  /// The floor averaged over the levels a draw takes.
  ///
  /// At log SNR l the floor a coordinate is `v0 / (v0 + e^-l)`, whose integral is
  /// `log(1 + v0 e^l)`. In time it is `v0 w / (1 + (v0 - 1) w)` with `w = e^-2t`, whose integral
  /// over t is `-v0 log(1 + (v0 - 1) w) / (2 (v0 - 1))`, or `-w / 2` for `v0 = 1`.
  static func average(
    _ distribution: ReferenceGaussian, levels: LevelKind, process: OrnsteinUhlenbeck
  ) -> Double {
    let v0 = distribution.variance
    let integral: Double
    let width: Double
    switch levels {
    case .uniformLogSNR:
      func antiderivative(_ l: Double) -> Double { log1p(v0 * exp(l)) }
      let range = process.logSNRRange
      integral = antiderivative(range.upperBound) - antiderivative(range.lowerBound)
      width = range.upperBound - range.lowerBound
    case .uniformTime:
      func antiderivative(_ t: Double) -> Double {
        let w = exp(-2 * t)
        return v0 == 1 ? -w / 2 : -v0 * log1p((v0 - 1) * w) / (2 * (v0 - 1))
      }
      integral = antiderivative(process.horizon) - antiderivative(process.stop)
      width = process.horizon - process.stop
    }
    return Double(distribution.dimension) * integral / width
  }
}
