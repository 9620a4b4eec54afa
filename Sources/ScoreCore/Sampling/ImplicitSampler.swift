/// DDIM: the clean point and the noise that the score implies, put together again at less noise.
///
/// ```
/// x' = alpha_s D + sqrt(sigma_s^2 - c^2) e + c xi,    e = -sigma_t s,  D = (x - sigma_t e) / alpha_t
/// ```
/// `c` is eta times the deviation of the posterior: eta 0 is deterministic, eta 1 the ancestral
/// sampler of small variance.
///
/// Source: Song, Meng and Ermon 2021 (arXiv:2010.02502), eq. 12 and 16.
public struct ImplicitSampler: Sampler {
  /// The share of the posterior's noise that is drawn, in 0...1.
  public let eta: Double

  /// Creates the sampler.
  ///
  /// - Precondition: `eta` is in 0...1.
  public init(eta: Double = 0) {
    precondition(eta >= 0 && eta <= 1, "The share of noise is from 0 to 1.")
    self.eta = eta
  }

  public var isDeterministic: Bool { eta == 0 }
  public var order: Int { 1 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    let (from, to) = (process.level(at: step.from), process.level(at: step.to))
    let drawn = eta * Bridge(from: from, to: to).posterior.squareRoot()
    let kept = max(0, (to.sigma - drawn) * (to.sigma + drawn)).squareRoot()
    let growth = to.alpha / from.alpha
    AffineMove(
      points: growth, score: from.sigma * (growth * from.sigma - kept), noise: drawn
    ).apply(to: &points, at: from, score: score, noise: &noise)
  }
}

extension CatalogEntry where Member == any Sampler {
  static let implicit = Self(
    name: "ddim", summary: "clean point and noise put together again",
    source: "Song, Meng and Ermon 2021 (arXiv:2010.02502), eq. 12",
    parameters: [
      ParameterDescription(
        "eta", "share of fresh noise: 0 is deterministic, 1 ancestral",
        .number(default: 0, range: 0...1))
    ]
  ) { parameters in ImplicitSampler(eta: parameters.number("eta")) }
}
