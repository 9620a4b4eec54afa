import Glibc

/// The Ornstein-Uhlenbeck process `dx = -x dt + sqrt(2) dB`: `alpha = e^-t`,
/// `sigma^2 = 1 - e^-2t`.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), section 1.
public struct OrnsteinUhlenbeck: ForwardProcess, Equatable {
  public let horizon: Double
  public let stop: Double

  /// Creates the process on `[stop, horizon]`.
  ///
  /// - Precondition: `0 < stop < horizon <= 700`; beyond that no signal is left in float64.
  public init(horizon: Double, stop: Double) {
    precondition(
      stop > 0 && horizon > stop && horizon <= 700,
      "The process needs 0 < stop < horizon <= 700.")
    self.horizon = horizon
    self.stop = stop
  }

  public var priorDeviation: Double { 1 }

  public func level(at time: Double) -> NoiseLevel {
    // expm1 keeps sigma accurate at small times, where 1 - e^-2t cancels.
    NoiseLevel(alpha: exp(-time), sigma: (-expm1(-2 * time)).squareRoot())
  }

  public func level(atLogSNR logSNR: Double) -> NoiseLevel { .variancePreserving(logSNR: logSNR) }

  public func time(atLogSNR logSNR: Double) -> Double {
    OrnsteinUhlenbeck.clock(atLogSNR: logSNR)
  }

  public func drift(at time: Double) -> Double { -1 }

  public func diffusionSquared(at time: Double) -> Double { 2 }

  public func frozenScoreWeight(from start: Double, to end: Double) -> Double {
    harmonicScoreWeight(from: start, to: end)
  }

  /// The time at which this process has a log signal-to-noise ratio, `log(1 + e^-logSNR) / 2`.
  ///
  /// It is a clock for every process: one rescaled to `alpha^2 + sigma^2 = 1` is this process at
  /// that time.
  static func clock(atLogSNR logSNR: Double) -> Double {
    logSNR < 0 ? 0.5 * (log1p(exp(logSNR)) - logSNR) : 0.5 * log1p(exp(-logSNR))
  }

  /// The log signal-to-noise ratio at a time, `-log(e^2t - 1)`.
  static func logSNR(atClock time: Double) -> Double { -2 * time - log(-expm1(-2 * time)) }
}

extension CatalogEntry where Member == any ForwardProcess {
  static let ornsteinUhlenbeck = Self(
    name: "ornstein_uhlenbeck", summary: "dx = -x dt + sqrt(2) dB",
    source: "Gupta et al. 2024 (arXiv:2311.13745), section 1",
    parameters: [
      ParameterDescription(
        "horizon", "time the reverse process starts at", .number(default: 5, range: 0.5...20)),
      ParameterDescription(
        "stop", "time it stops at, below the horizon", .number(default: 0.001, range: 1e-6...0.5)),
    ]
  ) { parameters throws(ParameterError) in
    let (stop, horizon) = try parameters.orderedNumbers("stop", below: "horizon")
    return OrnsteinUhlenbeck(horizon: horizon, stop: stop)
  }
}
