import ScoreCore

/// Rows that models learn a target from, and held-out real rows that they are tested on, encoded alike.
///
/// The encoding is fitted to the rows that are learned from, as one who has no others would.
struct TargetTask: Sendable {
  /// The most rows that models are trained on: the first of them.
  static let mostRows = 5000

  let column: ColumnSchema
  let learned: Points
  /// The target's places of categories, or numbers.
  let numbers: [Double]
  let tested: Points
  let truth: [Double]

  /// Encodes rows; nil where there is nothing to learn from, the target is a day or time, or it has gaps in
  /// the tested rows.
  init?(training rows: Table, testing tested: Table, target: Int) {
    let others = rows.columns.indices.filter { $0 != target }
    let used = (0..<rows.rowCount).filter { !rows.values[target][$0].isNaN }.prefix(Self.mostRows)
    guard rows.columns[target].kind != .datetime, !others.isEmpty, !used.isEmpty,
      tested.values[target].allSatisfy({ !$0.isNaN })
    else { return nil }
    let features = Self.columns(others, of: rows.rows(Array(used)))
    let encoding = TableEncoding(fitting: features)
    column = rows.columns[target]
    learned = encoding.points(features)
    self.tested = encoding.points(Self.columns(others, of: tested))
    numbers = used.map { rows.values[target][$0] }
    truth = tested.values[target]
  }

  private static func columns(_ places: [Int], of table: Table) -> Table {
    Table(columns: places.map { table.columns[$0] }, values: places.map { table.values[$0] })
  }

  var classes: [Int] { numbers.map { Int($0) } }
  private var classCount: Int { column.categories.count }

  /// The scores of probabilities `[tested rows][classes]`.
  func scores(_ probabilities: [[Double]]) -> ClassScores {
    ClassScores(probabilities, truth.map { Int($0) })
  }

  /// Logistic regressions, each class against the others; a class without training rows has probability
  /// 0, and one that all have has 1.
  var logistic: ClassScores {
    var result = [[Double]](
      repeating: Array(repeating: 0, count: classCount), count: tested.count)
    let classes = classes
    if let only = Set(classes).first, Set(classes).count == 1 {
      for row in result.indices { result[row][only] = 1 }
      return scores(result)
    }
    for kind in classCount == 2 ? [1] : Array(0..<classCount) where classes.contains(kind) {
      let model = LogisticRegression(learned, classes.map { $0 == kind })
      for (row, probability) in model.probabilities(tested).enumerated() {
        result[row][kind] = probability
        if classCount == 2 { result[row][0] = 1 - probability }
      }
    }
    return scores(result)
  }

  func forest(seed: UInt64) -> ClassScores {
    scores(
      RandomForest(learned, classes, classCount: classCount, seed: seed).probabilities(tested))
  }

  /// The scores of linear regression.
  var linear: NumberScores {
    NumberScores(LinearRegression(learned, numbers).numbers(tested), truth)
  }

  func numberForest(seed: UInt64) -> NumberScores {
    NumberScores(RandomForest(learned, numbers: numbers, seed: seed).numbers(tested), truth)
  }

  /// The scores of trees that correct each other; nil where the library fails.
  var boosting: ClassScores? {
    GradientBoosting.probabilities(learned, classes, classCount: classCount, testing: tested)
      .map(scores)
  }

  var numberBoosting: NumberScores? {
    GradientBoosting.numbers(learned, numbers, testing: tested).map { NumberScores($0, truth) }
  }

  /// What every row gets from one who knows only the target's column: the commonest class, or the mean.
  var simplest: [TargetMeasure: Double] {
    guard column.kind.hasCategories else {
      let mean = numbers.reduce(0) { $0 + $1 / Double(numbers.count) }
      return NumberScores(truth.map { _ in mean }, truth).measures
    }
    var counts = [Int](repeating: 0, count: classCount)
    for kind in classes { counts[kind] += 1 }
    let most = counts.indices.max { counts[$0] < counts[$1] }
    let row = counts.indices.map { $0 == most ? 1.0 : 0 }
    return scores(Array(repeating: row, count: tested.count)).measures
  }
}
