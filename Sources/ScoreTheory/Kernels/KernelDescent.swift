import Glibc
public import ScoreCore

/// Gradient descent on kernel least squares, in closed form at any step.
///
/// For the mean of half the squared errors at n inputs, with the eigenvalues `l_i` of K / n and its
/// eigenvectors, the residual in each is
/// ```
/// (1 - rate l_i)^k
/// ```
/// times what it was at the start. One decomposition serves every target, rate and step; outputs do not
/// mix, so a vector of them is as many scalars.
///
/// Source: Raskutti, Wainwright and Yu 2014, JMLR 15, for kernel gradient descent by eigenvalues; derived
/// here for other starts than 0 and outside of the training inputs.
public struct KernelDescent: Sendable {
  /// The number n of inputs.
  public let count: Int
  /// The eigenvalues of K / n, ascending, at least 0.
  public let eigenvalues: [Double]
  /// The eigenvectors, one a row, `[n, n]`.
  let vectors: [Double]

  /// Decomposes a Gram matrix.
  ///
  /// - Parameters:
  ///   - gram: The kernel at every pair of inputs, `[n, n]`, symmetric and positive semidefinite.
  ///   - count: The number n of inputs.
  public init(gram: [Double], count: Int) {
    precondition(count >= 1 && gram.count == count * count, "A Gram matrix is square.")
    let n = Double(count)
    let eigen = SymmetricEigen(large: gram.map { $0 / n }, size: count)
    self.count = count
    // Below 0 by rounding alone.
    eigenvalues = eigen.values.map { max(0, $0) }
    vectors = eigen.vectors
  }

  /// The eigenvalues of a Gram matrix over n, ascending: what stopping rules need, at a third of the cost
  /// of a decomposition.
  ///
  /// - Parameters:
  ///   - gram: `[n, n]`, symmetric and positive semidefinite.
  ///   - count: The number n of inputs.
  /// - Returns: The eigenvalues of K / n, at least 0.
  public static func eigenvalues(gram: [Double], count: Int) -> [Double] {
    let n = Double(count)
    return SymmetricEigen.values(ofLarge: gram.map { $0 / n }, size: count).map { max(0, $0) }
  }

  /// The largest eigenvalue of K / n; descent is stable below twice its inverse.
  public var largestEigenvalue: Double { eigenvalues[count - 1] }

  /// The share `(1 - rate l)^k` of a residual that is left after k steps.
  public static func remaining(_ eigenvalue: Double, rate: Double, step k: Int) -> Double {
    let base = 1 - rate * eigenvalue
    if k == 0 { return 1 }
    if base > 0 { return exp(Double(k) * log1p(-rate * eigenvalue)) }
    if base == 0 { return 0 }
    return (k % 2 == 0 ? 1 : -1) * exp(Double(k) * log(-base))
  }

  /// What k steps make of a residual's part, `(1 - (1 - rate l)^k) / l`; `rate k` in the limit of l = 0.
  public static func gain(_ eigenvalue: Double, rate: Double, step k: Int) -> Double {
    let progress = rate * eigenvalue
    guard eigenvalue > 0, progress > 0 else { return rate * Double(k) }
    // expm1 keeps the digits of eigenvalues that hardly move.
    guard progress < 1 else { return (1 - remaining(eigenvalue, rate: rate, step: k)) / eigenvalue }
    return -expm1(Double(k) * log1p(-progress)) / eigenvalue
  }

  /// A path of descent towards targets.
  ///
  /// - Parameters:
  ///   - targets: `[n, outputs]`.
  ///   - start: The outputs at the inputs before the first step; nil for 0.
  ///   - rate: The step size, positive.
  /// - Returns: The path, at any step.
  public func path(to targets: Points, from start: Points? = nil, rate: Double) -> KernelPath {
    precondition(targets.count == count && rate > 0, "Each input has a target; steps have a size.")
    precondition(
      start.map { $0.count == count && $0.dimension == targets.dimension } ?? true,
      "The start has every output of every input.")
    return KernelPath(self, targets: targets, start: start, rate: rate)
  }

  /// The coordinates of values at the inputs along the eigenvectors.
  func coordinates(of values: [Double]) -> [Double] {
    OpenBLAS.product(vectors, values, inner: count)
  }

  /// The mean squared distance from the truth at the inputs, expected over the noise of targets, from the
  /// start 0.
  ///
  /// With c the truth's coordinates and v the noise's variances,
  /// ```
  /// 1/n sum_i (1 - rate l_i)^2k c_i^2 + 1/n sum_i (1 - (1 - rate l_i)^k)^2 sum_j U_ij^2 v_j
  /// ```
  /// Source: derived here; for one variance it is in Raskutti, Wainwright and Yu 2014, section 4.
  ///
  /// - Parameters:
  ///   - truth: The expectation of each target, `[n]`.
  ///   - noiseVariances: The variance of each, `[n]`; noise of different inputs is independent.
  ///   - rate: The step size.
  ///   - steps: The steps.
  /// - Returns: One value for each step.
  public func expectedExcess(
    truth: [Double], noiseVariances: [Double], rate: Double, steps: [Int]
  ) -> [Double] {
    precondition(
      truth.count == count && noiseVariances.count == count, "Each input has truth and noise.")
    let bias = coordinates(of: truth).map { $0 * $0 }
    let noise = OpenBLAS.product(vectors.map { $0 * $0 }, noiseVariances, inner: count)
    return steps.map { step in
      var sum = 0.0
      for i in 0..<count {
        let left = Self.remaining(eigenvalues[i], rate: rate, step: step)
        sum += left * left * bias[i] + (1 - left) * (1 - left) * noise[i]
      }
      return sum / Double(count)
    }
  }
}
