/// How a batch is cut for the threads that work on it.
///
/// A batch goes through the network in rounds. The rows of a round are halved into lanes, whose gradients
/// are added up at the end of the step; a lane's rows go forward and backward in passes, and then its
/// gradient is computed in parts. Shards, rounds and lanes depend on the batch alone, and no sum crosses
/// the border of two passes or parts: threads change no bit.
///
/// A thread that has a lane to itself finds all that it wrote in its own cache, and waits for nobody.
struct BatchCut: Sendable, Equatable {
  /// The most rows of a pass: more make faster products, and these still fit the second-level cache.
  private static let mostPassRows = 256
  /// The most rows of a round: enough that reading and writing the gradients costs little.
  private static let mostRoundRows = 512
  private static let mostLanes = 2

  /// The rows of the batch.
  let rows: Int
  let lanes: Int
  /// The most rows of a round, of a lane's share of it and of a pass, in whole shards.
  let roundRows: Int
  let laneRows: Int
  let passRows: Int

  init(rows: Int, threads: Int) {
    self.rows = rows
    let shard = BatchPlan.shardRows
    let shards = Self.parts(rows, of: shard)
    lanes = min(Self.mostLanes, shards)
    let roundShards = Self.parts(shards, into: Self.parts(rows, of: Self.mostRoundRows))
    let laneShards = Self.parts(roundShards, into: lanes)
    roundRows = roundShards * shard
    laneRows = laneShards * shard
    let threadsOfLane = Self.parts(max(1, threads), of: lanes)
    passRows = min(Self.mostPassRows, Self.parts(laneShards, into: threadsOfLane) * shard)
  }

  /// How many parts of a size it takes.
  private static func parts(_ count: Int, of size: Int) -> Int { (count + size - 1) / size }

  /// The size of the largest of so many parts.
  private static func parts(_ count: Int, into parts: Int) -> Int { (count + parts - 1) / parts }

  var shards: Int { Self.parts(rows, of: BatchPlan.shardRows) }
  var rounds: Int { Self.parts(rows, of: roundRows) }
  /// The most passes of a lane in a round.
  var passes: Int { Self.parts(min(rows, laneRows), of: passRows) }

  /// A lane's rows of a round; none where the last round has too few.
  func rows(ofRound round: Int, lane: Int) -> Range<Int> {
    let end = min(rows, (round + 1) * roundRows)
    let first = min(end, round * roundRows + lane * laneRows)
    return first..<min(end, first + laneRows)
  }

  /// The rows of a pass of those; none where there are too few.
  func rows(ofPass pass: Int, in rows: Range<Int>) -> Range<Int> {
    let first = min(rows.upperBound, rows.lowerBound + pass * passRows)
    return first..<min(rows.upperBound, first + passRows)
  }
}
