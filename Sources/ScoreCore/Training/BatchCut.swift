/// How a batch is cut for the threads that work on it.
///
/// A batch goes through the network in rounds. The rows of a round go forward and backward in passes, which
/// share the threads; then the gradient of the whole round is computed, parameters cut into parts. Shards
/// and rounds depend on the batch alone, and no sum crosses the border of two passes or parts: threads
/// change no bit.
struct BatchCut: Sendable, Equatable {
  /// The most rows of a pass: more make faster products, and these still fit the second-level cache.
  private static let mostPassRows = 256
  /// The most rows of a round: enough that reading and writing the gradient costs little.
  private static let mostRoundRows = 512

  /// The rows of the batch.
  let rows: Int
  /// The most rows of a round, and of a pass, in whole shards.
  let roundRows: Int
  let passRows: Int

  init(rows: Int, threads: Int) {
    self.rows = rows
    let shard = BatchPlan.shardRows
    let shards = Self.parts(rows, of: shard)
    let roundShards = Self.parts(shards, into: Self.parts(rows, of: Self.mostRoundRows))
    roundRows = roundShards * shard
    passRows = min(Self.mostPassRows, Self.parts(roundShards, into: max(1, threads)) * shard)
  }

  /// How many parts of a size it takes.
  private static func parts(_ count: Int, of size: Int) -> Int { (count + size - 1) / size }

  /// The size of the largest of so many parts.
  private static func parts(_ count: Int, into parts: Int) -> Int { (count + parts - 1) / parts }

  var shards: Int { Self.parts(rows, of: BatchPlan.shardRows) }
  var rounds: Int { Self.parts(rows, of: roundRows) }
  /// The most passes of a round.
  var passes: Int { Self.parts(min(rows, roundRows), of: passRows) }

  /// The rows of a round.
  func round(_ number: Int) -> Range<Int> {
    number * roundRows..<min(rows, (number + 1) * roundRows)
  }
}
