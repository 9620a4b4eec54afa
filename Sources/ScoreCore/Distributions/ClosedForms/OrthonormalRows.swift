import Glibc

/// Orthonormal vectors in a fixed random position: rotations and subspaces that a seed names.
///
/// Gaussian rows, made orthonormal one after the other, are distributed evenly over all
/// positions.
struct OrthonormalRows: Sendable, Equatable {
  let count: Int
  let dimension: Int
  /// The vectors, one a row, `[count, dimension]`.
  let values: [Double]

  /// Draws vectors.
  ///
  /// - Parameters:
  ///   - count: At most the dimension.
  ///   - dimension: The number of coordinates.
  ///   - seed: Names the position; the same one always gives the same.
  init(count: Int, dimension: Int, seed: Int) {
    precondition(count >= 1 && count <= dimension, "There are as many directions as axes.")
    var stream = RandomStream(seed: UInt64(seed), purpose: .distributionGeometry)
    var rows = stream.normals(count: count, dimension: dimension).values
    for row in 0..<count {
      OrthonormalRows.straighten(row, in: &rows, dimension: dimension)
    }
    self.init(count: count, dimension: dimension, values: rows)
  }

  /// The first axes themselves.
  init(axes count: Int, dimension: Int) {
    var values = Array(repeating: 0.0, count: count * dimension)
    for axis in 0..<count { values[axis * dimension + axis] = 1 }
    self.init(count: count, dimension: dimension, values: values)
  }

  /// The rotation of the plane by an angle in radians: its transpose turns points by it.
  init(turning angle: Double) {
    self.init(count: 2, dimension: 2, values: [cos(angle), sin(angle), -sin(angle), cos(angle)])
  }

  // Takes the earlier rows out of one and gives it length 1.
  private static func straighten(_ row: Int, in rows: inout [Double], dimension: Int) {
    rows.withUnsafeMutableBufferPointer { rows in
      let start = row * dimension
      // Twice is enough: what the first pass leaves of the others is rounding.
      for other in [0..<row, 0..<row].joined() {
        var share = 0.0
        for i in 0..<dimension { share += rows[start + i] * rows[other * dimension + i] }
        for i in 0..<dimension { rows[start + i] -= share * rows[other * dimension + i] }
      }
      var square = 0.0
      for i in 0..<dimension { square += rows[start + i] * rows[start + i] }
      let length = square.squareRoot()
      for i in 0..<dimension { rows[start + i] /= length }
    }
  }

  private init(count: Int, dimension: Int, values: [Double]) {
    self.count = count
    self.dimension = dimension
    self.values = values
  }

  /// `sum_k weight_k u_k u_k^T` over the rows u, `[dimension][dimension]`.
  func combined(weights: [Double]) -> [[Double]] {
    precondition(weights.count == count, "Each row has a weight.")
    return (0..<dimension).map { i in
      (0..<dimension).map { j in
        (0..<count).reduce(0.0) {
          $0 + weights[$1] * values[$1 * dimension + i] * values[$1 * dimension + j]
        }
      }
    }
  }

  /// The same vectors where the space is itself placed in a larger one.
  func placed(by rows: OrthonormalRows) -> OrthonormalRows {
    precondition(rows.count == dimension, "Each axis has a place.")
    return OrthonormalRows(
      count: count, dimension: rows.dimension,
      values: (0..<count).flatMap {
        rows.point(components: Array(values[$0 * dimension..<($0 + 1) * dimension]))
      })
  }

  /// The components of a point along every row.
  func components(of point: [Double]) -> [Double] {
    values.withUnsafeBufferPointer { rows in
      (0..<count).map { row in
        var sum = 0.0
        for i in 0..<dimension { sum += rows[row * dimension + i] * point[i] }
        return sum
      }
    }
  }

  /// The point with given components along the rows.
  func point(components: [Double]) -> [Double] {
    var point = Array(repeating: 0.0, count: dimension)
    for (row, component) in components.enumerated() {
      for i in 0..<dimension { point[i] += component * values[row * dimension + i] }
    }
    return point
  }

  /// `components(of:)` for a batch.
  func components(of points: Points) -> Points {
    map(points, to: count) { components(of: $0) }
  }

  /// `point(components:)` for a batch.
  func points(components: Points) -> Points {
    map(components, to: dimension) { point(components: $0) }
  }

  private func map(
    _ points: Points, to width: Int, _ body: @Sendable ([Double]) -> [Double]
  ) -> Points {
    let shards = RowShards.map(count: points.count, costPerRow: 50 + values.count) { rows in
      rows.flatMap { body(points.row($0)) }
    }
    return Points(values: shards.flatMap { $0 }, dimension: width)
  }
}
