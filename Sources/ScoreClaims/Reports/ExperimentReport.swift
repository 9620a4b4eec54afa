import ScoreLab

/// What an experiment found, complete enough to be printed, projected and checked.
public struct ExperimentReport: Sendable, Equatable {
  /// A title of a few words.
  public var title: String
  /// The claim that is measured, in one or two sentences.
  public var claim: String
  /// Where the claim stands: author, year, arXiv id, theorem or figure.
  public var source: String
  /// What a reader must know before quoting, such as that a formula is disputed or from memory.
  public var caveats: [String]
  public var figures: [Figure]
  public var tables: [ReportTable]
  public var checks: [Check]

  public init(
    title: String, claim: String, source: String, caveats: [String] = [], figures: [Figure] = [],
    tables: [ReportTable] = [], checks: [Check] = []
  ) {
    self.title = title
    self.claim = claim
    self.source = source
    self.caveats = caveats
    self.figures = figures
    self.tables = tables
    self.checks = checks
  }

  /// The answer to the claim, from the claim checks alone.
  public var verdict: ClaimVerdict { ClaimVerdict(checks) }

  /// The agreements and identities that failed: the numbers of such a report cannot be trusted.
  public var faults: [Check] { checks.filter { $0.kind != .claim && $0.outcome == .failed } }
}
