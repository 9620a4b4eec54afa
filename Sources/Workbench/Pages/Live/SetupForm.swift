import ScoreCore
import ScoreLab

/// The rows of the Setup form, in order.
enum SetupForm {
  /// The path of the law's name.
  static let lawPath = DistributionConfiguration.namePath

  /// The keys with their labels, what people change most first; parameters of a member follow the
  /// key that names it.
  private static let keys: [(path: String, label: String)] = [
    (lawPath, "distribution"),
    ("training_set.count", "training set n"),
    ("network.kind", "network"),
    ("network.hidden", "  hidden"),
    ("network.activation", "  activation"),
    ("optimizer.learning_rate", "learning rate"),
    ("optimizer.batch", "batch"),
    ("sampler.kind", "sampler"),
    ("sampler.grid", "time grid"),
    ("sampler.steps", "steps"),
    ("sampler.count", "samples"),
    ("process.kind", "process"),
    ("objective.target", "target"),
    ("objective.weighting", "weighting"),
    ("objective.levels", "levels"),
    ("objective.stratified", "stratified"),
    ("objective.noise", "noise draw"),
    ("objective.huber_length", "Huber length"),
    ("optimizer.kind", "optimizer"),
    ("optimizer.schedule", "rate schedule"),
    ("optimizer.warmup", "warm-up steps"),
    ("optimizer.clip_norm", "clip norm"),
    ("optimizer.constraint", "constraint"),
    ("optimizer.average_profile", "weight average"),
    ("optimizer.average", "  decay"),
    ("optimizer.average_exponent", "  exponent"),
    ("network.residual", "residual"),
    ("network.time_embedding", "time input"),
    ("network.time_features", "time waves"),
    ("network.position_features", "point waves"),
    ("probe.delta", "delta"),
    ("probe.levels", "probe levels"),
    ("probe.points", "probe points"),
    ("seed", "seed"),
  ]

  /// The rows for a configuration: only those that its choices leave a meaning.
  static func fields(of configuration: RunConfiguration) -> [FormField] {
    rows(of: configuration).map(\.field)
  }

  /// The rows and their values; a pending choice is shown as if it were made, with its defaults.
  static func rows(
    of configuration: RunConfiguration, pending: PendingChoice? = nil
  ) -> [(field: FormField, value: String)] {
    let texts = configuration.texts
    return keys.filter { isMeaningful($0.path, in: configuration) }.flatMap { path, label in
      let isPending = path == pending?.path
      let name = (isPending ? pending?.name : texts[path]) ?? ""
      let own = path == lawPath ? law : field(path, label: label)
      let parameters = ConfigurationCatalog.parameters(ofMemberAt: path, named: name).compactMap {
        description -> (field: FormField, value: String)? in
        let value = isPending ? description.defaultText : texts[description.path]
        // Only lists and maps can be missing, and then the member has something of its own.
        return parameterField(description).map { ($0, value ?? "(default)") }
      }
      return [own].compactMap { $0 }.map { ($0, name) } + parameters
    }
  }

  private static let law = FormField(
    path: lawPath, label: "distribution", kind: .choice(DistributionCatalog.all.map(\.name)),
    isLive: false,
    choiceSummaries: Dictionary(
      DistributionCatalog.all.map { ($0.name, $0.summary) }
    ) { first, _ in first })

  private static func field(_ path: String, label: String) -> FormField? {
    ConfigurationCatalog.field(at: path).flatMap { FormField($0, label: label) }
  }

  private static func parameterField(_ description: FieldDescription) -> FormField? {
    FormField(description, label: parameterLabel(description))
  }

  /// A parameter's name without what the rows above it say already.
  private static func parameterLabel(_ description: FieldDescription) -> String {
    let name = description.path.split(separator: ".").last ?? ""
    var words = name.split(separator: "_")
    let above = [description.owner?.path.split(separator: ".").last ?? "", "data"].map {
      $0.hasSuffix("s") ? $0.dropLast() : $0
    }
    if words.count > 1, let first = words.first,
      above.contains(first) || first == description.owner?.name ?? ""
    {
      words.removeFirst()
    }
    return "  " + words.joined(separator: " ")
  }

  private static func isMeaningful(_ path: String, in configuration: RunConfiguration) -> Bool {
    let (network, optimizer) = (configuration.network, configuration.optimizer)
    return switch path {
    case "network.hidden", "network.activation", "network.residual": network.kind != .linear
    case "network.time_features": network.timeEmbedding != .plain
    case "optimizer.batch": !optimizer.make().rule.usesWholeTrainingSet
    case "optimizer.average": optimizer.averageProfile == .exponential
    case "optimizer.average_exponent": optimizer.averageProfile == .power
    case "objective.stratified":
      configuration.objective.make().levels.atoms(of: configuration.process.make()) == nil
    default: true
    }
  }

  /// The row to type in what a member cannot do without, if that is where its error stands.
  static func missingField(ofMemberAt path: String, named name: String, at place: String)
    -> FormField?
  {
    let description = ConfigurationCatalog.parameters(ofMemberAt: path, named: name).first {
      $0.path == place
    }
    guard let field = description.flatMap(parameterField) else { return nil }
    return field.kind == .text || field.kind == .structured ? field : nil
  }
}
