import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// The coordinates, a 1, and rectified random directions of them.
struct RampFeatures: ScoreFeatures {
  let dimension: Int
  private let ramps: Int
  /// `[dimension + 1, ramps]`, the thresholds last.
  private let directions: [Double]

  /// Draws directions of normal coordinates with variance 1 / dimension and normal thresholds, so that the
  /// ramps of points of unit coordinates are of one size in all dimensions.
  init(dimension: Int, ramps: Int, using stream: inout RandomStream) {
    (self.dimension, self.ramps) = (dimension, ramps)
    let scale = 1 / Double(dimension).squareRoot()
    directions =
      stream.normals(count: dimension * ramps, dimension: 1).values.map { scale * $0 }
      + stream.normals(count: ramps, dimension: 1).values
  }

  var count: Int { dimension + 1 + ramps }

  func values(at x: Points, level: NoiseLevel) -> [Double] {
    let inputs = dimension + 1
    var withOne: [Double] = []
    withOne.reserveCapacity(x.count * inputs)
    for row in 0..<x.count {
      withOne.append(contentsOf: x.row(row))
      withOne.append(1)
    }
    let inner = OpenBLAS.product(withOne, directions, inner: inputs)
    var result: [Double] = []
    result.reserveCapacity(x.count * count)
    for row in 0..<x.count {
      let (start, first) = (row * inputs, row * ramps)
      result.append(contentsOf: withOne[start..<start + inputs])
      for place in first..<first + ramps { result.append(max(0, inner[place])) }
    }
    return result
  }
}

/// A subspace through 0, with the variance that points have across it.
struct FoundSubspace: Sendable {
  /// Orthonormal, `[intrinsic, dimension]` row-major.
  let rows: [Double]
  let dimension: Int
  /// The mean square of a coordinate across it, in squared data units.
  let residual: Double

  var intrinsic: Int { rows.count / dimension }

  /// The first principal components of points about 0.
  init(of points: Points, intrinsic: Int) {
    dimension = points.dimension
    let d = points.dimension
    var moments = Array(repeating: 0.0, count: d * d)
    for row in 0..<points.count {
      for i in 0..<d {
        let x = points[row, i] / Double(points.count)
        for j in 0..<d { moments[i * d + j] += x * points[row, j] }
      }
    }
    let eigen = SymmetricEigen(large: moments, size: d)
    // Eigenvalues come in ascending order.
    rows = (0..<intrinsic).flatMap { eigen.vectors[(d - 1 - $0) * d..<(d - $0) * d] }
    let rest = eigen.values.dropLast(intrinsic)
    residual = rest.isEmpty ? 0 : max(0, rest.reduce(0, +)) / Double(rest.count)
  }

  /// A known subspace.
  init(rows: [[Double]], residual: Double) {
    (self.rows, dimension, self.residual) = (rows.flatMap { $0 }, rows[0].count, residual)
  }

  /// `U x`.
  func components(of x: Points) -> Points {
    Points(
      values: OpenBLAS.product(x.values, rows, inner: dimension, transposesRight: true),
      dimension: intrinsic)
  }

  /// `U^T y`.
  func points(_ y: Points) -> Points {
    Points(values: OpenBLAS.product(y.values, rows, inner: intrinsic), dimension: dimension)
  }

  /// The largest difference of `U U^T` from the identity.
  var departure: Double {
    let gram = OpenBLAS.product(rows, rows, inner: dimension, transposesRight: true)
    return gram.enumerated().map { abs($1 - ($0 / intrinsic == $0 % intrinsic ? 1 : 0)) }.largest
  }
}

/// A prediction of the noise in a subspace, and the best line across it.
struct SubspaceScore: ScoreFunction {
  let inner: LinearlyWeightedScore
  let subspace: FoundSubspace

  var dimension: Int { subspace.dimension }

  /// Across the subspace points are taken for normal with the residual variance.
  func score(at x: Points, level: NoiseLevel) -> Points {
    let y = subspace.components(of: x)
    var result = subspace.points(inner.score(at: y, level: level))
    let flat = subspace.points(y)
    let precision = 1 / (subspace.residual + level.sigma * level.sigma)
    for i in result.values.indices {
      result.values[i] -= precision * (x.values[i] - flat.values[i])
    }
    return result
  }
}
