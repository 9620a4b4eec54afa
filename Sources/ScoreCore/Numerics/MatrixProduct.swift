import CVectorKernels

/// Single-precision matrix products, row-major, on the calling thread.
///
/// Callers cut their batches into shards and run those in parallel: at these sizes that beats a
/// product that has threads of its own, and its sums keep one order.
enum MatrixProduct {
  /// `c = a b + (accumulate ? c : 0)`; a is `[m, k]`, b `[k, n]`, each optionally transposed in
  /// memory.
  @inline(__always)
  static func multiply(
    _ a: UnsafePointer<Float>, transposingLeft transposeA: Bool = false,
    _ b: UnsafePointer<Float>, transposingRight transposeB: Bool = false,
    into c: UnsafeMutablePointer<Float>, m: Int, n: Int,
    k: Int, accumulate: Bool = false
  ) {
    let left = sf_matrix(data: a, row: transposeA ? 1 : k, column: transposeA ? m : 1)
    let right = sf_matrix(data: b, row: transposeB ? 1 : n, column: transposeB ? k : 1)
    sf_matrix_product(left, right, c, m, n, k, accumulate ? 1 : 0)
  }
}
