import CVectorKernels
import Glibc

/// Isotropic Gaussians in one or two dimensions, each with a log density of its own.
///
/// All of them are evaluated at a point in one sweep, with the bits that each gives alone.
struct SingleGaussians: Sendable {
  private let joined: IsotropicMixture
  private let alpha: Double
  private let precision: [Double]
  private let logFactor: [Double]

  /// Joins distributions at a noise level.
  ///
  /// - Returns: Nil unless each is one Gaussian and the dimension is at most 2.
  init?(_ distributions: [any KnownScoreDistribution], level: NoiseLevel) {
    let singles = distributions.compactMap { $0 as? IsotropicMixture }
    guard let dimension = singles.first?.dimension, dimension <= 2,
      singles.count == distributions.count,
      singles.allSatisfy({ $0.componentCount == 1 && $0.dimension == dimension })
    else { return nil }
    joined = IsotropicMixture(
      means: Points(rows: singles.map { $0.mean(of: 0) }),
      deviations: singles.map { $0.deviations[0] })
    alpha = level.alpha
    let each = singles.map { $0.terms(at: level) }
    var (precision, logFactor) = joined.terms(at: level)
    for k in each.indices {
      (precision[k], logFactor[k]) = (each[k].precision[0], each[k].logFactor[0])
    }
    (self.precision, self.logFactor) = (precision, logFactor)
  }

  /// Gives the log densities at each row of `x` in turn, one for each Gaussian; not a number where
  /// a point is so far away that its distance overflows.
  func forEachRow(
    of x: Points, _ body: (_ row: Int, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    precondition(x.dimension == joined.dimension, "Points and distribution differ in dimension.")
    let (d, count) = (x.dimension, joined.componentCount)
    let scaled = x.values.map { $0 / alpha }
    joined.layout.withKernelMixture(precision: precision, logFactor: logFactor) { mixture in
      scaled.withUnsafeBufferPointer { scaled in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: precision.count) { work in
          guard let start = scaled.baseAddress, let terms = work.baseAddress else { return }
          for row in 0..<x.count {
            sf_planar_terms(&mixture, start + row * d, terms)
            for k in 0..<count where !(terms[k] > -.infinity) { terms[k] = .nan }
            body(row, UnsafeMutableBufferPointer(start: terms, count: count))
          }
        }
      }
    }
  }
}
