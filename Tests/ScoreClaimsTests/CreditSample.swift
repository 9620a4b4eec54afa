import Foundation
import ScoreCore

/// A small made-up table in the forms in which Default of credit card clients circulates.
enum CreditSample {
  enum Form: String, CaseIterable, Sendable {
    /// A line X1, ..., Y above the names, as the spreadsheet has it when it is saved as CSV.
    case uci
    /// Names x1 to x23 and y.
    case openML
    /// The target with points in its name, amounts with a decimal.
    case kaggle
  }

  /// A file of 400 rows that stays for all tests of a process.
  static let file: String = {
    let path =
      NSTemporaryDirectory() + "scorefield-credit-\(ProcessInfo.processInfo.processIdentifier).csv"
    try? text(.uci, rows: 400).write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }()

  /// What an experiment needs before it can start.
  static func settings(of experiment: String) -> [String] {
    experiment == "credit_default" ? ["file=\(file)"] : []
  }

  /// Rows of which a hidden number moves every column.
  static func text(_ form: Form, rows: Int) -> String {
    var stream = RandomStream(seed: 3, purpose: .distributionSamples)
    var lines = heads(form)
    for row in 1...rows {
      let hidden = stream.normal()
      func about(_ scale: Double, _ noise: Double) -> Double {
        scale * (hidden + noise * stream.normal())
      }
      var cells = [
        Int(200_000 - about(40_000, 0.4)) / 10_000 * 10_000, about(1, 0.7) > 0 ? 1 : 2,
        max(1, min(4, Int(2.5 + about(1, 0.5)))), max(1, min(3, Int(2 + about(0.8, 0.6)))),
        35 + Int(about(8, 0.4)),
      ]
      for _ in 0..<6 { cells.append(max(-2, min(3, Int(about(1.4, 0.3).rounded())))) }
      for _ in 0..<6 { cells.append(50_000 + Int(about(20_000, 0.3))) }
      for _ in 0..<6 {
        let paid = Int(4000 - about(2500, 0.3))
        cells.append(max(0, paid))
      }
      cells.append(about(1, 0.4) > 0.6 ? 1 : 0)
      let texts = cells.enumerated().map { place, value in
        form == .kaggle && (place == 0 || (11..<23).contains(place)) ? "\(value).0" : "\(value)"
      }
      lines.append((form == .openML ? texts : ["\(row)"] + texts).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func heads(_ form: Form) -> [String] {
    let names =
      ["LIMIT_BAL", "SEX", "EDUCATION", "MARRIAGE", "AGE", "PAY_0"] + (2...6).map { "PAY_\($0)" }
      + (1...6).map { "BILL_AMT\($0)" } + (1...6).map { "PAY_AMT\($0)" }
    switch form {
    case .uci:
      return [
        "," + (1...23).map { "X\($0)" }.joined(separator: ",") + ",Y",
        "ID," + names.joined(separator: ",") + ",default payment next month",
      ]
    case .openML: return [(1...23).map { "x\($0)" }.joined(separator: ",") + ",y"]
    case .kaggle:
      return ["\"ID\"," + names.joined(separator: ",") + ",\"default.payment.next.month\""]
    }
  }
}
