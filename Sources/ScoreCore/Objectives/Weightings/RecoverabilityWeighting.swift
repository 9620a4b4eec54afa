/// The root mean square of the target's components as they stand in the corrupted input, on the
/// target's squared error: for data `x_0 = d u` of deviation d, with u of unit variance, the input
/// is `alpha d u + sigma z`, the target `data d u + noise z`, and the weight
/// `sqrt((data d alpha d)^2 + (noise sigma)^2)`.
///
/// For d = 1: sigma on the noise, alpha on the clean point, `sqrt 2 alpha sigma` on the velocity. The
/// authors' code has the same up to constant factors; their data have unit variance. On the flow target
/// it is `sqrt(alpha^2 + sigma^2)`, from 0.71 to 1 on the straight path, where their code has 1.
///
/// Source: Yao et al. 2026 (arXiv:2605.10790), the plug-and-play weight.
public struct RecoverabilityWeighting: LevelWeighting {
  /// The standard deviation of a coordinate of the data, positive.
  public let dataDeviation: Double

  public init(dataDeviation: Double = 1) {
    precondition(dataDeviation > 0, "The data have a positive deviation.")
    self.dataDeviation = dataDeviation
  }

  public func weight(at point: WeightingPoint) -> Double {
    let variance = dataDeviation * dataDeviation
    let signal = point.coefficients.data * point.level.alpha * variance
    let noise = point.coefficients.noise * point.level.sigma
    return (signal * signal + noise * noise).squareRoot()
  }
}

extension CatalogEntry where Member == any LevelWeighting {
  static let recoverability = Self(
    name: "erd", summary: "amplitude of the target's components in the noisy input",
    source: "Yao et al. 2026 (arXiv:2605.10790)",
    parameters: [.weightingDeviation]
  ) { RecoverabilityWeighting(dataDeviation: $0.number("weighting_deviation")) }
}
