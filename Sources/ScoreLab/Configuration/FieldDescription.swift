public import ScoreCore

/// One key of the configuration, as lists, forms and the reader see it.
public struct FieldDescription: Sendable, Equatable {
  /// The catalog member that a parameter belongs to.
  public struct Owner: Sendable, Equatable {
    /// The path of the key that names the member, such as `sampler.kind`.
    public var path: String
    /// The member's name.
    public var name: String
  }

  /// The key with its section, for example `optimizer.learning_rate`.
  public var path: String
  /// One line on what it is, with its unit.
  public var summary: String
  public var kind: ValueKind
  /// The part of a running session that takes a new value; nil where it has to start again.
  public var live: LivePart?
  /// The steps that arrow keys take; nil for what has none.
  public var steps: StepLadder?
  /// The member whose parameter this is; nil for keys that are always there.
  public var owner: Owner?
  /// One line on each choice that has one.
  public var choiceSummaries: [String: String]
  /// Where the form shows it; nil for parameters, which follow their member, and for what has no row.
  public var place: FormPlace?

  public init(
    path: String, summary: String, kind: ValueKind, live: LivePart? = nil,
    steps: StepLadder? = nil, owner: Owner? = nil, choiceSummaries: [String: String] = [:],
    place: FormPlace? = nil
  ) {
    self.path = path
    self.summary = summary
    self.kind = kind
    self.live = live
    self.steps = steps ?? kind.usualSteps
    self.owner = owner
    self.choiceSummaries = choiceSummaries
    self.place = place
  }

  /// Describes a parameter of a catalog's member, under the parameter's name.
  init(_ parameter: ParameterDescription, owner: Owner, live: LivePart?) {
    self.init(
      path: parameter.name, summary: parameter.summary, kind: parameter.kind, live: live,
      steps: parameter.steps, owner: owner)
  }

  /// Whether a running session can take a new value without starting again.
  public var isLive: Bool { live != nil }

  /// The description as seen from outside a section.
  func under(_ section: String) -> FieldDescription {
    var result = self
    result.path = "\(section).\(path)"
    result.owner?.path = "\(section).\(owner?.path ?? "")"
    return result
  }

  /// One line on each member of a catalog.
  static func summaries(of catalog: [any CatalogItem]) -> [String: String] {
    Dictionary(catalog.map { ($0.name, $0.summary) }) { first, _ in first }
  }

  /// What is allowed, as error messages and lists say it.
  public var allowed: String {
    switch kind {
    case .number(_, let range): Self.bounded("a number", range)
    case .integer(_, let range, let divisor): Self.bounded(Self.wholeNumber(divisor), range)
    case .seed: Self.bounded("a whole number", 0...UInt64.max)
    case .choice(_, let choices): Self.alternatives(choices)
    case .flag: "true or false"
    case .text: "text"
    case .structured: "a list or a map"
    case .integers(_, let lengths, let range): Self.list(lengths: lengths, range: range)
    case .size(_, let range): Self.size(range: range)
    case .map: "a map with a kind and its parameters"
    }
  }

  /// The default as it is written in YAML; empty where there is none.
  public var defaultText: String {
    switch kind {
    case .number(let value, _): ConfigurationText.number(value)
    case .integer(let value, _, _): "\(value)"
    case .seed(let value): "\(value)"
    case .choice(let value, _): value
    case .flag(let value): "\(value)"
    case .text(let value): value.map { ConfigurationText.text($0) } ?? ""
    case .structured: ""
    case .integers(let values, _, _): ConfigurationText.list(values.map { "\($0)" })
    case .size(let value, _): value.map { "\($0)" } ?? ValueKind.unlimited
    case .map(let value): value
    }
  }

  // The reader words its errors with the same functions, so a list never says something else.

  static func bounded<Bound>(_ what: String, _ range: ClosedRange<Bound>) -> String {
    func text(_ bound: Bound) -> String {
      (bound as? Double).map { ConfigurationText.number($0) } ?? "\(bound)"
    }
    return "\(what) from \(text(range.lowerBound)) to \(text(range.upperBound))"
  }

  static func wholeNumber(_ divisor: Int) -> String {
    switch divisor {
    case 1: "a whole number"
    case 2: "an even number"
    default: "a multiple of \(divisor)"
    }
  }

  static func alternatives(_ choices: [String]) -> String {
    guard let last = choices.last, choices.count > 1 else { return choices.first ?? "nothing" }
    return choices.dropLast().joined(separator: ", ") + " or " + last
  }

  static func list(lengths: ClosedRange<Int>, range: ClosedRange<Int>) -> String {
    "a list of \(lengths.lowerBound) to \(lengths.upperBound) " + bounded("whole numbers", range)
  }

  static func size(range: ClosedRange<Int>) -> String {
    bounded("a whole number", range) + ", or \(ValueKind.unlimited)"
  }
}
