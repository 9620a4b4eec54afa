/// Data points with their classes, each smoothed by a Gaussian; the condition is the label.
///
/// Given a class the points are those of its rows, smoothed alike, so their score is exact at every
/// level, and by Bayes' rule the marginal score is the mean of the classes' under the posterior of the
/// label. The condition of zeros is that of a point without a label: all points.
public struct LabelledPoints: ConditionalDistribution {
  /// All points, each as likely as another.
  public let points: SmoothedPoints
  /// What the classes are called.
  public let classNames: [String]
  /// The rows of each class that has any, by the class.
  private let rows: [Int: [Int]]
  private let values: [Int]
  /// The share of points that are drawn without their label.
  public var unlabelledShare: Double

  /// Takes a distribution with its labels; nil where it has none.
  ///
  /// - Parameters:
  ///   - distribution: Any distribution.
  ///   - unlabelledShare: The share of points that are drawn without their label, from 0 to 1.
  public init?(_ distribution: any KnownScoreDistribution, unlabelledShare: Double = 0) {
    guard let points = distribution as? SmoothedPoints, let labels = points.labels else {
      return nil
    }
    self.points = points
    self.unlabelledShare = unlabelledShare
    classNames = labels.names
    values = labels.values
    rows = Dictionary(grouping: labels.values.indices) { labels.values[$0] }
  }

  public var dimension: Int { points.dimension }
  public var conditionCount: Int { classNames.count }
  public var marginal: any KnownScoreDistribution { points }

  /// The share of a class among the points, from 0 to 1.
  public func share(ofClass index: Int) -> Double {
    Double(rows[index]?.count ?? 0) / Double(values.count)
  }

  /// The condition of a class.
  public func condition(ofClass index: Int) -> Condition { .label(index, of: conditionCount) }

  /// The distribution of a class's points, or of all for the condition of zeros.
  ///
  /// - Precondition: The condition is zeros, or the label of a class that has points.
  public func given(_ condition: Condition) -> any KnownScoreDistribution {
    guard let index = condition.values.firstIndex(where: { $0 != 0 }) else { return points }
    guard condition == self.condition(ofClass: index), let rows = rows[index] else {
      preconditionFailure("The condition is the label of a class that has points.")
    }
    return points.keeping(rows: rows)
  }

  public func sample(count: Int, using stream: inout RandomStream) -> ConditionedPoints {
    let drawn = (0..<count).map { _ in stream.integer(below: values.count) }
    var sample = points.data.rows(at: drawn)
    let noise = stream.normals(count: count, dimension: dimension)
    for place in sample.values.indices {
      sample.values[place] += points.bandwidth * noise.values[place]
    }
    var conditions = Points(zeros: count, dimension: conditionCount)
    for (row, place) in drawn.enumerated() {
      let isDropped = unlabelledShare > 0 && stream.uniform() < unlabelledShare
      if !isDropped { conditions[row, values[place]] = 1 }
    }
    return ConditionedPoints(points: sample, conditions: conditions)
  }
}
