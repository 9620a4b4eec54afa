import CVectorKernels
import Glibc

extension IsotropicMixture {
  // Far below any real log term, yet finite so that no difference of it is undefined.
  private static let paddingLogFactor = -Double.greatestFiniteMagnitude / 4

  static func kernelLayout(of means: Points) -> (means: [Double], count: Int) {
    let lanes = Int(SF_MIXTURE_LANES)
    let count = (means.count + lanes - 1) / lanes * lanes
    var padded = Array(repeating: 0.0, count: means.dimension * count)
    for axis in 0..<means.dimension {
      for row in 0..<means.count { padded[axis * count + row] = means[row, axis] }
    }
    return (padded, count)
  }

  /// Log density and score in one pass; the score is zero where it is not wanted.
  ///
  /// The kernel works at `x / alpha`, so that the means stand as they are stored and only
  /// precisions and log factors depend on the level.
  func evaluate(
    at x: Points, level: NoiseLevel, wantsScore: Bool
  ) -> (logDensity: [Double], score: Points) {
    precondition(x.dimension == dimension, "Points and distribution differ in dimension.")
    let (precision, logFactor) = terms(at: level)
    let cost = componentCount * (2 + dimension / 4)
    let shards = RowShards.map(count: x.count, costPerRow: cost) { rows in
      evaluate(
        x, rows: rows, alpha: level.alpha, precision: precision, logFactor: logFactor,
        wantsScore: wantsScore)
    }
    if shards.count == 1 {
      return (shards[0].0, Points(values: shards[0].1, dimension: dimension))
    }
    return (
      shards.flatMap { $0.0 }, Points(values: shards.flatMap { $0.1 }, dimension: dimension)
    )
  }

  // Precision in units of x / alpha, and log(w_k (2 pi v_k)^(-d/2)).
  private func terms(at level: NoiseLevel) -> (precision: [Double], logFactor: [Double]) {
    var precision = Array(repeating: 1.0, count: paddedCount)
    var logFactor = Array(repeating: Self.paddingLogFactor, count: paddedCount)
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
    var active = Array(repeating: 0, count: paddedCount)
    var work = Array(repeating: 0.0, count: paddedCount)
    paddedMeans.withUnsafeBufferPointer { means in
      precision.withUnsafeBufferPointer { precision in
        logFactor.withUnsafeBufferPointer { logFactor in
          var mixture = sf_mixture(
            dimension: dimension, components: paddedCount, means: means.baseAddress,
            precision: precision.baseAddress, log_factor: logFactor.baseAddress)
          score.withUnsafeMutableBufferPointer { score in
            sf_isotropic_mixture(
              &mixture, scaled, rows.count, &work, &active, &logDensity,
              wantsScore ? score.baseAddress : nil)
          }
        }
      }
    }
    if wantsScore && alpha != 1 { for i in score.indices { score[i] /= alpha } }
    return (logDensity, score)
  }
}
