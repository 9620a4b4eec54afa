/// A square matrix for each of some points, such as the Jacobians of a map at them.
public struct PointMatrices: Sendable, Equatable {
  /// The number of points.
  public let count: Int
  /// The rows and columns of each matrix.
  public let dimension: Int
  /// `[count, dimension, dimension]`, row-major.
  public var values: [Double]

  /// Creates matrices of zeros.
  public init(zeros count: Int, dimension: Int) {
    precondition(count >= 0 && dimension >= 1, "Matrices have a count and a size.")
    self.count = count
    self.dimension = dimension
    values = Array(repeating: 0, count: count * dimension * dimension)
  }

  /// Creates the matrix of each point, row-major, from the point and its row.
  init(at x: Points, _ matrix: @Sendable ([Double], Int) -> [Double]) {
    self.init(zeros: 0, dimension: x.dimension, count: x.count)
    let size = x.dimension
    values = RowShards.map(count: x.count, costPerRow: 10 * size * size) { rows in
      rows.flatMap { matrix(x.row($0), $0) }
    }.flatMap { $0 }
  }

  /// Creates the matrix of each point, row-major.
  init(at x: Points, _ matrix: @Sendable ([Double]) -> [Double]) {
    self.init(at: x) { point, _ in matrix(point) }
  }

  private init(zeros: Int, dimension: Int, count: Int) {
    self.count = count
    self.dimension = dimension
    values = []
  }

  public subscript(point: Int, row: Int, column: Int) -> Double {
    get { values[(point * dimension + row) * dimension + column] }
    set { values[(point * dimension + row) * dimension + column] = newValue }
  }

  /// The eigenvalues of the symmetric part of each matrix, descending, `[count][dimension]`.
  ///
  /// The Jacobian of an exact score is symmetric; that of a network need not be: see
  /// ``asymmetry``.
  public func symmetricEigenvalues() -> [[Double]] {
    let size = dimension
    let cost = 20_000 + 10 * size * size * size
    return RowShards.map(count: count, costPerRow: cost) { points in
      points.map { point in
        var symmetric = Array(repeating: 0.0, count: size * size)
        for i in 0..<size {
          for j in 0..<size {
            symmetric[i * size + j] = (self[point, i, j] + self[point, j, i]) / 2
          }
        }
        return SymmetricEigen.values(ofLarge: symmetric, size: size).reversed()
      }
    }.flatMap { $0 }
  }

  /// The share of the antisymmetric part in the squared norm of all matrices, from 0 to 1: how far
  /// they are from being derivatives of a gradient.
  public var asymmetry: Double {
    var (odd, all) = (0.0, 0.0)
    for point in 0..<count {
      for i in 0..<dimension {
        for j in 0..<dimension {
          let half = (self[point, i, j] - self[point, j, i]) / 2
          odd += half * half
          all += self[point, i, j] * self[point, i, j]
        }
      }
    }
    return all > 0 ? odd / all : 0
  }

  /// `u^T M u` of each matrix with a direction of unit length at each point, `[count]`.
  public func along(_ directions: Points) -> [Double] {
    precondition(
      directions.count == count && directions.dimension == dimension,
      "Each matrix has a direction of its own.")
    return (0..<count).map { point in
      var sum = 0.0
      for i in 0..<dimension {
        for j in 0..<dimension {
          sum += directions[point, i] * self[point, i, j] * directions[point, j]
        }
      }
      return sum
    }
  }
}
