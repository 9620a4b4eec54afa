import COpenBLAS

/// The eigendecomposition `A = U diag(values) U^T` of a symmetric matrix.
///
/// Source: LAPACK's dsyev, dsyevd and dsyevd_2stage (Anderson et al. 1999, LAPACK Users' Guide).
package struct SymmetricEigen: Sendable, Equatable {
  /// The eigenvalues, ascending, `[dimension]`.
  package let values: [Double]
  /// The eigenvectors, one a row, of unit length, `[dimension, dimension]` row-major.
  package let vectors: [Double]

  /// Decomposes a symmetric matrix, of which only one triangle is read.
  ///
  /// - Precondition: The matrix is square and finite.
  init(_ matrix: [[Double]]) {
    precondition(matrix.allSatisfy { $0.count == matrix.count }, "The matrix must be square.")
    var size = Int32(matrix.count)
    var leading = size
    var a = matrix.flatMap { $0 }
    var w = Array(repeating: 0.0, count: matrix.count)
    // 3 n - 1 is LAPACK's least; more only helps large matrices.
    var workCount = 34 * max(1, size)
    var work = Array(repeating: 0.0, count: Int(workCount))
    var info: Int32 = 0
    dsyev_("V", "U", &size, &a, &leading, &w, &work, &workCount, &info)
    precondition(info == 0, "The eigendecomposition of a finite symmetric matrix converges.")
    values = w
    vectors = a  // column-major columns are row-major rows
  }

  /// Decomposes a large symmetric matrix by divide and conquer: several times as fast from some hundred
  /// rows on, with other rounding.
  ///
  /// - Parameters:
  ///   - matrix: `[size, size]`, finite, of which only one triangle is read.
  ///   - size: The number of rows.
  package init(large matrix: consuming [Double], size: Int) {
    var a = matrix
    values = Self.solve(&a, size: size, job: "V", dsyevd_)
    vectors = a  // column-major columns are row-major rows
  }

  /// The eigenvalues of a large symmetric matrix, ascending, `[size]`: some three times as fast as with
  /// the vectors.
  ///
  /// - Parameters:
  ///   - matrix: `[size, size]`, finite, of which only one triangle is read.
  ///   - size: The number of rows.
  /// - Returns: The eigenvalues, ascending.
  package static func values(ofLarge matrix: consuming [Double], size: Int) -> [Double] {
    var a = matrix
    return solve(&a, size: size, job: "N", dsyevd_2stage_)
  }

  private typealias Solver = (
    UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<Int32>?,
    UnsafeMutablePointer<Double>?, UnsafePointer<Int32>?, UnsafeMutablePointer<Double>?,
    UnsafeMutablePointer<Double>?, UnsafePointer<Int32>?, UnsafeMutablePointer<Int32>?,
    UnsafePointer<Int32>?, UnsafeMutablePointer<Int32>?
  ) -> Void

  /// Calls a solver twice: it says first how much memory it works with.
  private static func solve(
    _ a: inout [Double], size: Int, job: String, _ solver: Solver
  ) -> [Double] {
    precondition(size >= 1 && a.count == size * size, "The matrix must be square.")
    _ = OpenBLAS.singleThread
    var n = Int32(size)
    var leading = n
    var values = Array(repeating: 0.0, count: size)
    var (work, integers): ([Double], [Int32]) = ([0], [0])
    var info: Int32 = 0
    for isQuery in [true, false] {
      var workCount = isQuery ? -1 : Int32(work.count)
      var integerCount = isQuery ? -1 : Int32(integers.count)
      solver(
        job, "U", &n, &a, &leading, &values, &work, &workCount, &integers, &integerCount, &info)
      precondition(info == 0, "The eigendecomposition of a finite symmetric matrix converges.")
      guard isQuery else { break }
      work = Array(repeating: 0, count: max(1, Int(work[0])))
      integers = Array(repeating: 0, count: max(1, Int(integers[0])))
    }
    return values
  }
}
