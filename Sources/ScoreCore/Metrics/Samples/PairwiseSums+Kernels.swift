import COpenBLAS
import CVectorKernels
import Glibc

/// Sums of a kernel over all pairs of points within and between two groups.
///
/// Many groupings of the same points are summed at once: a tile of the kernel matrix is computed
/// once and multiplied with the groups' indicator columns, so a permutation costs little more than
/// a column of a matrix product. The matrix is symmetric and only one half is computed.
struct PairwiseSums: Sendable, Equatable {
  /// A function of the distance of two points.
  enum Kernel: Sendable, Equatable {
    /// `exp(-r^2 / (2 length^2))`
    case gaussian(length: Double)
    /// `r` itself.
    case distance
  }

  /// Over ordered pairs of different points of the first group.
  var first: Double
  /// Over ordered pairs of different points of the second group.
  var second: Double
  /// Over pairs of a point of the first and one of the second group.
  var between: Double

  private static let tile = 128

  /// Computes the sums for every grouping.
  ///
  /// - Parameters:
  ///   - points: All points, `[count, dimension]`.
  ///   - kernel: The function of the distance.
  ///   - groupings: For each grouping whether a point is in its first group, `[count]`.
  /// - Returns: One result for each grouping.
  static func all(
    of points: Points, kernel: Kernel, groupings: [[Bool]]
  ) -> [PairwiseSums] {
    _ = OpenBLAS.singleThread
    let columns = groupings.count + 1
    var indicators = Array(repeating: 1.0, count: points.count * columns)
    for (column, grouping) in groupings.enumerated() {
      precondition(grouping.count == points.count, "A grouping says where each point is.")
      for row in 0..<points.count { indicators[row * columns + column] = grouping[row] ? 1 : 0 }
    }
    let axes = (0..<points.dimension).flatMap { points.column($0) }
    let block = TileRow(
      axes: axes, dimension: points.dimension, count: points.count, kernel: kernel,
      indicators: indicators, columns: columns)
    let tileRows = (points.count + tile - 1) / tile
    var within = Array(repeating: 0.0, count: columns)
    var touching = Array(repeating: 0.0, count: columns)
    let parts = RowShards.map(count: tileRows, costPerRow: 1_000_000) {
      block.sums(startingAt: $0.lowerBound * tile)
    }
    for part in parts {
      for column in 0..<columns {
        within[column] += part.within[column]
        touching[column] += part.touching[column]
      }
    }
    let total = within[columns - 1]
    return (0..<columns - 1).map { column in
      let between = touching[column] - within[column]
      return PairwiseSums(
        first: within[column], second: total - 2 * between - within[column], between: between)
    }
  }

  /// The sums of two samples.
  static func of(_ x: Points, _ y: Points, kernel: Kernel) -> PairwiseSums {
    var pooled = x
    pooled.append(y)
    let grouping = (0..<pooled.count).map { $0 < x.count }
    return all(of: pooled, kernel: kernel, groupings: [grouping])[0]
  }

  /// The sum over ordered pairs of different points of one sample.
  static func within(_ points: Points, kernel: Kernel) -> Double {
    // A point and itself are no pair.
    let own = kernel == .distance ? 0 : Double(points.count)
    return between(points, points, kernel: kernel) - own
  }

  /// The sum over pairs of a point of `x` and one of `y`.
  static func between(_ x: Points, _ y: Points, kernel: Kernel) -> Double {
    precondition(x.dimension == y.dimension, "Both samples are of one dimension.")
    switch kernel {
    case .gaussian(let length): return gaussianBetween(x, y, length: length)
    case .distance: return distanceBetween(x, y)
    }
  }

  /// By the density of a Gaussian of deviation `length` at every point of `y`, whose loop is the
  /// fastest there is here.
  private static func gaussianBetween(_ x: Points, _ y: Points, length: Double) -> Double {
    let density = IsotropicMixture(
      means: y, deviations: Array(repeating: length, count: y.count))
    let logHeight = Double(x.dimension) * (log(length) + StandardNormal.logSqrtTwoPi)
    let sum = density.logDensity(at: x, level: .clean).reduce(0.0) { sum, logDensity in
      // Not a number where squared distances over squared lengths overflow: the kernel is 0 there.
      sum + (logDensity.isNaN ? 0 : exp(logDensity + logHeight))
    }
    return Double(y.count) * sum
  }

  private static func distanceBetween(_ x: Points, _ y: Points) -> Double {
    let (n, d) = (y.count, y.dimension)
    let axes = (0..<d).flatMap { y.column($0) }
    let parts = RowShards.map(count: x.count, costPerRow: n * (1 + d)) { rows in
      rows.reduce(0.0) { sum, row in sum + sf_distance_sum(x.row(row), axes, n, d) }
    }
    return parts.reduce(0, +)
  }

  /// The tiles on and right of the diagonal that start at one row.
  private struct TileRow: Sendable {
    let axes: [Double]
    let dimension: Int
    let count: Int
    let kernel: Kernel
    let indicators: [Double]
    let columns: Int

    /// `e^T K e` and `e^T K 1` for each indicator column e, the share of these tiles.
    func sums(startingAt row: Int) -> (within: [Double], touching: [Double]) {
      var within = Array(repeating: 0.0, count: columns)
      var touching = Array(repeating: 0.0, count: columns)
      let rows = row..<min(row + tile, count)
      var values = Array(repeating: 0.0, count: tile * tile)
      var product = Array(repeating: 0.0, count: tile * columns)
      for start in stride(from: row, to: count, by: tile) {
        let others = start..<min(start + tile, count)
        fill(&values, rows: rows, others: others)
        indicators.withUnsafeBufferPointer { indicators in
          guard let base = indicators.baseAddress else { return }
          cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows.count), Int32(columns),
            Int32(others.count), 1, values, Int32(tile), base + start * columns, Int32(columns), 0,
            &product, Int32(columns))
        }
        let isDiagonal = start == row
        for i in rows {
          let local = (i - row) * columns
          let all = product[local + columns - 1]
          for column in 0..<columns {
            let member = indicators[i * columns + column]
            let pulled = product[local + column]
            // Off the diagonal a tile stands for its mirror image as well.
            within[column] += (isDiagonal ? 1 : 2) * member * pulled
            touching[column] += member * all + (isDiagonal ? 0 : pulled)
          }
        }
      }
      return (within, touching)
    }

    private func fill(_ values: inout [Double], rows: Range<Int>, others: Range<Int>) {
      values.withUnsafeMutableBufferPointer { values in
        axes.withUnsafeBufferPointer { axes in
          for i in rows {
            let line = (i - rows.lowerBound) * tile
            for j in 0..<others.count { values[line + j] = 0 }
            for axis in 0..<dimension {
              let x = axes[axis * count + i]
              let start = axis * count + others.lowerBound
              for j in 0..<others.count {
                let gap = x - axes[start + j]
                values[line + j] += gap * gap
              }
            }
            switch kernel {
            case .distance:
              for j in 0..<others.count { values[line + j] = values[line + j].squareRoot() }
            case .gaussian(let length):
              let factor = -0.5 / (length * length)
              for j in 0..<others.count { values[line + j] = exp(factor * values[line + j]) }
            }
            // A point and itself are no pair.
            if others.contains(i) { values[line + i - others.lowerBound] = 0 }
          }
        }
      }
    }
  }
}
