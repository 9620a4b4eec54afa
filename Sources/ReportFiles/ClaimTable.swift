public import ScoreClaims
import TermPlot

/// Every claim with what was found of it, a row each.
public struct ClaimTable: Sendable {
  /// The reports of one claim, by seed.
  public struct Row: Sendable {
    public var claim: Claim
    public var reports: [FinishedReport]

    public init(_ claim: Claim, reports: [FinishedReport] = []) {
      self.claim = claim
      self.reports = reports
    }
  }

  public var rows: [Row]

  public init(_ rows: [Row]) { self.rows = rows }

  /// What is known before anything runs.
  public var claims: ReportTable {
    ReportTable(
      "claims", title: "Claims",
      columns: ["experiment", "paper", "version", "claim", "source", "standing"],
      rows: rows.map { row in
        let paper = row.claim.paper
        return [
          .text(row.claim.name), .text("\(paper.name) (arXiv:\(paper.arXiv))"),
          .text(paper.version), .text(row.claim.statement), .text(row.claim.source),
          .text(row.claim.standing.rawValue),
        ]
      },
      note:
        "Standing: *stated* is in the paper, whose text was read; *derived* follows here from the "
        + "paper's argument, with constants that it does not give; *observed* is an observation of "
        + "this project.")
  }

  /// What was found, with the first seed's numbers.
  public var verdicts: ReportTable {
    ReportTable(
      "verdicts", title: "Verdicts",
      columns: [
        "experiment", "seed", "verdict", "decided by", "measured", "low", "high", "required",
        "seeds", "held", "did not hold", "not tested",
      ],
      rows: rows.filter { !$0.reports.isEmpty }.map { row in
        let first = row.reports[0]
        func count(_ answer: ClaimVerdict.Answer) -> ReportTable.Cell {
          .integer(row.reports.count { $0.answer == answer })
        }
        return [
          .text(row.claim.name), .text("\(first.seed)"), .text(first.answer.rawValue),
          .text(first.statement), ReportTable.Cell(first.measured),
          ReportTable.Cell(first.interval?.lowerBound),
          ReportTable.Cell(first.interval?.upperBound), .text(first.requirement),
          .integer(row.reports.count), count(.held), count(.didNotHold), count(.notTested),
        ]
      },
      note: "At standard values. The numbers are those of the seed named, low and high a 95% "
        + "interval; the last columns count the verdicts of all seeds.")
  }

  /// A checksum of each report's tables, for comparing with another machine.
  public var digests: ReportTable {
    ReportTable(
      "digests", title: "Digests", columns: ["experiment", "seed", "digest"],
      rows: rows.flatMap { row in
        row.reports.map { [.text(row.claim.name), .text("\($0.seed)"), .text($0.digest)] }
      })
  }

  /// Claims and verdicts as Markdown.
  public var markdown: String {
    [claims, verdicts].filter { !$0.rows.isEmpty }.map { table in
      "## \(table.title)\n\n" + ReportText.markdown(table) + "\n\(table.note)\n"
    }.joined(separator: "\n")
  }
}
