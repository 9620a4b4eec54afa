/// The noise minus the data, `z - x_0`: on the process `flow` the velocity of the straight path.
///
/// Its conditional mean is there the right-hand side of the probability-flow ODE.
///
/// Source: Liu, Gong and Liu 2023 (arXiv:2209.03003), eq. 1, with time from data to noise.
public struct FlowTarget: TrainingTarget {
  public init() {}

  public func coefficients(at level: NoiseLevel) -> TargetCoefficients {
    TargetCoefficients(data: -1, noise: 1)
  }
}

extension CatalogEntry where Member == any TrainingTarget {
  static let flow = Self(
    name: "flow", summary: "noise - data, the velocity of the straight path",
    source: "Liu et al. 2023 (arXiv:2209.03003), eq. 1"
  ) { _ in FlowTarget() }
}
