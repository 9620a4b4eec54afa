/// A distribution of points together with conditions.
///
/// Given a condition it is a distribution like any other, so samplers, metrics and probes take it as it
/// is.
public protocol ConditionalDistribution: Sendable {
  /// The number of coordinates of a point, at least 1.
  var dimension: Int { get }
  /// The number of values of a condition.
  var conditionCount: Int { get }
  /// The distribution of the points, whatever their conditions.
  var marginal: any KnownScoreDistribution { get }
  /// The distribution of the points that have a condition.
  func given(_ condition: Condition) -> any KnownScoreDistribution
  /// Draws points with their conditions from one random stream.
  func sample(count: Int, using stream: inout RandomStream) -> ConditionedPoints
}

/// Points, each with its condition.
public struct ConditionedPoints: Sendable, Equatable {
  /// The points, `[count, dimension]`.
  public let points: Points
  /// Their conditions, `[count, values of a condition]`.
  public let conditions: Points

  public init(points: Points, conditions: Points) {
    precondition(points.count == conditions.count, "Each point has a condition.")
    self.points = points
    self.conditions = conditions
  }
}
