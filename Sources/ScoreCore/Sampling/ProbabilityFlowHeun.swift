/// Heun's second-order rule on the probability-flow ODE `dx/dt = f x - g^2 s / 2`.
///
/// Source: Song et al. 2021 (arXiv:2011.13456), eq. 13, for the ODE.
public struct ProbabilityFlowHeun: Sampler {
  public init() {}

  public var isDeterministic: Bool { true }
  public var order: Int { 2 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout RandomStream
  ) {
    let h = step.to - step.from
    let first = slope(points, at: step.from, process: process, score: score)
    var euler = points
    for i in euler.values.indices { euler.values[i] += h * first[i] }
    let second = slope(euler, at: step.to, process: process, score: score)
    for i in points.values.indices { points.values[i] += h / 2 * (first[i] + second[i]) }
  }

  private func slope(
    _ points: Points, at time: Double, process: any ForwardProcess, score: any ScoreFunction
  ) -> [Double] {
    let drift = process.drift(at: time)
    let halfDiffusion = process.diffusionSquared(at: time) / 2
    let s = score.score(at: points, level: process.level(at: time))
    return points.values.indices.map { drift * points.values[$0] - halfDiffusion * s.values[$0] }
  }
}

extension CatalogEntry where Member == any Sampler {
  static let probabilityFlowHeun = Self(
    name: "probability_flow_heun", summary: "probability-flow ODE, second order",
    source: "Song et al. 2021 (arXiv:2011.13456), eq. 13; Heun's rule"
  ) { _ in ProbabilityFlowHeun() }
}
