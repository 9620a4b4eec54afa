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
  /// - Precondition: `0 < stop < horizon`.
  public init(horizon: Double, stop: Double) {
    precondition(stop > 0 && horizon > stop, "The process needs 0 < stop < horizon.")
    self.horizon = horizon
    self.stop = stop
  }

  public var priorDeviation: Double { 1 }

  public func level(at time: Double) -> NoiseLevel {
    // expm1 keeps sigma accurate at small times, where 1 - e^-2t cancels.
    NoiseLevel(alpha: exp(-time), sigma: (-expm1(-2 * time)).squareRoot())
  }

  public func level(atLogSNR logSNR: Double) -> NoiseLevel {
    // alpha^2 + sigma^2 = 1, so both are logistic functions of the log ratio.
    NoiseLevel(
      alpha: (1 / (1 + exp(-logSNR))).squareRoot(), sigma: (1 / (1 + exp(logSNR))).squareRoot())
  }

  public func time(atLogSNR logSNR: Double) -> Double { 0.5 * log1p(exp(-logSNR)) }

  public func drift(at time: Double) -> Double { -1 }

  public func diffusionSquared(at time: Double) -> Double { 2 }
}
