/// The velocity `v = alpha z - sigma x_0`.
///
/// Source: Salimans and Ho 2022 (arXiv:2202.00512), section 4.
public struct VelocityTarget: TrainingTarget {
  public init() {}

  public func coefficients(at level: NoiseLevel) -> TargetCoefficients {
    TargetCoefficients(data: -level.sigma, noise: level.alpha)
  }
}

extension CatalogEntry where Member == any TrainingTarget {
  static let velocity = Self(
    name: "velocity", summary: "v = alpha z - sigma x_0",
    source: "Salimans and Ho 2022 (arXiv:2202.00512)"
  ) { _ in VelocityTarget() }
}
