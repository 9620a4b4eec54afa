/// One batch before its rows are made: which points, which levels and which noise.
///
/// Shards fill their own rows, in parallel and without allocating. Every draw comes from a stream
/// numbered by the step and the shard, or by the training point where its noise is fixed.
struct BatchPlan: Sendable {
  let table: ObjectiveTable
  let resident: ResidentRows
  let dimension: Int
  /// The number of rows.
  let count: Int
  /// Whether row r is point r, instead of a point drawn with replacement.
  let isInOrder: Bool
  let isStratified: Bool
  let noise: Objective.Noise
  /// The length of a row's error from which the loss is linear.
  let huberLength: Double
  /// The network of the bank that this batch is for, and how many there are.
  let network: Int
  let networks: Int
  let seed: UInt64
  let step: Int
  /// The common offset of the strata, in (0, 1), and the stratum of row 0.
  private let offset: Double
  private let firstStratum: Int
  /// The level of each point where pairs are fixed; else empty.
  private let pairLevels: [ObjectiveTable.Row]

  init(
    table: ObjectiveTable, objective: Objective, resident: ResidentRows, dimension: Int,
    count: Int, isInOrder: Bool, seed: UInt64, step: Int, pairLevels: [ObjectiveTable.Row] = []
  ) {
    precondition(count >= 1 && (!isInOrder || count <= resident.count), "A batch needs points.")
    precondition(
      pairLevels.isEmpty
        ? (objective.noise != .fixedPairs || objective.levels.networks > 1)
          && resident.noise.isEmpty
        : pairLevels.count == resident.count,
      "Each point of a fixed pair has a level.")
    self.pairLevels = pairLevels
    self.table = table
    self.resident = resident
    self.dimension = dimension
    self.count = count
    self.isInOrder = isInOrder
    isStratified = objective.isStratified
    noise = objective.noise
    huberLength = objective.huberLength
    networks = objective.levels.networks
    network = step % networks
    self.seed = seed
    self.step = step
    var stream = RandomStream(seed: seed, purpose: .batchLevels, index: UInt64(step))
    offset = stream.uniform()
    // Turned every step, so that a point with a row of its own does not keep its level.
    firstStratum = stream.integer(below: count)
  }

  /// The rows of a shard, whose random numbers come from streams of its own and whose losses are summed
  /// together.
  static let shardRows = 64

  /// Where a shard's rows go; all but inputs and conditions are dense.
  struct Destination {
    /// Row starts of the network's input, `stride` apart; the coordinates come first.
    let input: UnsafeMutablePointer<Float>
    let stride: Int
    /// What the network should predict, `[rows, dimension]`.
    let target: UnsafeMutablePointer<Float>
    let weight: UnsafeMutablePointer<Float>
    /// What the time features are of.
    let clock: UnsafeMutablePointer<Float>
    /// The conditions of rows, `conditionStride` apart.
    let condition: UnsafeMutablePointer<Float>
    let conditionStride: Int
  }

  /// Makes the rows of one shard.
  func fill(rows: Range<Int>, shard: Int, into out: Destination) {
    let (values, stride) = (resident.conditionCount, out.conditionStride)
    var dropouts = RandomStream(
      seed: seed, purpose: .conditionDropout, index: UInt64(step) << 20 | UInt64(shard))
    // The target's memory holds the noise until the row is made.
    draw(rows: rows, shard: shard, noise: out.target) { local, source, x, z, level in
      let input = out.input + local * out.stride
      for axis in 0..<dimension {
        input[axis] = level.inputScale * (level.alpha * x[axis] + level.sigma * z[axis])
        z[axis] = level.data * x[axis] + level.noise * z[axis]
      }
      out.weight[local] = level.weight
      out.clock[local] = level.clock
      guard values > 0 else { return }
      let isDropped =
        resident.conditionDropout > 0 && dropouts.uniform() < resident.conditionDropout
      for k in 0..<values {
        out.condition[local * stride + k] =
          isDropped ? 0 : resident.conditions[source * values + k]
      }
    }
  }

  /// Draws the point, the noise and the level of each row of one shard.
  ///
  /// - Parameters:
  ///   - rows: The shard's rows among those of the batch.
  ///   - shard: Its number.
  ///   - target: Where the noise goes, `[rows, dimension]`.
  ///   - use: Gets each row: its place in the shard, the number of its point, that point, the noise and
  ///     the level.
  @inline(__always)
  func draw(
    rows: Range<Int>, shard: Int, noise target: UnsafeMutablePointer<Float>,
    _ use: (
      Int, Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>, ObjectiveTable.Row
    ) -> Void
  ) {
    let index = UInt64(step) << 20 | UInt64(shard)
    var picks = RandomStream(seed: seed, purpose: .batchRows, index: index)
    var quantiles = RandomStream(seed: seed, purpose: .batchQuantiles, index: index)
    let (carriesNoise, keepsLevels) = (!resident.noise.isEmpty, !pairLevels.isEmpty)
    if noise == .fresh && !carriesNoise {
      var stream = RandomStream(seed: seed, purpose: .batchNoise, index: index)
      stream.fillNormals(UnsafeMutableBufferPointer(start: target, count: rows.count * dimension))
    }
    resident.points.withUnsafeBufferPointer { values in
      guard let values = values.baseAddress else { return }
      for (local, row) in rows.enumerated() {
        let source = isInOrder ? row : picks.integer(below: resident.count)
        let z = target + local * dimension
        if carriesNoise {
          for axis in 0..<dimension { z[axis] = resident.noise[source * dimension + axis] }
        } else if noise != .fresh {
          writeFixedNoise(of: source, into: z)
        }
        let level =
          keepsLevels
          ? pairLevels[source] : table.row(atQuantile: quantile(row: row, using: &quantiles))
        use(local, source, values + source * dimension, z, level)
      }
    }
  }

  private func quantile(row: Int, using stream: inout RandomStream) -> Double {
    if networks > 1 { return (Double(network) + 0.5) / Double(networks) }
    guard isStratified else { return stream.uniform() }
    return (Double((row + firstStratum) % count) + offset) / Double(count)
  }

  /// The levels that points keep; none unless pairs are fixed, or where the networks of a bank have one
  /// level each.
  ///
  /// Stratified, each of as many equal strata as points has one, in random order: points may come
  /// sorted.
  static func pairLevels(
    count: Int, table: ObjectiveTable, objective: Objective, seed: UInt64
  ) -> [ObjectiveTable.Row] {
    guard objective.noise == .fixedPairs, objective.levels.networks == 1 else { return [] }
    var stream = RandomStream(seed: seed, purpose: .fixedLevels)
    guard objective.isStratified else {
      return (0..<count).map { _ in table.row(atQuantile: stream.uniform()) }
    }
    return stream.permutation(of: count).map {
      table.row(atQuantile: (Double($0) + stream.uniform()) / Double(count))
    }
  }

  /// Gives the noise that a point keeps.
  static func fixedNoise(seed: UInt64, network: Int, point: Int) -> RandomStream {
    RandomStream(seed: seed, purpose: .fixedNoise, index: UInt64(network) << 40 | UInt64(point))
  }

  private func writeFixedNoise(of point: Int, into z: UnsafeMutablePointer<Float>) {
    var stream = Self.fixedNoise(seed: seed, network: network, point: point)
    for axis in 0..<dimension { z[axis] = Float(stream.normal()) }
  }
}
