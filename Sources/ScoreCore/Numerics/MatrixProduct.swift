import CVectorKernels

/// Single-precision matrix products, row-major, on the calling thread.
///
/// Callers cut their batches into shards and run those in parallel: at these sizes that beats a
/// product that has threads of its own, and its sums keep one order.
enum MatrixProduct {
  /// `c = a b + (accumulate ? c : 0)`; a is `[m, k]`, b `[k, n]`, each optionally transposed in
  /// memory.
  ///
  /// A step says how far apart the rows of a matrix are in memory, where it is part of a wider one.
  /// The factors are multiplied by the result in their place and laid out like it; the result is spare
  /// where they are all that is wanted, and `c` need not hold it afterwards.
  @inline(__always)
  static func multiply(
    _ a: UnsafePointer<Float>, transposingLeft transposeA: Bool = false, aStep: Int? = nil,
    _ b: UnsafePointer<Float>, transposingRight transposeB: Bool = false, bStep: Int? = nil,
    into c: UnsafeMutablePointer<Float>, cStep: Int? = nil, m: Int, n: Int,
    k: Int, accumulate: Bool = false, times factors: UnsafeMutablePointer<Float>? = nil,
    isSpare: Bool = false
  ) {
    let (aStep, bStep) = (aStep ?? (transposeA ? m : k), bStep ?? (transposeB ? k : n))
    let left = sf_matrix(data: a, row: transposeA ? 1 : aStep, column: transposeA ? aStep : 1)
    let right = sf_matrix(data: b, row: transposeB ? 1 : bStep, column: transposeB ? bStep : 1)
    let result = sf_result(
      data: c, row: cStep ?? n, adds: accumulate ? 1 : 0, times: factors, is_spare: isSpare ? 1 : 0)
    sf_matrix_product(left, right, result, m, n, k)
  }
}
