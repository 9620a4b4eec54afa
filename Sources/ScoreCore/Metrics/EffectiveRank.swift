import Glibc

/// How many directions a symmetric matrix without negative eigenvalues uses: `exp(-sum p log p)` with
/// the eigenvalues' shares p of their sum, from 1 to the number of eigenvalues that are not 0.
///
/// Source: Roy and Vetterli 2007, "The effective rank: a measure of effective dimensionality",
/// definition 1; for the tangent kernel by noise level, Yao et al. 2026 (arXiv:2605.10790).
public enum EffectiveRank {
  /// The effective rank from eigenvalues; those below 0 are rounding and count as 0.
  ///
  /// - Returns: At least 1; NaN where no eigenvalue is positive or one is not finite.
  public static func value(ofEigenvalues values: [Double]) -> Double {
    let total = values.reduce(0) { $0 + max(0, $1) }
    guard total > 0, values.allSatisfy(\.isFinite) else { return .nan }
    return exp(
      values.reduce(0) { sum, value in
        let share = max(0, value) / total
        return share > 0 ? sum - share * log(share) : sum
      })
  }

  /// The effective rank of a Gram matrix, `[size, size]` row-major, finite and not empty.
  public static func value(ofGram gram: [Double], size: Int) -> Double {
    value(ofEigenvalues: SymmetricEigen.values(ofLarge: gram, size: size))
  }

  /// The effective rank of the covariance of rows, and the share of the largest eigenvalue.
  ///
  /// - Parameters:
  ///   - rows: `[count, width]` row-major, finite, at least two rows.
  ///   - width: The number of columns.
  /// - Returns: NaN for both where all rows are the same.
  public static func ofRows(_ rows: [Double], width: Int) -> (rank: Double, firstShare: Double) {
    let count = rows.count / width
    precondition(count >= 2 && rows.count == count * width, "A covariance needs two rows.")
    var centred = rows
    for column in 0..<width {
      let mean =
        stride(from: column, to: rows.count, by: width).reduce(0) { $0 + rows[$1] }
        / Double(count)
      for i in stride(from: column, to: rows.count, by: width) { centred[i] -= mean }
    }
    // Both products have the same eigenvalues but for zeros; the smaller one is taken.
    let gram =
      count <= width
      ? products(centred, vectors: count, entries: width, vectorStride: width, entryStride: 1)
      : products(centred, vectors: width, entries: count, vectorStride: 1, entryStride: width)
    let values = SymmetricEigen.values(ofLarge: gram, size: min(count, width))
    let total = values.reduce(0) { $0 + max(0, $1) }
    return (value(ofEigenvalues: values), total > 0 ? (values.last ?? .nan) / total : .nan)
  }

  private static func products(
    _ a: [Double], vectors: Int, entries: Int, vectorStride: Int, entryStride: Int
  ) -> [Double] {
    var gram = [Double](repeating: 0, count: vectors * vectors)
    for i in 0..<vectors {
      for j in 0...i {
        var sum = 0.0
        for k in 0..<entries {
          sum += a[i * vectorStride + k * entryStride] * a[j * vectorStride + k * entryStride]
        }
        gram[i * vectors + j] = sum
        gram[j * vectors + i] = sum
      }
    }
    return gram
  }
}
