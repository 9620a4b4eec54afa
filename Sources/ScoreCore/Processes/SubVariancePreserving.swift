import Glibc

/// The sub-VP process: the drift of the variance-preserving one with less noise.
///
/// With `B = int_0^t beta`: `alpha = e^(-B/2)`, `sigma = 1 - e^-B` and
/// `g^2 = beta (1 - e^(-2B))`.
///
/// Source: Song et al. 2021 (arXiv:2011.13456), section 3.4 and appendix B.
public struct SubVariancePreserving: ForwardProcess, Equatable {
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

  public func level(at time: Double) -> NoiseLevel { level(atIntegral: beta.integral(to: time)) }

  public func level(atLogSNR logSNR: Double) -> NoiseLevel {
    level(atIntegral: integral(atLogSNR: logSNR))
  }

  public func time(atLogSNR logSNR: Double) -> Double {
    beta.time(atIntegral: integral(atLogSNR: logSNR))
  }

  public func drift(at time: Double) -> Double { -beta.rate(at: time) / 2 }

  public func diffusionSquared(at time: Double) -> Double {
    beta.rate(at: time) * -expm1(-2 * beta.integral(to: time))
  }

  /// With `sigma = 1 - alpha^2` the integral is that of `2 / alpha + (2 / 3) alpha^3`; the difference
  /// of both ends is taken apart so that nothing cancels where alpha is near 1.
  public func frozenScoreWeight(from start: Double, to end: Double) -> Double {
    let (from, to) = (level(at: start), level(at: end))
    let product = from.alpha * to.alpha
    let sum = from.sigma + to.sigma
    let lost = (sum - from.sigma * to.sigma) / (1 + product)  // 1 - product
    let decay = (from.sigma - to.sigma) / (from.alpha + to.alpha)  // of alpha
    return decay * (2.0 / 3) * (lost * (3 + product) / product + sum)
  }

  private func level(atIntegral integral: Double) -> NoiseLevel {
    NoiseLevel(alpha: exp(-integral / 2), sigma: -expm1(-integral))
  }

  // sigma / alpha = 2 sinh(B / 2).
  private func integral(atLogSNR logSNR: Double) -> Double { 2 * asinh(exp(-logSNR / 2) / 2) }
}

extension CatalogEntry where Member == any ForwardProcess {
  static let subVariancePreserving = Self(
    name: "sub_vp", summary: "drift of vp with less noise",
    source: "Song et al. 2021 (arXiv:2011.13456), section 3.4", parameters: LinearBeta.parameters
  ) { parameters throws(ParameterError) in
    let (stop, horizon) = try parameters.orderedNumbers("stop", below: "horizon")
    return SubVariancePreserving(beta: try LinearBeta(parameters), horizon: horizon, stop: stop)
  }
}
