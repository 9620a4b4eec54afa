import ScoreLab

/// A sentence of a paper that can be measured, as it is known before anything runs.
public struct Claim: Sendable, Equatable {
  /// How a claim is known to be the paper's.
  public enum Standing: String, Sendable, CaseIterable {
    /// The paper says it, and its text was read.
    case stated
    /// Derived here from the paper's argument, with constants that the paper does not give.
    case derived
    /// An observation of this project on what the paper is about.
    case observed
  }

  /// The name that people type, such as `noise_levels`.
  public var name: String
  /// A title of a few words.
  public var title: String
  /// One line for lists and help: what is measured.
  public var summary: String
  /// The claim in one or two sentences.
  public var statement: String
  /// Where it stands: author, year, arXiv id, theorem or figure.
  public var source: String
  /// The paper that it is of or about.
  public var paper: Paper
  /// How sure it is that the paper says so.
  public var standing: Standing
  /// What must be known before quoting, such as that a formula is disputed.
  public var caveats: [String]

  public init(
    _ name: String, title: String, summary: String, statement: String, source: String,
    paper: Paper = .gupta2024, _ standing: Standing, caveats: [String] = []
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.statement = statement
    self.source = source
    self.paper = paper
    self.standing = standing
    self.caveats = caveats
  }
}
