/// The noise z itself.
///
/// Source: Ho, Jain and Abbeel 2020 (arXiv:2006.11239), eq. 14.
public struct NoiseTarget: TrainingTarget {
  public init() {}

  public func coefficients(at level: NoiseLevel) -> TargetCoefficients {
    TargetCoefficients(data: 0, noise: 1)
  }
}

extension CatalogEntry where Member == any TrainingTarget {
  static let noise = Self(
    name: "noise", summary: "the noise z", source: "Ho et al. 2020 (arXiv:2006.11239)"
  ) { _ in NoiseTarget() }
}
