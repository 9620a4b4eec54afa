/// Training points with what may go with each: a condition, and a level and noise of its own.
public struct TrainingRows: Sendable {
  /// The clean points, `[count, dimension]`.
  public let points: Points
  /// Their conditions, `[count, values of a condition]`; nil where there are none.
  public let conditions: Points?
  /// A level and noise for each point; nil where both are drawn as the objective says.
  public let pairs: NoisePairs?

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
  public init(points: Points, conditions: Points? = nil, pairs: NoisePairs? = nil) {
    precondition(
      conditions.map { $0.count == points.count } ?? true, "Each point has a condition.")
    precondition(
      pairs.map { $0.noise.count == points.count && $0.noise.dimension == points.dimension }
        ?? true,
      "Each point has noise of its dimension.")
    self.points = points
    self.conditions = conditions
    self.pairs = pairs
  }

  /// Points that were drawn with their conditions.
  public init(_ drawn: ConditionedPoints) {
    self.init(points: drawn.points, conditions: drawn.conditions)
  }
}
