package import ScoreClaims
import ScoreCore
package import ScoreLab

/// What is done at every point of a sweep, before its keys are set.
package enum SweepSubject: Sendable, Equatable {
  /// A run that is trained for some steps and measured at its end.
  case training(RunConfiguration, steps: Int)
  /// An experiment, unit by unit.
  case experiment(ExperimentConfiguration)

  /// The key of a sweep for the training steps, which is none of the configuration.
  package static let stepsKey = "steps"
  /// The most training steps of a run.
  static let mostSteps = 1_000_000_000

  var seed: UInt64 {
    switch self {
    case .training(let configuration, _): configuration.seed
    case .experiment(let configuration): configuration.seed
    }
  }

  /// The value of a key, in YAML; nil for what is no key.
  func text(at path: String) -> String? {
    switch self {
    case .training(_, let steps) where path == Self.stepsKey: "\(steps)"
    case .training(let configuration, _): configuration.text(at: path)
    case .experiment(let configuration): configuration.text(at: path)
    }
  }

  /// Whether a key takes whole numbers alone.
  func isWhole(_ path: String) -> Bool {
    if case .training = self, path == Self.stepsKey { return true }
    let kind: ValueKind? =
      switch self {
      case .training(let configuration, _):
        ConfigurationCatalog.field(at: path, in: configuration)?.kind
      case .experiment(let configuration):
        path.hasPrefix("run.")
          ? ConfigurationCatalog.field(
            at: String(path.dropFirst("run.".count)), in: configuration.run)?.kind
          : configuration.fields.first { $0.path == path }?.kind
      }
    switch kind {
    case .integer, .size, .seed: return true
    case .number, .choice, .flag, .text, .structured, .integers, .map, nil: return false
    }
  }

  /// The same with some keys and the seed set.
  ///
  /// - Throws: `ConfigurationError` naming the key and what is allowed.
  func setting(
    _ values: [(path: String, text: String)], seed: UInt64
  ) throws(ConfigurationError) -> SweepSubject {
    var assignments = values.filter { $0.path != Self.stepsKey }.map { "\($0.path)=\($0.text)" }
    assignments.append("seed=\(seed)")
    switch self {
    case .training(let configuration, let steps):
      var changed = steps
      if let text = values.last(where: { $0.path == Self.stepsKey })?.text {
        changed = try Self.steps(text)
      }
      return .training(try configuration.setting(assignments), steps: changed)
    case .experiment(let configuration):
      return .experiment(
        try configuration.setting(values.map { "\($0.path)=\($0.text)" } + ["seed=\(seed)"]))
    }
  }

  private static func steps(_ text: String) throws(ConfigurationError) -> Int {
    guard let number = DecimalNumber.parse(text).flatMap({ Int(exactly: $0) }),
      (1...mostSteps).contains(number)
    else {
      throw ConfigurationError(
        file: "", path: stepsKey,
        message: "expected a whole number from 1 to \(mostSteps), found \(text)")
    }
    return number
  }

  /// The data files that it reads.
  var dataFiles: [String] {
    switch self {
    case .training(let configuration, _): return SharedRun(configuration).dataFiles
    case .experiment(let configuration):
      let own = configuration.fields.filter { $0.path.split(separator: ".").last == "file" }
        .compactMap { configuration.text(at: $0.path) }.filter { !$0.isEmpty }
      return own + SharedRun(configuration.run).dataFiles
    }
  }
}
