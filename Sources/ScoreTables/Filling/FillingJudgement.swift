import OutsideText
import ScoreCore

/// How near filled values are to known ones that were hidden.
public struct FillingJudgement: Sendable {
  /// One way to fill, in one column.
  public struct Score: Sendable, Equatable {
    /// The column's place.
    public let column: Int
    /// Of a column of categories the share of values that are right; else the root of the mean squared
    /// error, over the deviation of the column's training rows.
    public let value: Double
    /// Its 95 % interval; nil for one hidden value.
    public let interval: ClosedRange<Double>?
    /// The distance of the filled values' law to that of the hidden ones.
    public let difference: TableComparison.Column
  }

  /// Rows that were held out, with known values hidden by the file's own patterns.
  public struct Hidden: Sendable {
    /// The rows as they are.
    public let truth: Table
    /// The same rows with gaps.
    public let rows: Table
    /// The rows in which each column is hidden, `[columns]`.
    let places: [[Int]]

    /// The most rows that are hidden in.
    public static let mostRows = 1000

    /// Gives each of the first rows the pattern of a row that has gaps, drawn at random.
    ///
    /// - Parameters:
    ///   - heldOut: Rows without gaps.
    ///   - gaps: The file's patterns.
    ///   - seed: The seed.
    public init(_ heldOut: Table, gaps: GapPatterns, seed: UInt64) {
      var stream = RandomStream(seed: seed, purpose: .heldOut, index: 1 << 41)
      truth = heldOut.rows(Array(0..<min(heldOut.rowCount, Self.mostRows)))
      let hidden = (0..<truth.rowCount).map { _ in gaps.patterns[gaps.drawByRow(using: &stream)] }
      rows = truth.hiding(hidden)
      places = truth.columns.indices.map { column in
        hidden.indices.filter { hidden[$0].contains(column) }
      }
    }

    /// How many values of a column are hidden.
    public func count(_ column: Int) -> Int { places[column].count }
  }

  /// Who filled.
  public let name: String
  /// A score for each column with hidden values, in the table's order.
  public let scores: [Score]

  /// Compares filled rows with what was hidden.
  ///
  /// - Parameters:
  ///   - filled: The rows.
  ///   - name: Who filled them.
  ///   - hidden: What was hidden.
  ///   - trained: The training rows, whose deviations are the unit of errors.
  ///   - seed: The seed of the nulls.
  public init(
    _ filled: Table, by name: String, hidden: Hidden, trained: Table, seed: UInt64
  ) {
    self.name = name
    scores = hidden.truth.columns.indices.filter { !hidden.places[$0].isEmpty }.map { column in
      let rows = hidden.places[column]
      let (made, truth) = (filled.column(column, rows), hidden.truth.column(column, rows))
      let (value, interval) =
        hidden.truth.columns[column].kind.hasCategories
        ? Self.shareRight(made.values[0], truth.values[0])
        : Self.error(made.values[0], truth.values[0], unit: Self.deviation(trained.values[column]))
      return Score(
        column: column, value: value, interval: interval,
        difference: TableComparison(made, against: truth, seed: seed).columns[0])
    }
  }

  private static func shareRight(
    _ made: [Double], _ truth: [Double]
  ) -> (Double, ClosedRange<Double>?) {
    let right = zip(made, truth).count { $0 == $1 }
    let interval = BinomialDistribution.interval(successes: right, of: truth.count)
    return (Double(right) / Double(truth.count), interval.lower...interval.upper)
  }

  private static func error(
    _ made: [Double], _ truth: [Double], unit: Double
  ) -> (Double, ClosedRange<Double>?) {
    let squares = zip(made, truth).map { a, b in (a - b) / unit * ((a - b) / unit) }
    let mean = squares.reduce(0, +) / Double(squares.count)
    let interval = Estimate.meanInterval(of: squares).map {
      max(0, $0.lowerBound).squareRoot()...$0.upperBound.squareRoot()
    }
    return (mean.squareRoot(), interval)
  }

  private static func deviation(_ values: [Double]) -> Double {
    let n = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / n }
    let squared = values.reduce(0) { $0 + ($1 - mean) / n * ($1 - mean) }
    return squared > 0 ? squared.squareRoot() : 1
  }
}
