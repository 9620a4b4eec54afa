/// A known distribution that is a mixture of parts, whose own distributions are known.
public protocol MixtureDistribution: KnownScoreDistribution {
  var partCount: Int { get }
  /// The parts; their shares sum to one.
  var parts: [MixturePart] { get }
}

/// One part of a mixture.
public struct MixturePart: Sendable {
  /// The weight of the part, in (0, 1].
  public var share: Double
  public var distribution: any KnownScoreDistribution

  public init(share: Double, distribution: any KnownScoreDistribution) {
    self.share = share
    self.distribution = distribution
  }
}

extension IsotropicMixture: MixtureDistribution {
  public var partCount: Int { componentCount }

  public var parts: [MixturePart] {
    (0..<componentCount).map { k in
      MixturePart(
        share: weights[k],
        distribution: IsotropicMixture(
          means: Points(rows: [mean(of: k)]), deviations: [deviations[k]]))
    }
  }
}

extension GaussianMixture: MixtureDistribution {
  public var partCount: Int { components.count }

  public var parts: [MixturePart] {
    let total = components.reduce(0) { $0 + $1.weight }
    return components.map {
      MixturePart(share: $0.weight / total, distribution: GaussianMixture([$0]))
    }
  }
}

extension UniformBoxMixture: MixtureDistribution {
  public var partCount: Int { boxes.count }

  public var parts: [MixturePart] {
    let total = boxes.reduce(0) { $0 + $1.weight }
    return boxes.map {
      MixturePart(share: $0.weight / total, distribution: UniformBoxMixture([$0]))
    }
  }
}
