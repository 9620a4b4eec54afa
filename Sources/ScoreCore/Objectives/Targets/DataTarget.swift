/// The clean point x_0: the network is a denoiser.
public struct DataTarget: TrainingTarget {
  public init() {}

  public func coefficients(at level: NoiseLevel) -> TargetCoefficients {
    TargetCoefficients(data: 1, noise: 0)
  }
}

extension CatalogEntry where Member == any TrainingTarget {
  static let data = Self(
    name: "data", summary: "the clean point x_0",
    source: "Ho et al. 2020 (arXiv:2006.11239), section 3.2"
  ) { _ in DataTarget() }
}
