/// Euler-Maruyama on the reverse SDE `dx = (-f x + g^2 s) dt + g dB`, time running backwards.
///
/// Source: Song et al. 2021 (arXiv:2011.13456), eq. 6 and appendix D.
public struct EulerMaruyama: Sampler {
  public init() {}

  public var isDeterministic: Bool { false }
  public var order: Int { 1 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    let h = step.from - step.to
    let diffused = h * process.diffusionSquared(at: step.from)
    AffineMove(
      points: 1 - h * process.drift(at: step.from), score: diffused, noise: diffused.squareRoot()
    ).apply(to: &points, at: process.level(at: step.from), score: score, noise: &noise)
  }
}

extension CatalogEntry where Member == any Sampler {
  static let eulerMaruyama = Self(
    name: "euler_maruyama", summary: "reverse SDE, plain Euler-Maruyama",
    source: "Maruyama 1955; Song et al. 2021 (arXiv:2011.13456), appendix D"
  ) { _ in EulerMaruyama() }
}
