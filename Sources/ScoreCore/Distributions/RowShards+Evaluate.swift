extension RowShards {
  /// Log density and score of all points, evaluated in shards and put together in order.
  ///
  /// - Parameters:
  ///   - x: The points.
  ///   - costPerRow: A rough cost of one point, in nanoseconds.
  ///   - body: Log densities and row-major scores of a range of rows.
  /// - Returns: One log density and one score a point.
  static func evaluate(
    _ x: Points, costPerRow: Int,
    _ body: @Sendable (Range<Int>) -> (logDensity: [Double], score: [Double])
  ) -> (logDensity: [Double], score: Points) {
    let shards = map(count: x.count, costPerRow: costPerRow, body)
    if shards.count == 1 {
      return (shards[0].logDensity, Points(values: shards[0].score, dimension: x.dimension))
    }
    return (
      shards.flatMap { $0.logDensity },
      Points(values: shards.flatMap { $0.score }, dimension: x.dimension)
    )
  }
}
