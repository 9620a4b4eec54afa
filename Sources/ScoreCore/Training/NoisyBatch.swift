/// The clean points, noise levels and random step number of one batch; rows are noised on demand.
struct NoisyBatch {
  let clean: Points
  let levels: LevelDraw
  let process: any ForwardProcess
  let seed: UInt64
  let step: Int
  /// The common offset of the strata, in (0, 1).
  let offset: Double

  init(
    clean: Points, levels: LevelDraw, process: any ForwardProcess, seed: UInt64, step: Int
  ) {
    self.clean = clean
    self.levels = levels
    self.process = process
    self.seed = seed
    self.step = step
    var stream = RandomStream(seed: seed, purpose: .batchLevels, index: UInt64(step))
    offset = stream.uniform()
  }

  var count: Int { clean.count }

  /// Writes the noisy points of some rows into the first columns of the network's input, their
  /// noise, and their log signal-to-noise ratios.
  ///
  /// - Parameters:
  ///   - rows: The rows of one shard.
  ///   - shard: The number of the shard; it selects the noise stream.
  ///   - input: The rows of the network's input, `stride` apart.
  ///   - stride: The width of the network's input.
  ///   - noise: The noise drawn, `[rows.count, dimension]`.
  ///   - logSNR: The log ratio of each row, `[rows.count]`.
  func fill(
    rows: Range<Int>, shard: Int, input: UnsafeMutablePointer<Float>, stride: Int,
    noise: UnsafeMutablePointer<Float>, logSNR: UnsafeMutablePointer<Float>
  ) {
    let dimension = clean.dimension
    var stream = RandomStream(
      seed: seed, purpose: .batchNoise, index: UInt64(step) << 20 | UInt64(shard))
    clean.values.withUnsafeBufferPointer { values in
      for (local, row) in rows.enumerated() {
        let u = (Double(row) + offset) / Double(count)
        let level = levels.level(atQuantile: u, of: process)
        logSNR[local] = Float(level.logSNR)
        for axis in 0..<dimension {
          let z = stream.normal()
          noise[local * dimension + axis] = Float(z)
          input[local * stride + axis] = Float(
            level.alpha * values[row * dimension + axis] + level.sigma * z)
        }
      }
    }
  }
}
