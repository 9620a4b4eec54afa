import Glibc

/// Heun's rule in the noise `rho = sigma / alpha`, with optional churn: the sampler of EDM.
///
/// It works on `y = x / alpha`, where every process is `y = x_0 + rho z` and the probability-flow
/// ODE is `dy/d rho = (y - D) / rho = -rho s_y` with `s_y = alpha s`. Churn first adds noise, from
/// rho to `rho (1 + gamma)`. A step to no noise at all is Euler's. Churn in the first step raises the
/// noise above the horizon's, where no network was trained; a range that ends below avoids that.
///
/// Source: Karras, Aittala, Aila and Laine 2022 (arXiv:2206.00364), algorithm 2.
public struct ElucidatedHeun: Sampler {
  /// How much noise is put back over the whole pass, `S_churn`; 0 is the deterministic method.
  public let churn: Double
  /// The noise, sigma over alpha, at which churn acts, `[S_min, S_max]`.
  public let churnRange: ClosedRange<Double>
  /// The deviation of the noise put back, `S_noise`.
  public let noiseScale: Double

  /// Creates the sampler.
  ///
  /// - Precondition: `churn` and `noiseScale` are not negative.
  public init(
    churn: Double = 0, churnRange: ClosedRange<Double> = 0...Double.infinity,
    noiseScale: Double = 1
  ) {
    precondition(churn >= 0 && noiseScale >= 0, "Noise that is put back is not negative.")
    self.churn = churn
    self.churnRange = churnRange
    self.noiseScale = noiseScale
  }

  public var isDeterministic: Bool { churn == 0 }
  public var order: Int { 2 }

  public func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory
  ) {
    let start = process.level(at: step.from)
    let to = process.level(at: step.to)
    let from = addNoise(to: &points, at: start, over: step, process: process, noise: &noise)
    let width = to.noiseRatio - from.noiseRatio
    let growth = to.alpha / from.alpha

    // In x the slope -rho s_y over a width becomes a score times -alpha_to width rho alpha.
    let first = score.score(at: points, level: from)
    let firstFactor = -to.alpha * width * from.sigma
    guard to.sigma > 0 else { return points.blend(growth, adding: (firstFactor, first)) }
    var euler = points
    euler.blend(growth, adding: (firstFactor, first))
    let second = score.score(at: euler, level: to)
    let secondFactor = -to.alpha * width * to.sigma
    points.blend(growth, adding: (firstFactor / 2, first), (secondFactor / 2, second))
  }

  /// Raises the noise of the points and returns the level they are at then.
  private func addNoise(
    to points: inout Points, at level: NoiseLevel, over step: TimeStep,
    process: any ForwardProcess, noise: inout some NoiseSource
  ) -> NoiseLevel {
    guard churn > 0, churnRange.contains(level.noiseRatio) else { return level }
    // The cap keeps one step from more than doubling the variance.
    let gamma = min(churn / Double(step.stepCount), 2.0.squareRoot() - 1)
    let raised = process.level(atLogSNR: level.logSNR - 2 * log1p(gamma))
    let added = raised.sigma * (gamma * (2 + gamma)).squareRoot() / (1 + gamma)
    let xi = noise.normals(count: points.count, dimension: points.dimension)
    points.blend(raised.alpha / level.alpha, adding: (noiseScale * added, xi))
    return raised
  }
}

extension CatalogEntry where Member == any Sampler {
  static let elucidatedHeun = Self(
    name: "edm_heun", summary: "Heun in sigma / alpha, with optional churn",
    source: "Karras et al. 2022 (arXiv:2206.00364), algorithm 2",
    parameters: [
      ParameterDescription(
        "s_churn", "noise put back over the pass; 0 is deterministic",
        .number(default: 0, range: 0...1000)),
      ParameterDescription(
        "s_min", "smallest sigma / alpha that churn acts at",
        .number(default: 0, range: 0...1000)),
      ParameterDescription(
        "s_max", "largest sigma / alpha that churn acts at",
        .number(default: 1e6, range: 1e-6...1e6)),
      ParameterDescription(
        "s_noise", "deviation of the noise put back", .number(default: 1, range: 0.5...1.5)),
    ]
  ) { parameters throws(ParameterError) in
    let (low, high) = try parameters.orderedNumbers("s_min", below: "s_max")
    return ElucidatedHeun(
      churn: parameters.number("s_churn"), churnRange: low...high,
      noiseScale: parameters.number("s_noise"))
  }
}
