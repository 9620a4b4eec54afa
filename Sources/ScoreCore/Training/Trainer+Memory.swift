extension Trainer {
  /// What a run holds in memory, in bytes, by what decides it.
  public struct Memory: Sendable, Equatable {
    /// One state: weights, their average with its rest, and the rule's moments.
    public var state: Int
    /// One copy of the weights.
    public var weights: Int
    /// The gradients of the lanes.
    public var gradients: Int
    /// The weights before the first step, where a constraint needs them.
    public var initialWeights: Int
    /// The scratch memory of a step, and the points of a batch that are drawn fresh.
    public var batch: Int
    /// The points of a fixed training set, once for the distribution's drawing of them.
    public var points: Int
  }

  /// What a run will hold, without making it.
  ///
  /// - Parameters:
  ///   - architecture: The network's.
  ///   - networks: How many there are of it, at least 1.
  ///   - optimization: How gradients become steps.
  ///   - batch: The number of points of a batch; nil where a step takes all.
  ///   - points: The number of points of a fixed training set; nil for fresh ones.
  ///   - threads: How many threads a step may use.
  /// - Returns: Bytes, without what the program itself and the distribution take.
  public static func memory(
    architecture: any Architecture, networks: Int, optimization: Optimization, batch: Int?,
    points: Int?, threads: Int = Parallel.defaultThreads
  ) -> Memory {
    let rows = batch ?? points ?? 1
    let float = MemoryLayout<Float>.size
    let weights = architecture.parameterCount * networks * float
    let cut = BatchCut(rows: rows, threads: threads)
    let scratch = cut.lanes * TrainingLayout(architecture, cut: cut).count * float
    let initial = optimization.constraint?.needsInitialWeights == true ? weights : 0
    // Drawn in float64, with what the distribution needs next to, and kept in float32 too.
    let pointBytes = architecture.dimension * (2 * MemoryLayout<Double>.size + float)
    return Memory(
      state: (3 + optimization.rule.momentCount) * weights, weights: weights,
      gradients: cut.lanes * architecture.parameterCount * float,
      initialWeights: initial,
      batch: scratch + (points == nil ? rows * pointBytes : 0), points: (points ?? 0) * pointBytes)
  }
}
