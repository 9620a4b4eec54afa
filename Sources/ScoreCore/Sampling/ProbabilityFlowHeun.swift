/// Heun's second-order rule on the probability-flow ODE `dx/dt = f x - g^2 s / 2`.
///
/// Source: Song et al. 2021 (arXiv:2011.13456), eq. 13, for the ODE.
public struct ProbabilityFlowHeun: Sampler {
  public init() {}

  public var isDeterministic: Bool { true }
  public var order: Int { 2 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    let h = step.to - step.from
    let first = slope(points, at: step.from, process: process, score: score)
    var euler = points
    euler.blend(1, adding: (h, first))
    let second = slope(euler, at: step.to, process: process, score: score)
    points.blend(1, adding: (h / 2, first), (h / 2, second))
  }

  private func slope(
    _ points: Points, at time: Double, process: any ForwardProcess, score: any ScoreFunction
  ) -> Points {
    var slope = score.score(at: points, level: process.level(at: time))
    slope.blend(
      -process.diffusionSquared(at: time) / 2, adding: (process.drift(at: time), points))
    return slope
  }
}

extension CatalogEntry where Member == any Sampler {
  static let probabilityFlowHeun = Self(
    name: "probability_flow_heun", summary: "probability-flow ODE, second order",
    source: "Song et al. 2021 (arXiv:2011.13456), eq. 13; Heun's rule"
  ) { _ in ProbabilityFlowHeun() }
}
