/// Langevin steps at each noise level in turn.
///
/// A move to the next level scales the points by the ratio of the alphas and then takes the steps
/// there, so the first level, whose distribution the pass starts from, takes none.
///
/// Source: Song and Ermon 2019 (arXiv:1907.05600), algorithm 1, whose step `alpha_i / 2` is the
/// one here.
public struct AnnealedLangevin: Sampler {
  public let stepsPerLevel: Int
  public let langevin: LangevinStep

  /// Creates the sampler.
  ///
  /// - Precondition: At least one step a level.
  public init(stepsPerLevel: Int = 5, langevin: LangevinStep = LangevinStep(factor: 0.1)) {
    precondition(stepsPerLevel >= 1, "A level takes at least one step.")
    self.stepsPerLevel = stepsPerLevel
    self.langevin = langevin
  }

  public var isDeterministic: Bool { false }
  public var order: Int { 0 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    let (from, to) = (process.level(at: step.from), process.level(at: step.to))
    let growth = to.alpha / from.alpha
    if growth != 1 { points.scale(by: growth) }
    langevin.apply(stepsPerLevel, to: &points, at: to, score: score, noise: &noise)
  }
}

/// A Langevin step `x' = x + e s + sqrt(2 e) xi` at one noise level, with `e = factor sigma^2`.
///
/// Repeated, it takes centred normal points of variance v to variance `v / (1 - e / 2v)`. As v is
/// at least `sigma^2`, the relative bias is at most about half the factor.
public struct LangevinStep: Sendable, Equatable {
  /// The step over the squared noise, in (0, 2).
  public let factor: Double

  /// Creates a step of a given size.
  ///
  /// - Precondition: `0 < factor < 2`; a longer step diverges on pure noise.
  public init(factor: Double) {
    precondition(factor > 0 && factor < 2, "A Langevin step is within its stable range.")
    self.factor = factor
  }

  /// Creates the step `e = 2 (r |z| / |s|)^2` of a signal-to-noise ratio r.
  ///
  /// The norms are taken at their values on pure noise, `|z| = sqrt(d)` and `|s| = sqrt(d) /
  /// sigma`, not over the batch as the paper does: a batch would tie the points to each other.
  ///
  /// Source: Song et al. 2021 (arXiv:2011.13456), appendix G, algorithms 4 and 5.
  ///
  /// - Precondition: `0 < signalToNoise < 1`.
  public init(signalToNoise: Double) {
    self.init(factor: 2 * signalToNoise * signalToNoise)
  }

  /// Takes several steps at a level; none where there is no noise.
  func apply(
    _ count: Int, to points: inout Points, at level: NoiseLevel, score: any ScoreFunction,
    noise: inout some NoiseSource
  ) {
    guard level.sigma > 0 else { return }
    let size = factor * level.sigma * level.sigma
    let move = AffineMove(points: 1, score: size, noise: (2 * size).squareRoot())
    for _ in 0..<count { move.apply(to: &points, at: level, score: score, noise: &noise) }
  }
}

extension Points {
  /// Multiplies every coordinate.
  mutating func scale(by factor: Double) {
    values.withUnsafeMutableBufferPointer { x in for i in x.indices { x[i] *= factor } }
  }
}

extension CatalogEntry where Member == any Sampler {
  static let annealedLangevin = Self(
    name: "annealed_langevin", summary: "Langevin steps at each noise level in turn",
    source: "Song and Ermon 2019 (arXiv:1907.05600), algorithm 1",
    parameters: [
      ParameterDescription(
        "steps_per_level", "Langevin steps at each level", .integer(default: 5, range: 1...1000)),
      ParameterDescription(
        "step_size", "what sets the length of a step",
        .choice(default: "factor", of: ["factor", "snr"])),
      ParameterDescription(
        "factor", "step over sigma^2, for step_size factor",
        .number(default: 0.1, range: 1e-5...1)),
      ParameterDescription(
        "snr", "signal-to-noise ratio, for step_size snr",
        .number(default: 0.16, range: 0.001...0.7)),
    ]
  ) { parameters in
    let langevin =
      parameters.text("step_size") == "snr"
      ? LangevinStep(signalToNoise: parameters.number("snr"))
      : LangevinStep(factor: parameters.number("factor"))
    return AnnealedLangevin(
      stepsPerLevel: parameters.integer("steps_per_level"), langevin: langevin)
  }
}
