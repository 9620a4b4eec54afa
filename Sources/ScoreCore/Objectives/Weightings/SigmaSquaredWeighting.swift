/// `sigma^2` on the squared error of the score, which is 1 on that of the noise.
///
/// Source: Song and Ermon 2019 (arXiv:1907.05600), section 4.2.
public struct SigmaSquaredWeighting: LevelWeighting {
  public init() {}

  public func weight(at point: WeightingPoint) -> Double { point.onNoiseError(1) }
}

extension CatalogEntry where Member == any LevelWeighting {
  static let sigmaSquared = Self(
    name: "sigma_squared", summary: "sigma^2 on the squared error of the score",
    source: "Song and Ermon 2019 (arXiv:1907.05600)"
  ) { _ in SigmaSquaredWeighting() }
}
