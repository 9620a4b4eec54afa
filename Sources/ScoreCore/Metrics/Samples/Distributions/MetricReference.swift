/// What a sample is measured against.
public struct MetricReference: Sendable {
  public enum Kind: Sendable {
    /// Another sample, `[count, dimension]`.
    case sample(Points)
    /// A distribution whose density is known and that can be drawn from.
    case distribution(NoisyDistribution)
  }

  public var kind: Kind
  /// The points a model was trained on, for the memorisation ratio; nil if not known.
  public var training: Points?

  public init(_ kind: Kind, training: Points? = nil) {
    self.kind = kind
    self.training = training
  }

  /// A known distribution at a noise level, in its own coordinates.
  public static func distribution(
    _ distribution: any KnownScoreDistribution, level: NoiseLevel = .clean, training: Points? = nil
  ) -> MetricReference {
    MetricReference(
      .distribution(NoisyDistribution(distribution, level: level)), training: training)
  }

  public static func sample(_ points: Points, training: Points? = nil) -> MetricReference {
    MetricReference(.sample(points), training: training)
  }

  public var dimension: Int {
    switch kind {
    case .sample(let points): points.dimension
    case .distribution(let distribution): distribution.dimension
    }
  }

  func thinned(to limit: Int, settings: MetricSettings) -> MetricReference {
    guard case .sample(let points) = kind else { return self }
    return MetricReference(
      .sample(settings.thinned(points, to: limit, role: .thinReference)), training: training)
  }
}
