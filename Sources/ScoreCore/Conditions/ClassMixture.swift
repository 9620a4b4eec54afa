/// Classes of points, each a Gaussian mixture of its own; the condition is the label.
///
/// The noisy distribution of a class is a mixture, and so is that of all classes together, so
/// conditional and marginal scores are exact at every level. By Bayes' rule the marginal score is
/// the mean of the classes' scores under the posterior of the label.
public struct ClassMixture: ConditionalDistribution {
  /// One class.
  public struct Class: Sendable {
    /// Its relative share of the points, positive; shares need not sum to one.
    public var share: Double
    public var distribution: GaussianMixture

    public init(share: Double = 1, distribution: GaussianMixture) {
      self.share = share
      self.distribution = distribution
    }
  }

  public let classes: [Class]
  public let marginal: any KnownScoreDistribution
  private let totalShare: Double

  /// Creates the distribution.
  ///
  /// - Parameter classes: At least one, all of the same dimension.
  public init(_ classes: [Class]) {
    precondition(!classes.isEmpty, "There is at least one class.")
    precondition(classes.allSatisfy { $0.share > 0 }, "Shares must be positive.")
    self.classes = classes
    totalShare = classes.reduce(0) { $0 + $1.share }
    marginal = GaussianMixture(
      classes.flatMap { member in
        let components = member.distribution.components
        let total = components.reduce(0) { $0 + $1.weight }
        return components.map { component in
          var component = component
          component.weight *= member.share / total
          return component
        }
      })
  }

  public var dimension: Int { marginal.dimension }
  public var conditionCount: Int { classes.count }

  /// The condition of a class.
  public func condition(ofClass index: Int) -> Condition { .label(index, of: classes.count) }

  /// The distribution of a class.
  ///
  /// - Precondition: The condition is the label of one.
  public func given(_ condition: Condition) -> any KnownScoreDistribution {
    guard let index = classes.indices.first(where: { self.condition(ofClass: $0) == condition })
    else { preconditionFailure("The condition is the label of a class.") }
    return classes[index].distribution
  }

  public func sample(count: Int, using stream: inout RandomStream) -> ConditionedPoints {
    let labels = (0..<count).map { _ in label(atQuantile: stream.uniform()) }
    // Each class draws its points at once; they go to the rows of its label in order.
    var points = Points(zeros: count, dimension: dimension)
    var conditions = Points(zeros: count, dimension: conditionCount)
    for (index, member) in classes.enumerated() {
      let rows = labels.indices.filter { labels[$0] == index }
      let drawn = member.distribution.sample(count: rows.count, using: &stream)
      for (place, row) in rows.enumerated() {
        for axis in 0..<dimension { points[row, axis] = drawn[place, axis] }
        conditions[row, index] = 1
      }
    }
    return ConditionedPoints(points: points, conditions: conditions)
  }

  private func label(atQuantile u: Double) -> Int {
    var rest = u * totalShare
    for (index, member) in classes.enumerated() {
      rest -= member.share
      if rest < 0 { return index }
    }
    return classes.count - 1
  }
}
