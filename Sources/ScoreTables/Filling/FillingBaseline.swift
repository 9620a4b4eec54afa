import ScoreCore

/// A simple way to fill gaps, which a model is compared with.
public enum FillingBaseline: String, CaseIterable, Sendable {
  /// The column's mean; the commonest category of one with categories.
  case mean
  /// A value of the column, of a row drawn at random: a hot deck.
  case randomRow = "random row"
  /// The values of the row whose known values are nearest: a hot deck of neighbours.
  ///
  /// Source: Andridge and Little 2010, "A review of hot deck imputation for survey non-response".
  case nearestRow = "nearest row"
  /// A draw given the known values, of columns that hang together as normal numbers of the same ranks
  /// do.
  case copula

  /// Fills the gaps of rows.
  ///
  /// - Parameters:
  ///   - table: The rows.
  ///   - trained: Rows without gaps, of the same columns.
  ///   - seed: The seed.
  /// - Returns: The rows, without gaps.
  public func fill(_ table: Table, from trained: Table, seed: UInt64) -> Table {
    let place = Self.allCases.firstIndex(of: self) ?? 0
    var stream = RandomStream(
      seed: seed, purpose: .distributionSamples, index: 1 << 41 | UInt64(place))
    switch self {
    case .mean:
      let centres = trained.columns.indices.map { Self.centre(trained, $0) }
      return table.replacingGaps { column, _ in centres[column] }
    case .randomRow:
      return table.replacingGaps { column, _ in
        trained.values[column][stream.integer(below: trained.rowCount)]
      }
    case .nearestRow: return Self.nearest(table, trained, &stream)
    case .copula:
      return GaussianCopula(trained, using: &stream).filling(table, using: &stream)
    }
  }

  private static func centre(_ table: Table, _ place: Int) -> Double {
    let (column, values) = (table.columns[place], table.values[place])
    guard column.kind.hasCategories else {
      let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
      return column.valid(mean)
    }
    var counts = [Int](repeating: 0, count: column.categories.count)
    for value in values { counts[Int(value)] += 1 }
    return Double(counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0)
  }

  private static func nearest(
    _ table: Table, _ trained: Table, _ stream: inout RandomStream
  ) -> Table {
    let donors = trained.rows(
      Array(stream.permutation(of: trained.rowCount).prefix(TableBaseline.mostRows)))
    let encoding = TableEncoding(fitting: donors)
    let (all, known) = (encoding.points(donors), encoding.points(table))
    let gaps = GapPatterns(table)
    var donor = [Int](repeating: 0, count: table.rowCount)
    for (hidden, rows) in zip(gaps.patterns, gaps.rows) {
      let given = encoding.axes(given: hidden, false)
      guard !given.isEmpty else {
        for row in rows { donor[row] = stream.integer(below: donors.rowCount) }
        continue
      }
      let part = known.part(given)
      let asked = Points(values: rows.flatMap { part.row($0) }, dimension: given.count)
      let found = Neighbors.nearest(asked, in: all.part(given)).rows
      for (row, near) in zip(rows, found) { donor[row] = near }
    }
    return table.replacingGaps { column, row in donors.values[column][donor[row]] }
  }
}

extension Table {
  /// The table with a value in place of each gap.
  func replacingGaps(_ value: (_ column: Int, _ row: Int) -> Double) -> Table {
    var lists = values
    for column in lists.indices {
      for row in 0..<rowCount where lists[column][row].isNaN {
        lists[column][row] = value(column, row)
      }
    }
    return Table(columns: columns, values: lists)
  }
}
