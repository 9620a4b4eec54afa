import ScoreCore
public import ScoreLab

/// The rows of the Setup form, in order.
public enum SetupForm {
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
    ("optimizer.kind", "optimizer"),
    ("optimizer.schedule", "rate schedule"),
    ("optimizer.warmup", "warm-up steps"),
    ("optimizer.clip_norm", "clip norm"),
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
  public static func fields(of configuration: RunConfiguration) -> [FormField] {
    keys.filter { isMeaningful($0.path, in: configuration) }.flatMap { path, label in
      let own = path == lawPath ? law : field(path, label: label)
      return [own].compactMap { $0 } + parameters(of: path, in: configuration)
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

  private static func parameters(
    of path: String, in configuration: RunConfiguration
  ) -> [FormField] {
    ConfigurationCatalog.parameters(ofMemberAt: path, in: configuration).compactMap {
      FormField($0, label: parameterLabel($0))
    }
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

  /// The parameter that a law has no default for, or nil.
  static func requiredField(ofLaw name: String) -> FormField? {
    guard
      let parameter = DistributionCatalog.entry(named: name)?.parameters.first(where: {
        $0.kind == .text(default: nil)
      })
    else { return nil }
    return FormField(
      path: "distribution.\(parameter.name)", label: "  \(parameter.name)", kind: .text,
      isLive: false)
  }

  /// The configuration as the form shows it while the file of a chosen law is typed: that law
  /// with its defaults.
  static func preview(_ configuration: RunConfiguration, law name: String) -> RunConfiguration {
    var result = configuration
    result.distribution = DistributionConfiguration(kind: name)
    let descriptions = DistributionCatalog.entry(named: name)?.parameters ?? []
    var given: [String: ParameterValue] = [:]
    for description in descriptions where description.kind == .text(default: nil) {
      given[description.name] = .text("")
    }
    if let complete = try? CatalogParameters(given, describedBy: descriptions) {
      result.distribution.parameters = complete.values
    }
    return result
  }
}
