import ScoreClaims
import ScoreLab

/// What one process does in one go: some units of some runs.
package struct SweepShard: Sendable, Equatable, Codable {
  /// A run with those of its units that are in the shard.
  package struct Part: Sendable, Equatable, Codable {
    package var run: SweepRun
    /// Numbers from 1, such as `1-4,7`.
    package var units: String

    var numbers: [Int] { UnitNumbers(units)?.numbers.sorted() ?? [] }
  }

  /// Its place among the shards, from 0.
  package var shard: Int
  package var parts: [Part]

  /// How many units it has.
  package var unitCount: Int { parts.reduce(0) { $0 + $1.numbers.count } }
}

/// Packs units into shards in their order.
struct ShardPacking {
  private let size: Int
  private let emit: (SweepShard) throws -> Void
  private var parts: [(run: SweepRun, units: [Int])] = []
  private var count = 0
  private(set) var shards = 0
  private(set) var units = 0

  /// - Parameters:
  ///   - size: The units in a shard, unless a group has more.
  ///   - emit: Gets every shard that is full.
  init(size: Int, emit: @escaping (SweepShard) throws -> Void) {
    self.size = size
    self.emit = emit
  }

  /// Adds a group of units that stay together.
  mutating func add(_ group: [Int], of run: SweepRun) throws {
    if parts.last?.run == run {
      parts[parts.count - 1].units += group
    } else {
      parts.append((run, group))
    }
    count += group.count
    units += group.count
    if count >= size { try finish() }
  }

  /// Ends the last shard.
  mutating func finish() throws {
    guard count > 0 else { return }
    try emit(
      SweepShard(
        shard: shards,
        parts: parts.map { .init(run: $0.run, units: UnitNumbers($0.units).description) }))
    shards += 1
    parts = []
    count = 0
  }
}
