/// Work on the rows of a batch, cut into shards for the ``Workers`` that are passed down.
///
/// The cut depends on the work alone, never on the machine, so results do not depend on the
/// number of threads.
enum RowShards {
  /// About a quarter of a millisecond; starting a shard costs less than a microsecond.
  private static let costPerShard = 250_000

  /// Returns one result for each shard, in the order of the rows.
  ///
  /// - Parameters:
  ///   - count: The number of rows.
  ///   - costPerRow: A rough cost of one row, in nanoseconds.
  ///   - body: The work on a range of rows; ranges do not overlap.
  /// - Returns: The results; none if there are no rows.
  static func map<Result: Sendable>(
    count: Int, costPerRow: Int, _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let rowsPerShard = max(1, costPerShard / max(1, costPerRow))
    let shards = stride(from: 0, to: count, by: rowsPerShard).map {
      $0..<min(count, $0 + rowsPerShard)
    }
    guard shards.count > 1 else { return shards.map(body) }
    var results: [Result?] = Array(repeating: nil, count: shards.count)
    results.withUnsafeMutableBufferPointer { buffer in
      // Each iteration writes a slot of its own.
      let slots = buffer
      Workers.current.perform(shards.count) { slots[$0] = body(shards[$0]) }
    }
    return results.compactMap { $0 }
  }
}
