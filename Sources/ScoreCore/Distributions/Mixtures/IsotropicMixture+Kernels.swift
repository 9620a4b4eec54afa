import CVectorKernels
import Glibc

extension IsotropicMixture {
  // Far below any real log term, yet finite so that no difference of it is undefined.
  private static let paddingLogFactor = -Double.greatestFiniteMagnitude / 4

  /// Log density and score in one pass; the score is zero where it is not wanted.
  ///
  /// The kernel works at `x / alpha`, so that the means stand as they are stored and only
  /// precisions and log factors depend on the level.
  func evaluate(
    at x: Points, level: NoiseLevel, wantsScore: Bool
  ) -> (logDensity: [Double], score: Points) {
    precondition(x.dimension == dimension, "Points and distribution differ in dimension.")
    let (precision, logFactor) = terms(at: level)
    // Whole batches of the kernel, which share what is loaded of the means; a row's result does
    // not depend on the cut.
    let batch = dimension > 2 ? Int(SF_MIXTURE_BATCH) : 1
    let cost = batch * componentCount * (2 + dimension / 8)
    let batches = (x.count + batch - 1) / batch
    let shards = RowShards.map(count: batches, costPerRow: cost) { shard in
      evaluate(
        x, rows: shard.lowerBound * batch..<min(x.count, shard.upperBound * batch),
        alpha: level.alpha, precision: precision, logFactor: logFactor, wantsScore: wantsScore)
    }
    if shards.count == 1 {
      return (shards[0].0, Points(values: shards[0].1, dimension: dimension))
    }
    return (
      shards.flatMap { $0.0 }, Points(values: shards.flatMap { $0.1 }, dimension: dimension)
    )
  }

  // Precision in units of x / alpha, and log(w_k (2 pi v_k)^(-d/2)).
  func terms(at level: NoiseLevel) -> (precision: [Double], logFactor: [Double]) {
    var precision = Array(repeating: 1.0, count: layout.count)
    var logFactor = Array(repeating: Self.paddingLogFactor, count: layout.count)
    for k in 0..<componentCount {
      let scaled = level.alpha * deviations[k]
      let variance = scaled * scaled + level.sigma * level.sigma
      precondition(variance > 0, "A point mass has no density without noise.")
      precision[k] = level.alpha * level.alpha / variance
      logFactor[k] = log(weights[k]) - Double(dimension) / 2 * log(2 * Double.pi * variance)
    }
    return (precision, logFactor)
  }

  private func evaluate(
    _ x: Points, rows: Range<Int>, alpha: Double, precision: [Double], logFactor: [Double],
    wantsScore: Bool
  ) -> ([Double], [Double]) {
    let values = x.values[rows.lowerBound * dimension..<rows.upperBound * dimension]
    let scaled = values.map { $0 / alpha }
    var logDensity = Array(repeating: 0.0, count: rows.count)
    var score = Array(repeating: 0.0, count: scaled.count)
    let workCount = sf_mixture_work(dimension, layout.count)
    layout.withKernelMixture(precision: precision, logFactor: logFactor) { mixture in
      score.withUnsafeMutableBufferPointer { score in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: workCount) { work in
          sf_isotropic_mixture(
            &mixture, scaled, rows.count, work.baseAddress, &logDensity,
            wantsScore ? score.baseAddress : nil)
        }
      }
    }
    if wantsScore && alpha != 1 { for i in score.indices { score[i] /= alpha } }
    return (logDensity, score)
  }
}

extension IsotropicMixture {
  /// The means as the kernel reads them, filled up with zeros to whole blocks of components.
  struct KernelLayout: Sendable {
    private static let lanes = Int(SF_MIXTURE_LANES)

    /// The number of components after filling up.
    let count: Int
    /// `[block of components][dimension][component in the block]`.
    let blocks: [Double]
    /// `[block of axes][count][axis in the block]`; empty below three dimensions.
    let axes: [Double]
    /// As `blocks`, in single precision; empty below three dimensions.
    private let single: [Float]
    /// The squared length of each mean, `[count]`; empty below three dimensions.
    private let norms: [Double]
    private let dimension: Int

    init(_ means: Points) {
      let lanes = KernelLayout.lanes
      let d = means.dimension
      let count = (means.count + lanes - 1) / lanes * lanes
      var blocks = Array(repeating: 0.0, count: count * d)
      var axes = Array(repeating: 0.0, count: d > 2 ? count * ((d + lanes - 1) / lanes * lanes) : 0)
      for k in 0..<means.count {
        for i in 0..<d {
          blocks[(k / lanes * d + i) * lanes + k % lanes] = means[k, i]
          if d > 2 { axes[(i / lanes * count + k) * lanes + i % lanes] = means[k, i] }
        }
      }
      self.count = count
      self.blocks = blocks
      self.axes = axes
      single = d > 2 ? blocks.map { Float($0) } : []
      norms =
        d > 2
        ? (0..<count).map { k in
          k < means.count ? means.row(k).reduce(0) { $0 + $1 * $1 } : 0
        } : []
      dimension = d
    }

    /// Gives the kernel the means with what a level makes of the components.
    func withKernelMixture(
      precision: [Double], logFactor: [Double], _ body: (inout sf_mixture) -> Void
    ) {
      blocks.withUnsafeBufferPointer { means in
        axes.withUnsafeBufferPointer { axes in
          single.withUnsafeBufferPointer { single in
            norms.withUnsafeBufferPointer { norms in
              precision.withUnsafeBufferPointer { precision in
                logFactor.withUnsafeBufferPointer { logFactor in
                  var mixture = sf_mixture(
                    dimension: dimension, components: count, means: means.baseAddress,
                    axes: axes.baseAddress, single: single.baseAddress, norms: norms.baseAddress,
                    largest_norm: self.norms.max() ?? 0, precision: precision.baseAddress,
                    log_factor: logFactor.baseAddress)
                  body(&mixture)
                }
              }
            }
          }
        }
      }
    }

    subscript(component: Int, axis: Int) -> Double {
      let lanes = KernelLayout.lanes
      return blocks[(component / lanes * dimension + axis) * lanes + component % lanes]
    }
  }
}
