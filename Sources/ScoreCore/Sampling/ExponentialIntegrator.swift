/// The reverse SDE with the score frozen on each step and the linear part solved exactly.
///
/// With `rho = sigma / alpha`, whose square grows at the rate `g^2 / alpha^2`, and a step from t to s
/// ```
/// x' = (alpha_s / alpha_t) x + alpha_s (int_s^t alpha d rho^2) s(x)
///      + alpha_s sqrt(rho_t^2 - rho_s^2) xi
/// ```
/// For the Ornstein-Uhlenbeck process with step h that is
/// `e^h x + 2 (e^h - 1) s + sqrt(e^2h - 1) xi`, and without decay `x + (sigma_t^2 - sigma_s^2) s`
/// plus noise. Each process knows its integral in closed form
/// (``ForwardProcess/frozenScoreWeight(from:to:)``).
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), section 1; the closed step
/// follows by integrating the frozen-score equation.
public struct ExponentialIntegrator: Sampler {
  public init() {}

  public var isDeterministic: Bool { false }
  public var order: Int { 1 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    let (from, to) = (process.level(at: step.from), process.level(at: step.to))
    let removed = (from.noiseRatio - to.noiseRatio) * (from.noiseRatio + to.noiseRatio)
    AffineMove(
      points: to.alpha / from.alpha,
      score: to.alpha * process.frozenScoreWeight(from: step.from, to: step.to),
      noise: to.alpha * removed.squareRoot()
    ).apply(to: &points, at: from, score: score, noise: &noise)
  }
}

extension CatalogEntry where Member == any Sampler {
  static let exponentialIntegrator = Self(
    name: "exponential_integrator", summary: "reverse SDE, linear part exact",
    source: "Gupta et al. 2024 (arXiv:2311.13745), section 1"
  ) { _ in ExponentialIntegrator() }
}
