import ScoreCore

/// All that is measured of rows that something made, against held-out real rows.
public struct JudgedRows: Sendable {
  /// Who made them.
  public let name: String
  public let comparison: TableComparison
  public let privacy: PrivacyComparison
  public let density: DensityCoverage
  /// Whether classifiers tell the rows from held-out ones.
  public let apart: TwoSampleTest
  /// Nil without a target that has categories, or with one class of it.
  public let target: TargetJudgement?
  /// The share of the rows that are training rows, value for value.
  public let copies: Double

  /// The most rows that are looked at.
  public static let mostRows = 2000

  /// Judges rows.
  ///
  /// - Parameters:
  ///   - rows: The rows, of which the first ``mostRows`` count.
  ///   - name: Who made them.
  ///   - split: The real rows.
  ///   - encoding: Of the training rows.
  ///   - target: The place of the target; nil without one.
  ///   - seed: The seed of every random choice.
  public init(
    _ rows: Table, by name: String, split: TableSplit, encoding: TableEncoding, target: Int?,
    seed: UInt64
  ) {
    let rows = rows.rows(Array(0..<min(rows.rowCount, Self.mostRows)))
    let heldOut = split.heldOut.rows(Array(0..<min(split.heldOut.rowCount, Self.mostRows)))
    let (points, real) = (encoding.points(rows), encoding.points(heldOut))
    self.name = name
    comparison = TableComparison(rows, against: heldOut, seed: seed, draws: 39)
    privacy = PrivacyComparison(
      rows: points, trained: encoding.points(split.trained), heldOut: real, seed: seed)
    // Coverage grows with the number of rows, so there are as many as real ones.
    let asMany = points.rows(0..<min(points.count, real.count))
    density = DensityCoverage(rows: asMany, real: real)
    apart = TwoSampleTest(rows: asMany, real: real, seed: seed)
    self.target = target.flatMap {
      TargetJudgement(training: rows, testing: split.heldOut, target: $0, seed: seed)
    }
    copies = Self.copies(of: split.trained, in: rows)
  }

  /// The share of the rows that are those of another table, value for value.
  static func copies(of known: Table, in rows: Table) -> Double {
    let known = Set((0..<known.rowCount).map { bits(known, $0) })
    let copied = (0..<rows.rowCount).count { known.contains(bits(rows, $0)) }
    return Double(copied) / Double(rows.rowCount)
  }

  private static func bits(_ table: Table, _ row: Int) -> [UInt64] {
    table.values.map { $0[row].isNaN ? .max : $0[row].bitPattern }
  }
}
