/// A known law that is a mixture of parts, whose own laws are known.
public protocol MixtureLaw: KnownScoreDistribution {
  var partCount: Int { get }
  /// The parts; their shares sum to one.
  var parts: [MixturePart] { get }
}

/// One part of a mixture.
public struct MixturePart: Sendable {
  /// The weight of the part, in (0, 1].
  public var share: Double
  public var law: any KnownScoreDistribution

  public init(share: Double, law: any KnownScoreDistribution) {
    self.share = share
    self.law = law
  }
}

extension IsotropicMixture: MixtureLaw {
  public var partCount: Int { componentCount }

  public var parts: [MixturePart] {
    (0..<componentCount).map { k in
      MixturePart(
        share: weights[k],
        law: IsotropicMixture(means: Points(rows: [mean(of: k)]), deviations: [deviations[k]]))
    }
  }
}

extension GaussianMixture: MixtureLaw {
  public var partCount: Int { components.count }

  public var parts: [MixturePart] {
    let total = components.reduce(0) { $0 + $1.weight }
    return components.map { MixturePart(share: $0.weight / total, law: GaussianMixture([$0])) }
  }
}

extension UniformBoxMixture: MixtureLaw {
  public var partCount: Int { boxes.count }

  public var parts: [MixturePart] {
    let total = boxes.reduce(0) { $0 + $1.weight }
    return boxes.map { MixturePart(share: $0.weight / total, law: UniformBoxMixture([$0])) }
  }
}
