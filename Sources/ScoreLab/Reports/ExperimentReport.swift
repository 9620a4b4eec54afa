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

  /// Failed if a check has, open while one is, passed otherwise.
  public var verdict: Check.Verdict {
    let verdicts = checks.map(\.verdict)
    return verdicts.contains(.failed) ? .failed : verdicts.contains(.open) ? .open : .passed
  }
}

/// A number that was measured and what it must be for the claim to hold.
public struct Check: Sendable, Equatable {
  public enum Verdict: String, Sendable {
    case passed, failed
    /// Not measured yet.
    case open
  }

  public enum Requirement: Sendable, Equatable {
    /// The expected value and the largest difference allowed.
    case near(Double, tolerance: Double)
    case atMost(Double)
    case atLeast(Double)
  }

  /// What is compared, such as `L2^2 at t = 0 against quadrature`.
  public var statement: String
  /// Nil until it is measured.
  public var measured: Double?
  public var requirement: Requirement
  /// Where expectation and tolerance come from, such as `closed form, 4 standard errors`.
  public var basis: String

  public init(
    _ statement: String, measured: Double?, _ requirement: Requirement, basis: String
  ) {
    self.statement = statement
    self.measured = measured
    self.requirement = requirement
    self.basis = basis
  }

  /// A measurement that is no number fails.
  public var verdict: Verdict {
    guard let measured else { return .open }
    let holds =
      switch requirement {
      case .near(let expected, let tolerance): abs(measured - expected) <= tolerance
      case .atMost(let bound): measured <= bound
      case .atLeast(let bound): measured >= bound
      }
    return holds ? .passed : .failed
  }
}
