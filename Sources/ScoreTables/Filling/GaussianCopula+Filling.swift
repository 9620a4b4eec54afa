import ScoreCore

extension GaussianCopula {
  /// Draws the gaps of rows given their known values.
  ///
  /// With the known columns first and `R = L L^T` of the correlations, normal scores are `L e`: known
  /// ones give their part of e, and the rest of e is drawn.
  ///
  /// - Precondition: A fit to rows without gaps.
  func filling(_ table: Table, using stream: inout RandomStream) -> Table {
    let gaps = GapPatterns(table)
    var values = table.values
    for (hidden, rows) in zip(gaps.patterns, gaps.rows) {
      let order = columns.indices.filter { !hidden.contains($0) } + hidden
      let lower = factor(order)
      let known = order.count - hidden.count
      for row in rows {
        var noise: [Double] = []
        for (place, column) in order.enumerated() {
          let behind = (0..<place).reduce(0.0) { $0 + lower[place][$1] * noise[$1] }
          guard place < known else {
            noise.append(stream.normal())
            let z = behind + lower[place][place] * noise[place]
            let n = sorted[column].count
            let rank = min(n - 1, Int(StandardNormal.cdf(z) * Double(n)))
            values[column][row] = sorted[column][rank]
            continue
          }
          let z = score(values[column][row], column, using: &stream)
          noise.append((z - behind) / lower[place][place])
        }
      }
    }
    return Table(columns: columns, values: values)
  }

  /// The normal score of a value, at random among the ranks of equal ones.
  private func score(
    _ value: Double, _ column: Int, using stream: inout RandomStream
  ) -> Double {
    let list = sorted[column]
    let n = Double(list.count)
    let (below, upTo) = (
      Double(list.partition { $0 >= value }), Double(list.partition { $0 > value })
    )
    let rank = below + stream.uniform() * (upTo - below)
    return StandardNormal.quantile(min(max(rank, 0.5), n - 0.5) / n)
  }

  /// The lower factor of the correlations in an order; columns that others determine keep a little of
  /// their own.
  private func factor(_ order: [Int]) -> [[Double]] {
    let d = order.count
    var lower = [[Double]](repeating: Array(repeating: 0, count: d), count: d)
    for i in 0..<d {
      for j in 0...i {
        let sum = (0..<j).reduce(correlations[order[i] * d + order[j]]) {
          $0 - lower[i][$1] * lower[j][$1]
        }
        lower[i][j] = i == j ? max(sum, 1e-6).squareRoot() : sum / lower[j][j]
      }
    }
    return lower
  }
}

extension [Double] {
  /// The first place of a sorted list from which on a condition holds; the count where it never does.
  fileprivate func partition(_ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
