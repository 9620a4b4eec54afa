import Glibc

/// The process of EDM, whose time is its noise: `alpha = 1`, `sigma = t`.
///
/// Source: Karras, Aittala, Aila and Laine 2022 (arXiv:2206.00364), section 3 and table 1.
public struct ElucidatedProcess: ForwardProcess, Equatable {
  /// The largest noise, a standard deviation in data units, where sampling starts.
  public let horizon: Double
  /// The smallest noise, where sampling stops.
  public let stop: Double

  /// Creates the process on `[sigmaMinimum, sigmaMaximum]`.
  ///
  /// - Precondition: `0 < sigmaMinimum < sigmaMaximum`.
  public init(sigmaMinimum: Double = 0.002, sigmaMaximum: Double = 80) {
    precondition(
      sigmaMinimum > 0 && sigmaMaximum > sigmaMinimum, "The noise must grow from above zero.")
    horizon = sigmaMaximum
    stop = sigmaMinimum
  }

  public var priorDeviation: Double { horizon }

  public func level(at time: Double) -> NoiseLevel { NoiseLevel(alpha: 1, sigma: time) }

  public func level(atLogSNR logSNR: Double) -> NoiseLevel {
    NoiseLevel(alpha: 1, sigma: exp(-logSNR / 2))
  }

  public func time(atLogSNR logSNR: Double) -> Double { exp(-logSNR / 2) }

  public func drift(at time: Double) -> Double { 0 }

  public func diffusionSquared(at time: Double) -> Double { 2 * time }

  public func frozenScoreWeight(from start: Double, to end: Double) -> Double {
    harmonicScoreWeight(from: start, to: end)
  }
}

extension CatalogEntry where Member == any ForwardProcess {
  static let elucidated = Self(
    name: "edm", summary: "time is the noise deviation, no decay",
    source: "Karras et al. 2022 (arXiv:2206.00364), table 1",
    parameters: [
      ParameterDescription(
        "sigma_min", "noise sampling stops at, in data units",
        .number(default: 0.002, range: 1e-5...10)),
      ParameterDescription(
        "sigma_max", "noise sampling starts from, in data units",
        .number(default: 80, range: 0.1...1000)),
    ]
  ) { parameters throws(ParameterError) in
    let (minimum, maximum) = try parameters.orderedNumbers("sigma_min", below: "sigma_max")
    return ElucidatedProcess(sigmaMinimum: minimum, sigmaMaximum: maximum)
  }
}
