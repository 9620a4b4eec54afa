public import ScoreLab
import ScoreCore

/// One row of the Setup form.
public struct FormField: Sendable, Equatable {
  /// The configuration key, such as `optimizer.learning_rate`.
  public var path: String
  public var label: String
  public var kind: Kind
  /// Whether a change acts on the running session; otherwise it restarts with the same seed.
  public var isLive: Bool

  /// How the arrow keys change a value.
  public enum Kind: Sendable, Equatable {
    case number(ClosedRange<Double>)
    case integer(ClosedRange<Int>, steps: IntegerSteps)
    case choice([String])
    /// A list of layer widths.
    case widths
    /// A number of points, or `unlimited` beyond the top.
    case trainingSize
    /// A decay just below 1.
    case decay
    case seed
    case text
  }

  public enum IntegerSteps: Sendable, Equatable { case one, powersOfTwo, oneTwoFive }
}

/// The rows of the Setup form, in order.
public enum SetupForm {
  /// The rows for a configuration: the law's own parameters follow its kind.
  public static func fields(of configuration: RunConfiguration) -> [FormField] {
    [
      FormField(
        path: lawPath, label: "distribution",
        kind: .choice(DistributionCatalog.all.map(\.name)), isLive: false)
    ] + lawFields(of: configuration.distribution)
      + fixed.map { row in
        FormField(
          path: row.path, label: row.label, kind: kind(ofPath: row.path),
          isLive: ConfigurationCatalog.field(at: row.path)?.isLive ?? false)
      }
  }

  /// The path of the law's name.
  static let lawPath = "distribution.kind"

  /// The parameter that a law has no default for, or nil.
  static func requiredField(ofLaw name: String) -> FormField? {
    let parameter = DistributionCatalog.entry(named: name)?.parameters.first {
      $0.kind == .text(default: nil)
    }
    return parameter.map {
      FormField(
        path: "distribution.\($0.name)", label: "  \($0.name)", kind: .text, isLive: false)
    }
  }

  private static let fixed: [(path: String, label: String)] = [
    ("training_set.count", "training set n"),
    ("network.hidden", "network"),
    ("objective.levels", "levels"),
    ("optimizer.learning_rate", "learning rate"),
    ("optimizer.batch", "batch"),
    ("optimizer.average", "weight average"),
    ("sampler.kind", "sampler"),
    ("sampler.grid", "time grid"),
    ("sampler.steps", "steps"),
    ("sampler.count", "samples"),
    ("probe.delta", "delta"),
    ("seed", "seed"),
  ]

  private static func lawFields(of law: DistributionConfiguration) -> [FormField] {
    guard let entry = DistributionCatalog.entry(named: law.kind) else { return [] }
    return entry.parameters.compactMap { parameter in
      let kind: FormField.Kind
      switch parameter.kind {
      case .number(_, let range): kind = .number(range)
      case .integer(_, let range): kind = .integer(range, steps: .one)
      case .flag: kind = .choice(["true", "false"])
      case .text: kind = .text
      case .choice(_, let names): kind = .choice(names)
      case .structured: return nil
      }
      return FormField(
        path: "distribution.\(parameter.name)", label: "  \(parameter.name)", kind: kind,
        isLive: false)
    }
  }

  private static func kind(ofPath path: String) -> FormField.Kind {
    if path == "optimizer.average" { return .decay }
    switch ConfigurationCatalog.field(at: path)?.kind {
    case .number(_, let range)?: return .number(range)
    case .integer(_, let range, _)?:
      return .integer(range, steps: path == "optimizer.batch" ? .powersOfTwo : .oneTwoFive)
    case .choice(_, let choices)?: return .choice(choices)
    case .integers?: return .widths
    case .size?: return .trainingSize
    case .seed?: return .seed
    case .distribution?, nil: return .text
    }
  }
}
