import COpenBLAS

/// The linear algebra library: double-precision products, eigenvalues, and the peak that the
/// project's own products are compared with.
package enum OpenBLAS {
  /// Sets the library to one thread a call, once; its callers run in parallel themselves.
  static let singleThread: Void = openblas_set_num_threads(1)

  /// `c = a b` of three square matrices of one size, row-major.
  static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
    size: Int
  ) {
    let n = Int32(size)
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a, n, b, n, 0, c, n)
  }

  /// `a b` in float64, row-major, on the calling thread.
  ///
  /// - Parameters:
  ///   - a: `[rows, inner]`.
  ///   - b: `[inner, columns]`, or `[columns, inner]` where it is transposed.
  ///   - inner: The length of the sums, at least 1.
  ///   - transposesRight: Whether b is the transpose of the factor.
  /// - Returns: `[rows, columns]`.
  package static func product(
    _ a: [Double], _ b: [Double], inner: Int, transposesRight: Bool = false
  ) -> [Double] {
    precondition(
      a.count % inner == 0 && b.count % inner == 0, "Both factors have rows of the inner length.")
    _ = singleThread
    let (rows, columns) = (a.count / inner, b.count / inner)
    guard rows > 0, columns > 0 else { return [] }
    return Array(unsafeUninitializedCapacity: rows * columns) { c, filled in
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, transposesRight ? CblasTrans : CblasNoTrans, Int32(rows),
        Int32(columns), Int32(inner), 1, a, Int32(inner), b,
        Int32(transposesRight ? inner : columns), 0, c.baseAddress, Int32(columns))
      filled = rows * columns
    }
  }

  /// The library's own description: version, kernel and build options.
  static var description: String { String(cString: openblas_get_config()) }
}
