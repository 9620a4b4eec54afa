/// `sigma / alpha` on the squared error of the noise.
///
/// Source: Yu et al. 2023 (arXiv:2310.08442), "Unmasking bias in diffusion model training".
public struct DebiasWeighting: LevelWeighting {
  public init() {}

  public func weight(at point: WeightingPoint) -> Double {
    point.onNoiseError(1 / point.snr.squareRoot())
  }
}

extension CatalogEntry where Member == any LevelWeighting {
  static let debias = Self(
    name: "debias", summary: "sigma / alpha on the squared error of the noise",
    source: "Yu et al. 2023 (arXiv:2310.08442)"
  ) { _ in DebiasWeighting() }
}
