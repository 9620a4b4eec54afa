/// An estimate of the scores of a conditional distribution.
///
/// Given a condition it is a score like any other.
public protocol ConditionalScore: Sendable {
  /// The number of coordinates of a point.
  var dimension: Int { get }
  /// The number of values of a condition.
  var conditionCount: Int { get }
  /// The score of the points that have a condition.
  func given(_ condition: Condition) -> any ScoreFunction
}

/// The exact scores of a conditional distribution.
public struct ExactConditionalScore: ConditionalScore {
  public let distribution: any ConditionalDistribution

  public init(_ distribution: any ConditionalDistribution) { self.distribution = distribution }

  public var dimension: Int { distribution.dimension }
  public var conditionCount: Int { distribution.conditionCount }

  public func given(_ condition: Condition) -> any ScoreFunction {
    ExactScore(distribution.given(condition))
  }
}
