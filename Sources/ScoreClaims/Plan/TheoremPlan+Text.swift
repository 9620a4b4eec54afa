import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

extension TheoremPlan.Section {
  /// A heading of a few words.
  public var title: String {
    switch self {
    case .sampling: "Sampling"
    case .samples: "Samples m to learn from"
    case .approximation: "Approximation that the class must allow"
    case .prior: "Earlier work, as the paper restates it"
    }
  }
}

extension TheoremPlan.Row {
  /// The number to two digits, marked as an order: `~ 0.03`, `~ 1.2e9`, `~ 4e612`.
  public var text: String {
    guard log10.isFinite else { return "~ 0" }
    if log10 >= -3, log10 < 5 { return "~ " + NumberText.plain(value, digits: 2) }
    var exponent = log10.rounded(.down)
    var mantissa = (pow(10, log10 - exponent) * 10).rounded() / 10
    if mantissa >= 10 { (mantissa, exponent) = (1, exponent + 1) }
    return "~ \(NumberText.plain(mantissa, digits: 2))e\(Int(exponent))"
  }
}

extension TheoremPlan {
  /// The whole plan as CSV with a line of names, each number with its label.
  public var csv: String {
    let head = ["name", "value", "log10", "label", "quantity", "formula", "source"]
    let lines = rows.map { row in
      [
        row.name, "\(row.value)", "\(row.log10)", Self.label, row.title, row.formula,
        "\(Self.paper), \(row.place)",
      ]
    }
    return ([head] + lines).map { CSVText.line($0) + "\n" }.joined()
  }
}
