/// Euler's rule on the probability-flow ODE `dx/dt = f x - g^2 s / 2`.
///
/// Source: Song et al. 2021 (arXiv:2011.13456), eq. 13, for the ODE.
public struct ProbabilityFlowEuler: Sampler {
  public init() {}

  public var isDeterministic: Bool { true }
  public var order: Int { 1 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    let h = step.to - step.from
    AffineMove(
      points: 1 + h * process.drift(at: step.from),
      score: -h / 2 * process.diffusionSquared(at: step.from)
    ).apply(to: &points, at: process.level(at: step.from), score: score, noise: &noise)
  }
}

extension CatalogEntry where Member == any Sampler {
  static let probabilityFlowEuler = Self(
    name: "probability_flow_euler", summary: "probability-flow ODE, first order",
    source: "Song et al. 2021 (arXiv:2011.13456), eq. 13; Euler's rule"
  ) { _ in ProbabilityFlowEuler() }
}
