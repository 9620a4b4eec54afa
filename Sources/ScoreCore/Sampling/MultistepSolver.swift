/// DPM-Solver++(2M): the probability-flow ODE in `lambda = log(alpha / sigma)`, second order with
/// one score a step.
///
/// With the clean estimate `D = (x + sigma_t^2 s) / alpha_t`, its predecessor `D_p`, the step h in
/// lambda and the step `h_p` before
/// ```
/// x' = (sigma_s / sigma_t) x + alpha_s (1 - e^-h) (D + (h / 2 h_p) (D - D_p))
/// ```
/// The first step, and one to no noise at all, leaves the difference out; such a step is DDIM's.
///
/// Source: Lu et al. 2022, "DPM-Solver++" (arXiv:2211.01095), algorithm 2.
public struct MultistepSolver: Sampler {
  public init() {}

  public var isDeterministic: Bool { true }
  public var order: Int { 2 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    let (from, to) = (process.level(at: step.from), process.level(at: step.to))
    var clean = score.score(at: points, level: from)
    clean.blend(from.sigma * from.noiseRatio, adding: (1 / from.alpha, points))

    let kept = to.sigma / from.sigma
    let factor = to.alpha - kept * from.alpha
    if let previous = memory.previous, to.sigma > 0 {
      let extrapolation =
        (to.logSNR - from.logSNR) / (2 * (from.logSNR - previous.level.logSNR))
      points.blend(
        kept, adding: (factor * (1 + extrapolation), clean),
        (-factor * extrapolation, previous.clean))
    } else {
      points.blend(kept, adding: (factor, clean))
    }
    memory.previous = SamplerMemory.Estimate(clean: clean, level: from)
  }
}

extension CatalogEntry where Member == any Sampler {
  static let multistepSolver = Self(
    name: "dpm_solver_2m", summary: "DPM-Solver++(2M), second order, one score a step",
    source: "Lu et al. 2022 (arXiv:2211.01095), algorithm 2"
  ) { _ in MultistepSolver() }
}
