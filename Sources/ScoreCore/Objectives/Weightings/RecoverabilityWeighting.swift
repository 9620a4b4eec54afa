/// The root mean square of the target's components as they stand in the corrupted input,
/// `sqrt((data alpha d)^2 + (noise sigma)^2)` for data of deviation d, on the target's squared error.
///
/// For d = 1: sigma on the noise, alpha on the clean point, `sqrt 2 alpha sigma` on the velocity. The
/// authors' code has the same up to constant factors; their data have unit variance.
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
    let signal = point.coefficients.data * point.level.alpha * dataDeviation
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
