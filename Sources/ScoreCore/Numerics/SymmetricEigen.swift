import COpenBLAS

/// The eigendecomposition `A = U diag(values) U^T` of a symmetric matrix.
///
/// Source: LAPACK's dsyev (Anderson et al. 1999, LAPACK Users' Guide).
struct SymmetricEigen: Sendable, Equatable {
  /// The eigenvalues, ascending, `[dimension]`.
  let values: [Double]
  /// The eigenvectors, one a row, of unit length, `[dimension, dimension]` row-major.
  let vectors: [Double]

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
}
