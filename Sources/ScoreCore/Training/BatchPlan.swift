/// One batch before its rows are made: which points, which levels and which noise.
///
/// Shards fill their own rows, in parallel and without allocating. Every draw comes from a stream
/// numbered by the step and the shard, or by the training point where its noise is fixed.
struct BatchPlan: Sendable {
  let table: ObjectiveTable
  let points: ResidentPoints
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
  /// The quantile of each point's level where pairs are fixed; else empty.
  private let pairQuantiles: [Double]

  init(
    table: ObjectiveTable, objective: Objective, points: ResidentPoints, dimension: Int,
    count: Int, isInOrder: Bool, seed: UInt64, step: Int, pairQuantiles: [Double] = []
  ) {
    precondition(count >= 1 && (!isInOrder || count <= points.count), "A batch needs points.")
    precondition(
      objective.noise != .fixedPairs || pairQuantiles.count == points.count,
      "Each point of a fixed pair has a level.")
    self.pairQuantiles = pairQuantiles
    self.table = table
    self.points = points
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

  /// The rows that go through all layers together on one core.
  ///
  /// More rows make faster products, fewer leave work for more cores; the cut depends on the batch
  /// alone, so that every machine gets the same bits.
  static func shardRows(batch: Int) -> Int { batch >= 1024 ? 128 : 64 }

  var shardRows: Int { Self.shardRows(batch: count) }

  /// Where a shard's rows go; all but the input are dense.
  struct Destination {
    /// Row starts of the network's input, `stride` apart; the coordinates come first.
    let input: UnsafeMutablePointer<Float>
    let stride: Int
    /// What the network should predict, `[rows, dimension]`.
    let target: UnsafeMutablePointer<Float>
    let weight: UnsafeMutablePointer<Float>
    /// What the time features are of.
    let clock: UnsafeMutablePointer<Float>
  }

  /// Makes the rows of one shard.
  func fill(rows: Range<Int>, shard: Int, into out: Destination) {
    // The target's memory holds the noise until the row is made.
    draw(rows: rows, shard: shard, noise: out.target) { local, x, z, level in
      let input = out.input + local * out.stride
      for axis in 0..<dimension {
        input[axis] = level.inputScale * (level.alpha * x[axis] + level.sigma * z[axis])
        z[axis] = level.data * x[axis] + level.noise * z[axis]
      }
      out.weight[local] = level.weight
      out.clock[local] = level.clock
    }
  }

  /// Draws the point, the noise and the level of each row of one shard.
  ///
  /// - Parameters:
  ///   - rows: The shard's rows among those of the batch.
  ///   - shard: Its number.
  ///   - target: Where the noise goes, `[rows, dimension]`.
  ///   - use: Gets each row: its place in the shard, the clean point, the noise and the level.
  @inline(__always)
  func draw(
    rows: Range<Int>, shard: Int, noise target: UnsafeMutablePointer<Float>,
    _ use: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>, ObjectiveTable.Row) -> Void
  ) {
    let index = UInt64(step) << 20 | UInt64(shard)
    var picks = RandomStream(seed: seed, purpose: .batchRows, index: index)
    var quantiles = RandomStream(seed: seed, purpose: .batchQuantiles, index: index)
    if noise == .fresh {
      var stream = RandomStream(seed: seed, purpose: .batchNoise, index: index)
      stream.fillNormals(UnsafeMutableBufferPointer(start: target, count: rows.count * dimension))
    }
    points.values.withUnsafeBufferPointer { values in
      guard let values = values.baseAddress else { return }
      for (local, row) in rows.enumerated() {
        let source = isInOrder ? row : picks.integer(below: points.count)
        let z = target + local * dimension
        if noise != .fresh { writeFixedNoise(of: source, into: z) }
        let level = table.row(atQuantile: quantile(row: row, point: source, using: &quantiles))
        use(local, values + source * dimension, z, level)
      }
    }
  }

  private func quantile(row: Int, point: Int, using stream: inout RandomStream) -> Double {
    if networks > 1 { return (Double(network) + 0.5) / Double(networks) }
    if noise == .fixedPairs { return pairQuantiles[point] }
    guard isStratified else { return stream.uniform() }
    return (Double((row + firstStratum) % count) + offset) / Double(count)
  }

  /// The quantiles, in (0, 1), of the levels that points keep; none unless pairs are fixed.
  ///
  /// Stratified, each of as many equal strata as points has one, in random order: points may come
  /// sorted.
  static func pairQuantiles(count: Int, objective: Objective, seed: UInt64) -> [Double] {
    guard objective.noise == .fixedPairs else { return [] }
    var stream = RandomStream(seed: seed, purpose: .fixedLevels)
    guard objective.isStratified else { return (0..<count).map { _ in stream.uniform() } }
    return stream.permutation(of: count).map { (Double($0) + stream.uniform()) / Double(count) }
  }

  private func writeFixedNoise(of point: Int, into z: UnsafeMutablePointer<Float>) {
    var stream = RandomStream(
      seed: seed, purpose: .fixedNoise, index: UInt64(network) << 40 | UInt64(point))
    for axis in 0..<dimension { z[axis] = Float(stream.normal()) }
  }
}
