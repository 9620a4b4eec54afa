import Glibc

/// The variance-exploding process: `alpha = 1`, `sigma = minimum (maximum / minimum)^t`, t in (0, 1].
///
/// Source: Song et al. 2021 (arXiv:2011.13456), section 3.4 and appendix C.
public struct VarianceExploding: ForwardProcess, Equatable {
  public var horizon: Double { 1 }
  public let stop: Double
  /// The noise at time 0, a standard deviation in data units.
  public let sigmaMinimum: Double
  /// The noise at time 1, a standard deviation in data units.
  public let sigmaMaximum: Double

  /// Creates the process on `[stop, 1]`.
  ///
  /// - Precondition: `0 < sigmaMinimum < sigmaMaximum` and `0 < stop < 1`.
  public init(sigmaMinimum: Double = 0.01, sigmaMaximum: Double = 50, stop: Double = 1e-5) {
    precondition(
      sigmaMinimum > 0 && sigmaMaximum > sigmaMinimum, "The noise must grow from above zero.")
    precondition(stop > 0 && stop < 1, "The process needs 0 < stop < 1.")
    self.sigmaMinimum = sigmaMinimum
    self.sigmaMaximum = sigmaMaximum
    self.stop = stop
  }

  private var logGrowth: Double { log(sigmaMaximum / sigmaMinimum) }

  public var priorDeviation: Double { sigmaMaximum }

  public func level(at time: Double) -> NoiseLevel {
    NoiseLevel(alpha: 1, sigma: sigmaMinimum * exp(time * logGrowth))
  }

  public func level(atLogSNR logSNR: Double) -> NoiseLevel {
    NoiseLevel(alpha: 1, sigma: exp(-logSNR / 2))
  }

  public func time(atLogSNR logSNR: Double) -> Double {
    (-logSNR / 2 - log(sigmaMinimum)) / logGrowth
  }

  public func drift(at time: Double) -> Double { 0 }

  public func diffusionSquared(at time: Double) -> Double {
    let sigma = level(at: time).sigma
    return 2 * logGrowth * sigma * sigma
  }

  public func frozenScoreWeight(from start: Double, to end: Double) -> Double {
    harmonicScoreWeight(from: start, to: end)
  }
}

extension CatalogEntry where Member == any ForwardProcess {
  static let varianceExploding = Self(
    name: "ve", summary: "variance exploding, geometric sigma",
    source: "Song et al. 2021 (arXiv:2011.13456), section 3.4",
    parameters: [
      ParameterDescription(
        "sigma_min", "noise at time 0, in data units", .number(default: 0.01, range: 1e-4...10)),
      ParameterDescription(
        "sigma_max", "noise at time 1, in data units", .number(default: 50, range: 0.1...1000)),
      ParameterDescription(
        "stop", "time the reverse process stops at", .number(default: 1e-5, range: 1e-6...0.5)),
    ]
  ) { parameters throws(ParameterError) in
    let (minimum, maximum) = try parameters.orderedNumbers("sigma_min", below: "sigma_max")
    return VarianceExploding(
      sigmaMinimum: minimum, sigmaMaximum: maximum, stop: parameters.number("stop"))
  }
}
