/// Training points with what may go with each: a condition, and a level and noise of its own.
public struct TrainingRows: Sendable {
  /// The clean points, `[count, dimension]`.
  public let points: Points
  /// Their conditions, `[count, values of a condition]`; nil where there are none.
  public let conditions: Points?
  /// A level and noise for each point; nil where both are drawn as the objective says.
  public let pairs: NoisePairs?
  /// The share of a batch's rows that get zeros in place of their condition, drawn anew in every step.
  ///
  /// A network so trained estimates the score of all points too, which it is given zeros for.
  /// Source: Ho and Salimans 2022 (arXiv:2207.12598), algorithm 1 (number from memory).
  public let conditionDropout: Double

  /// A process time and noise for each of several points.
  public struct NoisePairs: Sendable {
    /// The times, `[count]`, within the process.
    public let times: [Double]
    /// The noise z, `[count, dimension]`.
    public let noise: Points

    public init(times: [Double], noise: Points) {
      precondition(times.count == noise.count, "Each time has its noise.")
      self.times = times
      self.noise = noise
    }
  }

  /// Puts points, conditions and pairs side by side.
  ///
  /// - Parameters:
  ///   - points: The clean points.
  ///   - conditions: The condition of each, or nil.
  ///   - pairs: The level and noise of each, which every step uses again; or nil.
  ///   - conditionDropout: The share of rows that get zeros in place of their condition, from 0 to 1.
  public init(
    points: Points, conditions: Points? = nil, pairs: NoisePairs? = nil,
    conditionDropout: Double = 0
  ) {
    precondition((0...1).contains(conditionDropout), "A share lies between 0 and 1.")
    precondition(
      conditions.map { $0.count == points.count } ?? true, "Each point has a condition.")
    precondition(
      pairs.map { $0.noise.count == points.count && $0.noise.dimension == points.dimension }
        ?? true,
      "Each point has noise of its dimension.")
    self.points = points
    self.conditions = conditions
    self.pairs = pairs
    self.conditionDropout = conditionDropout
  }

  /// Points that were drawn with their conditions.
  public init(_ drawn: ConditionedPoints) {
    self.init(points: drawn.points, conditions: drawn.conditions)
  }
}
