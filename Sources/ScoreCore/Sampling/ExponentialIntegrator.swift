/// The reverse SDE with the score frozen on each step and the linear part solved exactly.
///
/// For the Ornstein-Uhlenbeck process with step h:
/// ```
/// x' = e^h x + 2 (e^h - 1) s(x) + sqrt(e^2h - 1) xi
/// ```
/// Any variance-preserving process is that process in the clock `-log alpha`, so `e^h` is the
/// ratio of the alphas.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), section 1; the closed step
/// follows by integrating the frozen-score equation.
public struct ExponentialIntegrator: Sampler {
  public init() {}

  public var isDeterministic: Bool { false }
  public var order: Int { 1 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout RandomStream
  ) {
    let level = process.level(at: step.from)
    let growth = process.level(at: step.to).alpha / level.alpha
    let s = score.score(at: points, level: level)
    let spread = (growth * growth - 1).squareRoot()
    for i in points.values.indices {
      points.values[i] =
        growth * points.values[i] + 2 * (growth - 1) * s.values[i] + spread * noise.normal()
    }
  }
}

extension CatalogEntry where Member == any Sampler {
  static let exponentialIntegrator = Self(
    name: "exponential_integrator", summary: "reverse SDE, linear part exact",
    source: "Gupta et al. 2024 (arXiv:2311.13745), section 1"
  ) { _ in ExponentialIntegrator() }
}
