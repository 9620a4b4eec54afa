/// The score of the noising step, `-z / sigma`, whose conditional mean is the score.
///
/// Source: Vincent 2011, "A connection between score matching and denoising autoencoders"; the
/// setting of Gupta et al. 2024 (arXiv:2311.13745).
public struct ScoreTarget: TrainingTarget {
  public init() {}

  public func coefficients(at level: NoiseLevel) -> TargetCoefficients {
    TargetCoefficients(data: 0, noise: -1 / level.sigma)
  }
}

extension CatalogEntry where Member == any TrainingTarget {
  static let score = Self(
    name: "score", summary: "-z / sigma", source: "Vincent 2011; Gupta et al. 2024"
  ) { _ in ScoreTarget() }
}
