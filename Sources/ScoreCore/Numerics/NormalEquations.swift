import COpenBLAS

/// Weighted least squares over functions that are linear in their weights, in float64.
///
/// For rows with features phi, outputs y and weights w it keeps
/// ```
/// G = sum w phi phi^T,   B = sum w phi y^T
/// ```
/// so that rows can come in pieces and need not be kept; `(G + ridge I) W = B` has the minimiser of
/// `sum w ||W^T phi - y||^2 + ridge ||W||^2`.
///
/// Source: Golub and Van Loan 2013, *Matrix Computations*, algorithm 5.3.1; LAPACK's dposv for
/// Cholesky's solution.
package struct NormalEquations: Sendable {
  /// The number p of features.
  package let featureCount: Int
  /// The number d of outputs.
  package let outputCount: Int
  /// The upper triangle of G, `[p, p]` row-major; 0 below it.
  private var upper: [Double]
  /// B, `[p, d]` row-major.
  private var moments: [Double]

  /// No rows yet.
  package init(featureCount: Int, outputCount: Int) {
    precondition(featureCount >= 1 && outputCount >= 1, "A regression has features and outputs.")
    self.featureCount = featureCount
    self.outputCount = outputCount
    upper = Array(repeating: 0, count: featureCount * featureCount)
    moments = Array(repeating: 0, count: featureCount * outputCount)
  }

  /// Adds rows.
  ///
  /// - Parameters:
  ///   - features: `[rows, p]`, row-major.
  ///   - outputs: `[rows, d]`, row-major.
  ///   - weights: `[rows]`, at least 0.
  package mutating func add(features: [Double], outputs: [Double], weights: [Double]) {
    let (rows, p, d) = (weights.count, featureCount, outputCount)
    precondition(
      features.count == rows * p && outputs.count == rows * d, "Rows must be complete.")
    guard rows > 0 else { return }
    _ = OpenBLAS.singleThread
    // Features and outputs times sqrt(w): G is then the product of a matrix with itself, half the work.
    var (scaled, goals) = (features, outputs)
    for row in 0..<rows where weights[row] != 1 {
      let root = weights[row].squareRoot()
      for k in row * p..<(row + 1) * p { scaled[k] *= root }
      for k in row * d..<(row + 1) * d { goals[k] *= root }
    }
    let (n, m, k) = (Int32(p), Int32(d), Int32(rows))
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, n, k, 1, scaled, n, 1, &upper, n)
    cblas_dgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, n, m, k, 1, scaled, n, goals, m, 1, &moments, m)
  }

  /// The Gram matrix G, `[p, p]` row-major.
  package var gram: [Double] {
    var full = upper
    for i in 0..<featureCount {
      for j in 0..<i { full[i * featureCount + j] = upper[j * featureCount + i] }
    }
    return full
  }

  /// The mean of G's diagonal, the scale that a ridge is small against.
  package var meanDiagonal: Double {
    (0..<featureCount).reduce(0.0) { $0 + upper[$1 * featureCount + $1] } / Double(featureCount)
  }

  /// The minimiser's weights.
  ///
  /// - Parameter ridge: Added to the diagonal of G, at least 0.
  /// - Returns: W, `[p, d]` row-major; nil where `G + ridge I` is not positive definite to rounding.
  package func weights(ridge: Double) -> [Double]? {
    solution(of: moments, columns: outputCount, ridge: ridge)
  }

  /// Solves `(G + ridge I) X = right`.
  ///
  /// - Parameters:
  ///   - right: `[p, columns]` row-major.
  ///   - columns: How many right-hand sides there are.
  ///   - ridge: Added to the diagonal of G, at least 0.
  /// - Returns: X, shaped like `right`; nil where the matrix is not positive definite to rounding.
  package func solution(of right: [Double], columns: Int, ridge: Double) -> [Double]? {
    precondition(right.count == featureCount * columns, "Right-hand sides have p rows.")
    precondition(ridge >= 0, "A penalty is not negative.")
    let p = featureCount
    var matrix = upper
    for i in 0..<p { matrix[i * p + i] += ridge }
    var columnMajor = [Double](repeating: 0, count: right.count)
    for i in 0..<p {
      for j in 0..<columns { columnMajor[j * p + i] = right[i * columns + j] }
    }
    _ = OpenBLAS.singleThread
    var (n, count, info) = (Int32(p), Int32(columns), Int32(0))
    var (leading, leadingRight) = (n, n)
    // The upper triangle by rows is the lower one by columns.
    dposv_("L", &n, &count, &matrix, &leading, &columnMajor, &leadingRight, &info)
    guard info == 0 else { return nil }
    var result = right
    for i in 0..<p {
      for j in 0..<columns { result[i * columns + j] = columnMajor[j * p + i] }
    }
    return result
  }
}
