import Glibc

/// `log(sigma / alpha)` normal, cut to the range of the process.
///
/// Source: Karras, Aittala, Aila and Laine 2022 (arXiv:2206.00364), Table 1: mean -1.2 and
/// deviation 1.2 for data of deviation 0.5.
public struct LogNormalSigma: LevelDraw {
  /// The mean of `log(sigma / alpha)`.
  public let mean: Double
  /// Its standard deviation, positive.
  public let deviation: Double

  public init(mean: Double = -1.2, deviation: Double = 1.2) {
    precondition(deviation > 0, "A normal distribution has a positive deviation.")
    self.mean = mean
    self.deviation = deviation
  }

  public func level(atQuantile u: Double, of process: any ForwardProcess) -> NoiseLevel {
    let range = range(of: process)
    let p = range.isUpper ? range.rest + (1 - u) * range.mass : range.rest + u * range.mass
    let z = StandardNormal.quantile(min(max(p, .leastNormalMagnitude), 1 - 0x1p-53))
    let logSNR = -2 * (mean + deviation * (range.isUpper ? -z : z))
    let bounds = process.logSNRRange
    return process.level(atLogSNR: min(max(logSNR, bounds.lowerBound), bounds.upperBound))
  }

  public func density(atLogSNR logSNR: Double, of process: any ForwardProcess) -> Double? {
    let bounds = process.logSNRRange
    // log(sigma / alpha) is -logSNR / 2.
    let density = StandardNormal.density((-logSNR / 2 - mean) / deviation) / (2 * deviation)
    return density / range(of: process).mass * (bounds.upperBound - bounds.lowerBound)
  }

  /// The probability that the normal distribution, before the cut, gives to the range of the
  /// process.
  public func mass(inRangeOf process: any ForwardProcess) -> Double { range(of: process).mass }

  /// The probability of the range of the process, and of the smaller of what lies beyond its ends
  /// where the range is in one tail of the distribution: probabilities of an upper tail lose their
  /// digits as differences from 1.
  private func range(
    of process: any ForwardProcess
  ) -> (rest: Double, mass: Double, isUpper: Bool) {
    let bounds = process.logSNRRange
    let low = (-bounds.upperBound / 2 - mean) / deviation
    let high = (-bounds.lowerBound / 2 - mean) / deviation
    guard low > 0 else {
      let below = StandardNormal.cdf(low)
      return (below, StandardNormal.cdf(high) - below, false)
    }
    let above = StandardNormal.tail(high)
    return (above, StandardNormal.tail(low) - above, true)
  }
}

extension CatalogEntry where Member == any LevelDraw {
  static let logNormal = Self(
    name: "log_normal", summary: "log(sigma / alpha) normal, cut to the process's range",
    source: "Karras et al. 2022 (arXiv:2206.00364), Table 1",
    parameters: [
      ParameterDescription(
        "sigma_mean", "mean of log(sigma / alpha)", .number(default: -1.2, range: -3...3)),
      ParameterDescription(
        "sigma_deviation", "its standard deviation", .number(default: 1.2, range: 0.5...10)),
    ]
  ) { LogNormalSigma(mean: $0.number("sigma_mean"), deviation: $0.number("sigma_deviation")) }
}
