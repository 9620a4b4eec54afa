import NumberFormatting
import OutsideText

/// How well models that learn the target from tables of each maker predict it in held-out real rows, as a
/// table in words.
public struct TargetTable: Sendable {
  public let scores: [TargetScores]
  /// What one reaches who knows the target's column alone.
  private let simplest: [TargetMeasure: Double]
  private let column: ColumnSchema
  private let rowCount: Int
  private let testedCount: Int
  private let seedCount: Int

  /// Collects the scores of makers, the model's first, then real rows.
  ///
  /// - Parameters:
  ///   - column: The target.
  ///   - scores: At least one; the first has the most tables.
  ///   - simplest: What the commonest class, or the mean, reaches.
  ///   - rowCount: The rows of a table.
  ///   - testedCount: The rows that models are tested on.
  ///   - seedCount: The seeds of each model that has them.
  public init(
    _ column: ColumnSchema, _ scores: [TargetScores], simplest: [TargetMeasure: Double],
    rowCount: Int, testedCount: Int, seedCount: Int
  ) {
    precondition(!scores.isEmpty, "A maker's scores.")
    self.column = column
    self.scores = scores
    self.simplest = simplest
    self.rowCount = rowCount
    self.testedCount = testedCount
    self.seedCount = seedCount
  }

  private var hasClasses: Bool { column.kind.hasCategories }
  private var tableCount: Int { scores[0].tableCount }
  private var hasIntervals: Bool { tableCount > 1 }
  /// Whose spread over seeds is shown.
  private var mainMeasure: TargetMeasure { hasClasses ? .auc : .rSquared }

  /// The heads, then a line for each maker and kind of model, and one for the simplest guess.
  var cells: [[String]] {
    let measures = scores[0].measures
    let heads =
      ["target learned from", "by"]
      + measures.flatMap { hasIntervals ? [$0.rawValue, "+-"] : [$0.rawValue] }
    let lines = scores.flatMap { maker in
      TargetJudge.allCases.map { judge in
        [maker.name, judge.name(forClasses: hasClasses)]
          + measures.flatMap { cells(maker[judge, $0]) }
          + (hasIntervals ? [short(maker[judge, mainMeasure]?.seedDeviation, 2)] : [])
      }
    }
    let last =
      [hasClasses ? "commonest class" : "mean", "-"]
      + measures.flatMap { [short(simplest[$0], 3)] + (hasIntervals ? ["-"] : []) }
    return [heads + (hasIntervals ? ["seeds"] : [])] + lines
      + [last + (hasIntervals ? ["-"] : [])]
  }

  private func cells(_ score: TargetScores.Score?) -> [String] {
    let half = score?.interval.map { ($0.upperBound - $0.lowerBound) / 2 }
    return [short(score?.mean, 3)] + (hasIntervals ? [short(half, 2)] : [])
  }

  private func short(_ value: Double?, _ digits: Int) -> String {
    value.map { NumberText.short($0, digits: digits) } ?? "-"
  }

  /// What the numbers are, in lines of at most 100 characters but for a long word.
  var legend: String {
    let rows = NumberText.counted(rowCount, "row")
    let spread =
      hasIntervals
      ? [
        "Means over \(tableCount) tables of \(rows), of the forest over \(seedCount) seeds on each.",
        "+- is half of the 95 % interval for further tables of one maker: Student's t over the means of",
        "tables, as seeds share a table's rows. It does not count another network, split or set of",
        "held-out rows. seeds: deviation of \(mainMeasure.rawValue) between seeds on one table. Real",
        "rows are dealt into tables that share none: here \(realCount).",
      ]
      : [
        "One table of \(rows) and one seed of the forest each, so there is no interval;",
        "--repeats 5 gives one.",
      ]
    return Self.wrapped((meaning + spread).joined(separator: " "))
  }

  private var realCount: Int { scores.dropFirst().first.map(\.tableCount) ?? 0 }

  private var meaning: [String] {
    let name = SafeText.sanitized(column.name, limit: 30)
    let tested = NumberText.counted(testedCount, "held-out row")
    let head = "is learned from made rows and tested on \(tested)."
    guard hasClasses else {
      return [
        "\(name) \(head) R^2: 1 is exact, 0 no better than the mean; RMSE in the column's unit."
      ]
    }
    let count = column.categories.count
    let area = count > 2 ? "each against the others" : "0.5 without knowledge"
    return ["\(name) \(head) F1: mean over \(count) classes; AUC: \(area)."]
  }

  private static func wrapped(_ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + word.count < 100 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }
}
