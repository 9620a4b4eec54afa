import COpenBLAS

/// The linear algebra library: double-precision products, eigenvalues, and the peak that the
/// project's own products are compared with.
enum OpenBLAS {
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

  /// The library's own description: version, kernel and build options.
  static var description: String { String(cString: openblas_get_config()) }
}
