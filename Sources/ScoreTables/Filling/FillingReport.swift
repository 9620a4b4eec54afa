import NumberFormatting
import OutsideText

/// What is to be known of gaps that were filled.
public struct FillingReport: Sendable {
  private let table: Table
  private let gaps: GapPatterns
  private let hidden: FillingJudgement.Hidden
  private let judged: [FillingJudgement]
  private let trainedCount: Int
  /// Columns that are ignored and have gaps, which stay as they are: names and how many.
  public var leftOut: [(name: String, count: Int)] = []
  /// Further warnings, a line each, safe to show.
  public var remarks: [String] = []

  /// Fewer hidden values than this are too few to judge a column by.
  static let fewHidden = 30

  /// Collects what was judged; the first are the network's values.
  public init(
    _ table: Table, gaps: GapPatterns, hidden: FillingJudgement.Hidden,
    judged: [FillingJudgement], trainedCount: Int
  ) {
    self.table = table
    self.gaps = gaps
    self.hidden = hidden
    self.judged = judged
    self.trainedCount = trainedCount
  }

  private func name(_ column: Int) -> String {
    SafeText.sanitized(table.columns[column].name, limit: 30)
  }

  /// What a user of the values should know, a line each; safe to show.
  public var warnings: [String] {
    var lines = remarks
    for (name, count) in leftOut {
      lines.append(
        "\(NumberText.counted(count, "gap")) of the column \(name), which is ignored, "
          + "\(count == 1 ? "was" : "were") left as \(count == 1 ? "it is" : "they are")")
    }
    for column in table.columns.indices where table.columns[column].kind.hasCategories {
      let count = gaps.unseenCount(column, in: table)
      guard count > 0 else { continue }
      lines.append(
        "\(name(column)): \(NumberText.counted(count, "row")) with gaps "
          + "\(count == 1 ? "has" : "have") a value that no row without gaps has; what is filled there "
          + "is a guess")
    }
    let few = gaps.columns.filter { hidden.count($0) < Self.fewHidden }
    if !few.isEmpty {
      let list = few.map { "\(name($0)) (\(hidden.count($0)))" }.joined(separator: ", ")
      lines.append("fewer than \(Self.fewHidden) hidden values tell little: \(list)")
    }
    for score in judged[0].scores where score.difference.difference.isAbove {
      lines.append(
        "\(name(score.column)): filled values differ from hidden ones by more than chance "
          + "(\(score.difference.measure.rawValue) \(short(score.difference.difference.value)))")
    }
    for (place, score) in judged[0].scores.enumerated() {
      for other in judged.dropFirst() where isWorse(score, than: other.scores[place]) {
        lines.append(
          "\(name(score.column)): filled by \(other.name) it is nearer to the hidden values than by the "
            + "network (intervals apart)")
      }
    }
    return lines
  }

  /// Whether a score's interval lies on the wrong side of another's whose law is as good.
  ///
  /// A mean has the least squared error and the wrong law, so only draws compete.
  private func isWorse(
    _ score: FillingJudgement.Score, than other: FillingJudgement.Score
  ) -> Bool {
    guard !other.difference.difference.isAbove, let a = score.interval, let b = other.interval
    else { return false }
    return table.columns[score.column].kind.hasCategories
      ? a.upperBound < b.lowerBound : a.lowerBound > b.upperBound
  }

  /// The report as lines of plain text.
  public var text: String {
    let cells = gaps.columns.reduce(0) { $0 + gaps.gapCount($1) }
    var lines = [
      "\(gaps.rowCount) of \(NumberText.counted(table.rowCount, "row")) have gaps, in "
        + "\(NumberText.counted(gaps.patterns.count, "pattern")); "
        + "\(NumberText.counted(cells, "gap")) filled. All other cells are as the file has them.",
      "Of the \(gaps.completeRows.count) rows without gaps \(trainedCount) were trained on; "
        + "\(hidden.truth.rowCount) of the others had values hidden by the file's patterns.", "",
    ]
    lines += ReportTable.lines(filledRows)
    lines += ["", Self.legend, ""]
    lines += ReportTable.lines(scoreRows)
    lines.append("")
    let warnings = warnings
    lines += warnings.isEmpty ? ["no warnings"] : warnings.map { "warning: \($0)" }
    lines.append(Self.assumption)
    return lines.joined(separator: "\n") + "\n"
  }

  private static let legend = """
    Filled values against hidden ones, beside simple ways to fill. error: root mean squared error over
    the column's deviation; right: share of categories that are right; both with 95 % intervals. A value
    that is drawn from the right law has a larger error than the mean, which has the least and the wrong
    law: KS (numbers) and TV (categories) compare the laws, * above the 95 % null of one law.
    """

  private static let assumption = """
    Values are taken to be missing at random given the known ones of their row (MAR; Rubin 1976; Little
    and Rubin 2002), and rows without gaps to be like the others given the same values. No file can show
    whether that holds. Filled values are draws, not measurements: a model that takes them as known
    claims too much certainty (--draws gives several).
    """

  private var filledRows: [[String]] {
    [["column", "gaps filled", "of rows", "hidden and judged"]]
      + gaps.columns.map { column in
        let count = gaps.gapCount(column)
        let share = 100 * Double(count) / Double(table.rowCount)
        return [
          name(column), "\(count)", NumberText.short(share, digits: 3) + " %",
          "\(hidden.count(column))",
        ]
      }
  }

  private var scoreRows: [[String]] {
    [["column", "filled by", "measure", "value", "95 % interval", "law", "distance", "95 % null"]]
      + judged[0].scores.indices.flatMap { place in
        judged.enumerated().map { index, maker in
          let score = maker.scores[place]
          let isShare = table.columns[score.column].kind.hasCategories
          let found = score.difference.difference
          return [
            index == 0 ? name(score.column) : "", maker.name, isShare ? "right" : "error",
            short(score.value), score.interval.map(range) ?? "-",
            score.difference.measure.rawValue, short(found.value) + (found.isAbove ? "*" : " "),
            range(found.band),
          ]
        }
      }
  }

  private func range(_ range: ClosedRange<Double>) -> String {
    "\(short(range.lowerBound)) to \(short(range.upperBound))"
  }

  /// Sums of shares that are equal may differ by rounding.
  private func short(_ value: Double) -> String {
    NumberText.short(abs(value) < 1e-12 ? 0 : value, digits: 3)
  }
}
