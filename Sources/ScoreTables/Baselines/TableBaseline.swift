import ScoreCore

/// A simple way to make rows, which a model of tables is compared with.
public enum TableBaseline: String, CaseIterable, Sendable {
  /// Training rows, drawn with replacement: no new row, and all of them known.
  case bootstrap
  /// Each column drawn from the training rows on its own.
  case independent
  /// Columns that hang together as normal numbers of the same ranks do; categories by their order.
  ///
  /// Source: Nelsen 2006, "An Introduction to Copulas".
  case copula
  /// A row moved a random part of the way to one of its 5 nearest rows.
  ///
  /// Source: Chawla, Bowyer, Hall and Kegelmeyer 2002, "SMOTE", JAIR 16.
  case interpolation
  /// A row with normal noise of the deviation that Scott's rule gives.
  ///
  /// Source: Scott 1992, "Multivariate Density Estimation".
  case kernel

  /// The most training rows that neighbours are looked for among: the first of a random order.
  public static let mostRows = 3000

  /// Makes rows.
  ///
  /// - Parameters:
  ///   - count: How many, at least 1.
  ///   - table: The training rows.
  ///   - seed: The seed.
  /// - Returns: Rows that are valid.
  public func rows(_ count: Int, from table: Table, seed: UInt64) -> Table {
    var stream = RandomStream(
      seed: seed, purpose: .distributionSamples, index: 1 << 40 | UInt64(place))
    switch self {
    case .bootstrap:
      return table.rows((0..<count).map { _ in stream.integer(below: table.rowCount) })
    case .independent:
      let values = table.values.map { column in
        (0..<count).map { _ in column[stream.integer(below: column.count)] }
      }
      return Table(columns: table.columns, values: values)
    case .copula: return GaussianCopula(table, using: &stream).rows(count, using: &stream)
    case .interpolation: return Self.interpolated(count, table, &stream)
    case .kernel: return Self.smoothed(count, table, &stream)
    }
  }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  private static func interpolated(
    _ count: Int, _ table: Table, _ stream: inout RandomStream
  ) -> Table {
    let part = table.rows(Array(stream.permutation(of: table.rowCount).prefix(mostRows)))
    let encoding = TableEncoding(fitting: part)
    let points = encoding.points(part)
    var drawn = Points(zeros: count, dimension: encoding.dimension)
    var known: [Int: [Int]] = [:]
    for row in 0..<count {
      let start = stream.integer(below: points.count)
      let near = known[start] ?? Neighbors.nearest(5, to: start, in: points)
      known[start] = near
      let end = near.isEmpty ? start : near[stream.integer(below: near.count)]
      let share = stream.uniform()
      for axis in 0..<points.dimension {
        drawn[row, axis] = points[start, axis] + share * (points[end, axis] - points[start, axis])
      }
    }
    return encoding.table(drawn)
  }

  private static func smoothed(
    _ count: Int, _ table: Table, _ stream: inout RandomStream
  ) -> Table {
    let encoding = TableEncoding(fitting: table)
    let points = encoding.points(table)
    let n = Double(points.count)
    let width = power(n, -1 / Double(points.dimension + 4))
    let deviations = (0..<points.dimension).map { axis in
      let column = points.column(axis)
      let mean = column.reduce(0, +) / n
      return (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
    }
    var drawn = Points(zeros: count, dimension: points.dimension)
    for row in 0..<count {
      let start = stream.integer(below: points.count)
      for axis in 0..<points.dimension {
        drawn[row, axis] = points[start, axis] + width * deviations[axis] * stream.normal()
      }
    }
    return encoding.table(drawn)
  }
}
