import Glibc

/// The variance-preserving process `dx = -beta x / 2 dt + sqrt(beta) dB` with a linear `beta(t)`.
///
/// It is the Ornstein-Uhlenbeck process at the time `(1/2) int_0^t beta`, and the limit of the
/// discrete chain with `beta_k = beta(k / N) / N`.
///
/// Source: Song et al. 2021 (arXiv:2011.13456), section 3.4 and appendix B; Ho, Jain and Abbeel
/// 2020 (arXiv:2006.11239) for the chain.
public struct VariancePreserving: ForwardProcess, Equatable {
  public let horizon: Double
  public let stop: Double
  private let beta: LinearBeta

  /// Creates the process on `[stop, horizon]` within (0, 1].
  ///
  /// - Precondition: `0 < betaMinimum <= betaMaximum` and `0 < stop < horizon <= 1`.
  public init(
    betaMinimum: Double = 0.1, betaMaximum: Double = 20, horizon: Double = 1, stop: Double = 0.001
  ) {
    self.init(
      beta: LinearBeta(minimum: betaMinimum, maximum: betaMaximum), horizon: horizon, stop: stop)
  }

  init(beta: LinearBeta, horizon: Double, stop: Double) {
    precondition(
      stop > 0 && horizon > stop && horizon <= 1, "The process needs 0 < stop < horizon <= 1.")
    self.beta = beta
    self.horizon = horizon
    self.stop = stop
  }

  public var priorDeviation: Double { 1 }

  public func level(at time: Double) -> NoiseLevel {
    let integral = beta.integral(to: time)
    return NoiseLevel(alpha: exp(-integral / 2), sigma: (-expm1(-integral)).squareRoot())
  }

  public func level(atLogSNR logSNR: Double) -> NoiseLevel { .variancePreserving(logSNR: logSNR) }

  public func time(atLogSNR logSNR: Double) -> Double {
    beta.time(atIntegral: 2 * OrnsteinUhlenbeck.clock(atLogSNR: logSNR))
  }

  public func drift(at time: Double) -> Double { -beta.rate(at: time) / 2 }

  public func diffusionSquared(at time: Double) -> Double { beta.rate(at: time) }

  public func frozenScoreWeight(from start: Double, to end: Double) -> Double {
    harmonicScoreWeight(from: start, to: end)
  }
}

extension CatalogEntry where Member == any ForwardProcess {
  static let variancePreserving = Self(
    name: "vp", summary: "variance preserving, linear beta",
    source: "Song et al. 2021 (arXiv:2011.13456), section 3.4", parameters: LinearBeta.parameters
  ) { parameters throws(ParameterError) in
    let (stop, horizon) = try parameters.orderedNumbers("stop", below: "horizon")
    return VariancePreserving(beta: try LinearBeta(parameters), horizon: horizon, stop: stop)
  }
}
