import ScoreCore

/// How well models that learn the target from rows predict it in held-out real rows.
///
/// Source: "train on synthetic, test on real", Esteban, Hyland and Raetsch 2017, arXiv:1706.02633 (from
/// memory).
public struct TargetJudgement: Sendable, Equatable {
  public let logistic: ClassScores
  public let forest: ClassScores

  /// The most rows that models are trained on: the first of them.
  public static let mostRows = 5000

  /// Trains both models and tests them; nil where the target has no categories, or fewer than two of
  /// them are in `rows`.
  ///
  /// - Parameters:
  ///   - rows: What models are trained on.
  ///   - tested: Held-out real rows.
  ///   - target: The place of the target column: one with categories, without gaps in `tested`.
  ///   - seed: The seed of the forest.
  public init?(training rows: Table, testing tested: Table, target: Int, seed: UInt64) {
    let column = rows.columns[target]
    let others = rows.columns.indices.filter { $0 != target }
    guard column.kind.hasCategories, !others.isEmpty else { return nil }
    let used = (0..<rows.rowCount).filter { !rows.values[target][$0].isNaN }.prefix(Self.mostRows)
    let kinds = used.map { Int(rows.values[target][$0]) }
    guard Set(kinds).count > 1, tested.values[target].allSatisfy({ !$0.isNaN }) else { return nil }
    let features = Self.columns(others, of: rows.rows(Array(used)))
    let encoding = TableEncoding(fitting: features)
    let (x, y) = (encoding.points(features), encoding.points(Self.columns(others, of: tested)))
    let truth = tested.values[target].map { Int($0) }
    let count = column.categories.count
    logistic = ClassScores(Self.logistic(x, kinds, count, y), truth)
    forest = ClassScores(
      RandomForest(x, kinds, classCount: count, seed: seed).probabilities(y), truth)
  }

  private static func columns(_ places: [Int], of table: Table) -> Table {
    Table(columns: places.map { table.columns[$0] }, values: places.map { table.values[$0] })
  }

  /// Each class against the others; a class without training rows has probability 0.
  private static func logistic(
    _ x: Points, _ classes: [Int], _ count: Int, _ tested: Points
  ) -> [[Double]] {
    var result = [[Double]](
      repeating: Array(repeating: 0, count: count), count: tested.count)
    for kind in count == 2 ? [1] : Array(0..<count) where classes.contains(kind) {
      let model = LogisticRegression(x, classes.map { $0 == kind })
      for (row, probability) in model.probabilities(tested).enumerated() {
        result[row][kind] = probability
        if count == 2 { result[row][0] = 1 - probability }
      }
    }
    return result
  }
}
