/// The root mean square of the target's components as they stand in the corrupted input,
/// `sqrt((data alpha)^2 + (noise sigma)^2)`, on the target's squared error.
///
/// For data of unit variance: sigma on the noise, alpha on the clean point, `sqrt 2 alpha sigma`
/// on the velocity. The authors' code has the same up to constant factors.
///
/// Source: Yao et al. 2026 (arXiv:2605.10790), the plug-and-play weight.
public struct RecoverabilityWeighting: LevelWeighting {
  public init() {}

  public func weight(at point: WeightingPoint) -> Double {
    let signal = point.coefficients.data * point.level.alpha
    let noise = point.coefficients.noise * point.level.sigma
    return (signal * signal + noise * noise).squareRoot()
  }
}

extension CatalogEntry where Member == any LevelWeighting {
  static let recoverability = Self(
    name: "erd", summary: "amplitude of the target's components in the noisy input",
    source: "Yao et al. 2026 (arXiv:2605.10790)"
  ) { _ in RecoverabilityWeighting() }
}
