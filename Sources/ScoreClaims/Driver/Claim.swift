import ScoreLab

/// A sentence of a paper that can be measured, as it is known before anything runs.
public struct Claim: Sendable, Equatable {
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
  /// What must be known before quoting, such as that a formula is disputed.
  public var caveats: [String]

  public init(
    _ name: String, title: String, summary: String, statement: String, source: String,
    caveats: [String] = []
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.statement = statement
    self.source = source
    self.caveats = caveats
  }
}
