import NumberFormatting
import OutsideText

/// What is to be known of rows that were made: quality and privacy next to baselines and nulls.
public struct SynthesisReport: Sendable {
  /// The model's rows first, then real ones and those of the baselines.
  public let judged: [JudgedRows]
  /// The values that all rows of the file have, and how many rows that were trained on have them; nil
  /// without a condition.
  public var condition: (condition: TableCondition, trained: Int)?
  /// The weight w of guidance; 0 for none.
  public var guidance = 0.0
  /// How well the target is learned from the rows; nil without a target that can be learned.
  public var target: TargetTable?
  /// Further warnings, a line each, safe to show.
  public var remarks: [String] = []
  private let trainedCount: Int
  private let heldOutCount: Int

  /// Collects what was judged; the first are the model's rows.
  public init(_ judged: [JudgedRows], split: TableSplit) {
    self.judged = judged
    trainedCount = split.trained.rowCount
    heldOutCount = split.heldOut.rowCount
  }

  /// What a user of the rows should know, a line each; safe to show.
  public var warnings: [String] {
    let model = judged[0]
    var lines = remarks
    if let condition, condition.trained == 0 {
      lines.append(
        "no row that was trained on has \(condition.condition.text): the rows are a guess")
    }
    if guidance > 0 {
      lines.append(
        "guidance of weight \(short(guidance)): the rows are not of the law given the condition, but "
          + "drawn towards what sets it apart")
    }
    if model.privacy.attack.isAbove || model.privacy.nearestIsTrained.isAbove {
      lines.append(
        "the rows are nearer to training rows than chance allows: they give some of them away")
    }
    if model.copies > 0 {
      lines.append(
        "\(percent(model.copies)) of the rows are training rows, value for value")
    }
    if model.comparison.columnMean.isAbove {
      let worst = model.comparison.columns.max { $0.difference.value < $1.difference.value }
      lines.append(
        "the columns differ from held-out rows by more than chance"
          + (worst.map { "; most in \($0.name) (\(short($0.difference.value)))" } ?? ""))
    }
    for (judge, found) in model.apart.judgements where found.auc.isAbove {
      lines.append(
        "a \(judge) classifier tells the rows from held-out ones (AUC \(short(found.auc.value)))")
    }
    return lines
  }

  /// The report as lines of plain text, 100 characters wide at most but for long names.
  public var text: String {
    var lines = ["\(trainedCount) rows were trained on, \(heldOutCount) held out."]
    if let condition {
      lines += [
        "All rows of the file have \(condition.condition.text), as \(condition.trained) of those do.",
        "The network is judged by other rows, which have these columns from rows trained on.",
      ]
    }
    lines.append("")
    lines += ReportTable.lines(summary)
    lines += ["", Self.legend, ""]
    lines += ReportTable.lines(toldApart)
    lines += ["", Self.toldApartLegend, ""]
    if let target { lines += ReportTable.lines(target.cells) + ["", target.legend, ""] }
    lines += ReportTable.lines(columns)
    lines.append("")
    let warnings = warnings
    lines += warnings.isEmpty ? ["no warnings"] : warnings.map { "warning: \($0)" }
    lines.append("This is no privacy guarantee: only what these tests look for was looked for.")
    return lines.joined(separator: "\n") + "\n"
  }

  private static let legend = """
    columns and pairs: mean difference from held-out rows, * above the 95 % null of fresh rows;
    nearest: share whose nearest real row was trained on, attack: AUC of guessing who was, both 0.5
    where nothing is given away, * above the null; copies: share that are training rows; density,
    coverage: 1 is as real rows.
    """

  private var summary: [[String]] {
    let heads = [
      "rows by", "columns", "pairs", "nearest", "attack", "copies", "density", "coverage",
    ]
    return [heads]
      + judged.map { rows in
        [
          rows.name, starred(rows.comparison.columnMean),
          rows.comparison.pairMean.map(starred) ?? "-", starred(rows.privacy.nearestIsTrained),
          starred(rows.privacy.attack), percent(rows.copies), short(rows.density.density),
          short(rows.density.coverage),
        ]
      }
  }

  private static let toldApartLegend = """
    Each half of as many made as held-out rows is scored by a classifier that learned from the other
    half: AUC, 0.5 where they cannot be told apart, * above the null of labels dealt again within a
    half; right: share of rows told right.
    """

  private var toldApart: [[String]] {
    [["told from held-out", "by", "AUC", "95 % null", "right"]]
      + judged.flatMap { rows in
        rows.apart.judgements.map { judge, found in
          [rows.name, judge, starred(found.auc), range(found.auc), percent(found.accuracy)]
        }
      }
  }

  private var columns: [[String]] {
    [["column", "measure", "difference", "95 % null"]]
      + judged[0].comparison.columns.map { column in
        [
          SafeText.sanitized(column.name, limit: 30), column.measure.rawValue,
          starred(column.difference), range(column.difference),
        ]
      }
  }

  private func starred(_ number: NullBand) -> String {
    short(number.value) + (number.isAbove ? "*" : " ")
  }

  private func range(_ number: NullBand) -> String {
    "\(short(number.band.lowerBound)) to \(short(number.band.upperBound))"
  }

  private func short(_ value: Double?) -> String {
    value.map { NumberText.short($0, digits: 3) } ?? "-"
  }

  private func percent(_ share: Double) -> String { NumberText.short(100 * share) + " %" }
}
