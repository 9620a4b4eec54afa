import OutsideText
public import ScoreClaims
import ScoreLab

/// What a finished report's folder says of the claim.
public struct FinishedReport: Sendable, Equatable {
  public var seed: UInt64
  public var answer: ClaimVerdict.Answer
  /// What decided it: what was measured, and the number with its interval.
  public var statement: String
  public var measured: Double?
  public var interval: ClosedRange<Double>?
  public var requirement: String
  /// A checksum of all tables in full precision.
  public var digest: String

  /// Reads a folder.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - configuration: What the report must be of; keys that were added since count as their
  ///     standard values.
  /// - Returns: Nil where there is no finished report of this configuration.
  /// - Throws: ``FileError`` or ``DataFileError`` when something is there but cannot be read.
  public static func read(
    path: String, configuration: ExperimentConfiguration
  ) throws -> FinishedReport? {
    let held = "\(path)/configuration.yaml"
    guard FileReader.exists("\(path)/report.md"), FileReader.exists(held),
      try ExperimentConfiguration.load(file: held) == configuration
    else { return nil }
    let names = (FileName.names(in: path) ?? []).filter {
      $0.hasSuffix(".csv") && !$0.hasPrefix(".")
    }
    let tables = try names.sorted().map { name in
      (name, try FileReader.text("\(path)/\(name)", limit: 1 << 28))
    }
    let checks = tables.first { $0.0 == "checks.csv" }?.1 ?? ""
    let rows = try CSVText.rows(checks, file: "\(path)/checks.csv")
    guard let row = rows.last, row.count == 9, row[0] == "verdict",
      let answer = ClaimVerdict.Answer(rawValue: row[2])
    else { throw FileError(path: "\(path)/checks.csv", reason: "not the checks of a report") }
    // What the check that decided measures; the verdict has its name, which several may share, its number
    // with the interval, and what was required.
    let deciding = rows.dropLast().first { check in
      check.count == 9 && check[0] == Check.Kind.claim.rawValue
        && [1, 4, 5, 6, 7].allSatisfy { check[$0] == row[$0] }
    }
    var interval: ClosedRange<Double>?
    if let low = Double(row[5]), let high = Double(row[6]), low <= high { interval = low...high }
    return FinishedReport(
      seed: configuration.seed, answer: answer, statement: deciding?[3] ?? "",
      measured: Double(row[4]), interval: interval, requirement: row[7],
      digest: CheckedText.checksum(tables.flatMap { Array($0.0.utf8) + [0] + Array($0.1.utf8) }))
  }
}
