/// Optimal transport between samples on the line, where matching in order is optimal.
///
/// Source: Villani 2003, *Topics in Optimal Transportation*, theorem 2.18.
enum LineTransport {
  /// The cost `int_0^1 |Q_x(u) - Q_y(u)|^p du` between equally weighted points.
  ///
  /// - Parameters:
  ///   - x: One sample, ascending, not empty.
  ///   - y: Another, ascending, not empty, of any size.
  ///   - order: The power `p`, 1 or 2.
  /// - Returns: The p-th power of the Wasserstein distance.
  static func cost(_ x: [Double], _ y: [Double], order: Int) -> Double {
    precondition(!x.isEmpty && !y.isEmpty, "Transport needs points on both sides.")
    // Levels are counted in units of 1 / (n m), so that equal ones compare as equal.
    let (n, m) = (x.count, y.count)
    var (i, j, level) = (0, 0, 0)
    var sum = 0.0
    while i < n && j < m {
      let (endX, endY) = ((i + 1) * m, (j + 1) * n)
      let end = min(endX, endY)
      let gap = abs(x[i] - y[j])
      sum += Double(end - level) * (order == 1 ? gap : gap * gap)
      level = end
      if endX == end { i += 1 }
      if endY == end { j += 1 }
    }
    return sum / (Double(n) * Double(m))
  }

  /// The Wasserstein distance, in the units of the points.
  static func distance(_ x: [Double], _ y: [Double], order: Int) -> Double {
    root(cost(x, y, order: order), order: order)
  }

  /// The p-th root for p = 1 or 2.
  static func root(_ cost: Double, order: Int) -> Double { order == 1 ? cost : cost.squareRoot() }
}
