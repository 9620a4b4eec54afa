/// `g(t)^2` on the squared error of the score: with times drawn uniformly, the likelihood bound.
///
/// Source: Song, Durkan, Murray and Ermon 2021 (arXiv:2101.09258), Theorem 1.
public struct LikelihoodWeighting: LevelWeighting {
  public init() {}

  public func weight(at point: WeightingPoint) -> Double {
    point.onScoreError(point.diffusionSquared)
  }
}

extension CatalogEntry where Member == any LevelWeighting {
  static let likelihood = Self(
    name: "likelihood", summary: "g^2 on the squared error of the score",
    source: "Song et al. 2021 (arXiv:2101.09258)"
  ) { _ in LikelihoodWeighting() }
}
