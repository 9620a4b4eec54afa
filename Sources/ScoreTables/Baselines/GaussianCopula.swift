import ScoreCore

/// Columns of given distributions whose ranks hang together as those of a normal law.
struct GaussianCopula {
  let columns: [ColumnSchema]
  /// Each column's values in order, missing ones first.
  let sorted: [[Double]]
  /// The correlations of the ranks' normal scores, `[columns, columns]`.
  let correlations: [Double]
  /// `U sqrt(D)` of the correlations `U D U^T`, a row a column of the table.
  private let root: [[Double]]

  /// Fits the ranks; equal values share theirs out at random.
  init(_ table: Table, using stream: inout RandomStream) {
    columns = table.columns
    let (n, d) = (table.rowCount, table.columns.count)
    func key(_ value: Double) -> Double { value.isNaN ? -.infinity : value }
    sorted = table.values.map { $0.sorted { key($0) < key($1) } }
    var scores: [[Double]] = []
    for column in table.values {
      let order = stream.permutation(of: n).sorted { key(column[$0]) < key(column[$1]) }
      var score = [Double](repeating: 0, count: n)
      for (rank, row) in order.enumerated() {
        score[row] = StandardNormal.quantile((Double(rank) + 0.5) / Double(n))
      }
      scores.append(score)
    }
    let squares = scores[0].reduce(0) { $0 + $1 * $1 }
    var matrix = [Double](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in 0..<d {
        let sum = zip(scores[i], scores[j]).reduce(0) { $0 + $1.0 * $1.1 }
        matrix[i * d + j] = i == j || squares == 0 ? (i == j ? 1 : 0) : sum / squares
      }
    }
    correlations = matrix
    let eigen = SymmetricEigen(large: matrix, size: d)
    root = (0..<d).map { column in
      (0..<d).map { eigen.vectors[$0 * d + column] * max(0, eigen.values[$0]).squareRoot() }
    }
  }

  func rows(_ count: Int, using stream: inout RandomStream) -> Table {
    var values = [[Double]](repeating: [], count: columns.count)
    for _ in 0..<count {
      let noise = columns.map { _ in stream.normal() }
      for (place, weights) in root.enumerated() {
        let z = zip(weights, noise).reduce(0) { $0 + $1.0 * $1.1 }
        let n = sorted[place].count
        values[place].append(sorted[place][min(n - 1, Int(StandardNormal.cdf(z) * Double(n)))])
      }
    }
    return Table(columns: columns, values: values)
  }
}
