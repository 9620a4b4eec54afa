/// Weight 1 on the squared error of whatever target is predicted.
public struct ConstantWeighting: LevelWeighting {
  public init() {}

  public func weight(at point: WeightingPoint) -> Double { 1 }
}

extension CatalogEntry where Member == any LevelWeighting {
  static let constant = Self(
    name: "constant", summary: "1 on the target's squared error",
    source: "Ho et al. 2020 (arXiv:2006.11239), eq. 14"
  ) { _ in ConstantWeighting() }
}
