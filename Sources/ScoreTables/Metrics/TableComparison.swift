import OutsideText
import ScoreCore

/// How far the rows of one table are from those of another, column by column and pair by pair.
///
/// Every number has the null that both tables are rows of one law: the rows of both are put together and
/// dealt again, so the null is exact for independent rows, whatever their law.
public struct TableComparison: Sendable, Equatable {
  /// What a column's number is.
  public enum Measure: String, Sendable {
    /// The largest distance of the distribution functions (Kolmogorov and Smirnov), a missing value
    /// counted as less than any number.
    case ks = "KS"
    /// Half the sum of the differences of the shares (total variation), missing as a category.
    case tv = "TV"
  }

  /// A column's difference.
  public struct Column: Sendable, Equatable {
    /// The name, safe to show.
    public let name: String
    public let measure: Measure
    public let difference: NullBand
  }

  /// The most rows of each table that are looked at: a random part of larger ones.
  public static let mostRows = 5000

  public let columns: [Column]
  /// The mean of the columns' differences.
  public let columnMean: NullBand
  /// The mean over all pairs of columns, nil for one column.
  ///
  /// Between numbers it is the difference of the correlations, 0 to 2; else the total variation of the
  /// contingency tables, numbers cut at the quarters of both tables together, 0 to 1.
  public let pairMean: NullBand?

  /// Compares two tables.
  ///
  /// - Parameters:
  ///   - table: The rows that are judged.
  ///   - reference: Real rows that had no part in making them.
  ///   - seed: The seed of the parts and of the dealing.
  ///   - draws: How many times rows are dealt again.
  /// - Precondition: Tables of the same columns.
  public init(_ table: Table, against reference: Table, seed: UInt64, draws: Int = 79) {
    precondition(table.columns == reference.columns && draws >= 1, "Tables of the same columns.")
    var stream = RandomStream(seed: seed, purpose: .sampleMetrics, index: 1 << 40)
    let (a, b) = (Self.part(table, &stream), Self.part(reference, &stream))
    let pooled = zip(a.values, b.values).map { $0 + $1 }
    let judges = ComparedColumns(table.columns, pooled)
    let found = judges.differences(first: Array(0..<a.rowCount), count: a.rowCount + b.rowCount)
    var null: [ComparedColumns.Differences] = []
    for _ in 0..<draws {
      let dealt = stream.permutation(of: a.rowCount + b.rowCount)
      null.append(judges.differences(first: Array(dealt[..<a.rowCount]), count: dealt.count))
    }
    columns = table.columns.enumerated().map { place, column in
      Column(
        name: SafeText.sanitized(column.name),
        measure: column.kind.hasCategories && column.kind != .ordinal ? .tv : .ks,
        difference: NullBand(found.columns[place], null: null.map { $0.columns[place] }))
    }
    columnMean = NullBand(found.columnMean, null: null.map(\.columnMean))
    pairMean = found.pairMean.map { NullBand($0, null: null.compactMap(\.pairMean)) }
  }

  private static func part(_ table: Table, _ stream: inout RandomStream) -> Table {
    guard table.rowCount > mostRows else { return table }
    return table.rows(Array(stream.permutation(of: table.rowCount)[..<mostRows]))
  }
}
