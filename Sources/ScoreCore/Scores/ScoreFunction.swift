/// An estimate of the score of the noisy distribution at any noise level.
///
/// Samplers and metrics see only this, so an exact score and a network are interchangeable.
public protocol ScoreFunction: Sendable {
  var dimension: Int { get }
  /// The score at each point, of the same shape as `x`.
  func score(at x: Points, level: NoiseLevel) -> Points
}

/// The exact score of a known distribution.
public struct ExactScore: ScoreFunction {
  public let distribution: any KnownScoreDistribution

  public init(_ distribution: any KnownScoreDistribution) { self.distribution = distribution }

  public var dimension: Int { distribution.dimension }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    distribution.score(at: x, level: level)
  }
}
