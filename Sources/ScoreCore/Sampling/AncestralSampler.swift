/// Ancestral sampling of the discrete chain: the posterior of `x_s` given `x_t` and the clean
/// point that the score implies.
///
/// With `r = alpha_t / alpha_s` and `b = sigma_t^2 - r^2 sigma_s^2`, the variance of one step of
/// the chain, the mean is `(x + b s) / r`. Its variance is `b sigma_s^2 / sigma_t^2`, right for
/// data at a single point, or `b`, right for standard normal data.
///
/// Source: Ho, Jain and Abbeel 2020 (arXiv:2006.11239), eq. 7 and section 3.2.
public struct AncestralSampler: Sampler {
  public enum Variance: String, Sendable, CaseIterable {
    case small
    case large
  }

  public let variance: Variance

  public init(variance: Variance = .small) { self.variance = variance }

  public var isDeterministic: Bool { false }
  public var order: Int { 1 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    let (from, to) = (process.level(at: step.from), process.level(at: step.to))
    let bridge = Bridge(from: from, to: to)
    // A step to no noise at all ends on its mean, as the paper's last step does.
    let isLarge = variance == .large && to.sigma > 0
    let variance = isLarge ? bridge.added : bridge.posterior
    AffineMove(
      points: 1 / bridge.ratio, score: bridge.added / bridge.ratio, noise: variance.squareRoot()
    ).apply(to: &points, at: from, score: score, noise: &noise)
  }
}

/// The distribution of the forward process between two of its levels.
struct Bridge {
  /// The factor `alpha_t / alpha_s` from the cleaner to the noisier level.
  let ratio: Double
  /// The variance that the process adds from the cleaner to the noisier level.
  let added: Double
  /// The variance at the cleaner level given the noisier and the clean point.
  let posterior: Double

  init(from: NoiseLevel, to: NoiseLevel) {
    ratio = from.alpha / to.alpha
    let kept = ratio * to.sigma
    // Rounding must not turn a step of next to nothing into a negative variance.
    added = max(0, (from.sigma - kept) * (from.sigma + kept))
    posterior = added * (to.sigma / from.sigma) * (to.sigma / from.sigma)
  }
}

extension CatalogEntry where Member == any Sampler {
  static let ancestral = Self(
    name: "ddpm_ancestral", summary: "posterior of the discrete chain",
    source: "Ho, Jain and Abbeel 2020 (arXiv:2006.11239), eq. 7",
    parameters: [
      ParameterDescription(
        "variance", "small is right for a single point, large for normal data",
        .choice(
          default: AncestralSampler.Variance.small.rawValue,
          of: AncestralSampler.Variance.allCases.map(\.rawValue)))
    ]
  ) { parameters in
    AncestralSampler(
      variance: AncestralSampler.Variance(rawValue: parameters.text("variance")) ?? .small)
  }
}
