import COpenBLAS

/// Single-precision matrix products on OpenBLAS, row-major, one thread a call.
///
/// Callers cut their batches into shards and run those in parallel: at these sizes that beats
/// OpenBLAS's own threads, and its sums keep one order.
enum MatrixProduct {
  /// Sets OpenBLAS to one thread a call, once.
  static let setUp: Void = openblas_set_num_threads(1)

  /// `c = a b + (accumulate ? c : 0)`; a is `[m, k]`, b `[k, n]`, each optionally transposed in
  /// memory.
  @inline(__always)
  static func multiply(
    _ a: UnsafePointer<Float>, transposingLeft transposeA: Bool = false,
    _ b: UnsafePointer<Float>, transposingRight transposeB: Bool = false,
    into c: UnsafeMutablePointer<Float>, m: Int, n: Int,
    k: Int, accumulate: Bool = false
  ) {
    // Zeroing here and adding is faster than OpenBLAS's own scaling by zero, which took a tenth
    // of a training step.
    if !accumulate { c.update(repeating: 0, count: m * n) }
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans,
      transposeB ? CblasTrans : CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a,
      Int32(transposeA ? m : k), b, Int32(transposeB ? k : n), 1, c, Int32(n))
  }
}
