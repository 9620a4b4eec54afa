import ScoreCore
import ScoreLab

/// The rows of the Setup form: keys by their places, each member's parameters behind its name.
enum SetupForm {
  /// The path of the distribution's name.
  static let distributionPath = DistributionConfiguration.namePath

  /// What is changed most, and live where it can be; first in the form unless chosen otherwise.
  static let favourites = [
    "optimizer.learning_rate", "optimizer.batch", "sampler.kind", "sampler.steps",
    distributionPath, "training_set.count", "network.hidden",
  ]

  /// Every key with a place, in the form's order.
  private static let places: [(description: FieldDescription, place: FormPlace)] =
    FormPlace.Group.allCases.flatMap { group in
      ConfigurationCatalog.fields.compactMap { description in
        description.place.flatMap { $0.group == group ? (description, $0) : nil }
      }
    }

  /// The rows for a configuration: only those that its choices leave a meaning.
  ///
  /// A pending choice is shown as if it were made, with its defaults.
  static func rows(
    of configuration: RunConfiguration, pending: PendingChoice? = nil
  ) -> [FormRow] {
    let values = configuration.values
    return places.filter { $0.place.condition.holds(in: configuration) }.flatMap {
      description, place -> [FormRow] in
      let field = field(description, place)
      let isPending = field.path == pending?.path
      let value = isPending ? pending.map { .text($0.name) } : values[field.path]
      var rows = [FormRow(field, value)]
      if case .text(let name)? = value {
        let parameters = ConfigurationCatalog.parameters(ofMemberAt: field.path, named: name)
        rows += parameters.map { parameter in
          // Only lists and maps can be missing, and then the member has something of its own.
          isPending
            ? FormRow(parameterField(parameter), nil, instead: parameter.defaultText)
            : FormRow(parameterField(parameter), values[parameter.path])
        }
      }
      for index in rows.indices { rows[index].group = place.group.name }
      return rows
    }
  }

  private static func field(_ description: FieldDescription, _ place: FormPlace) -> FormField {
    // The distribution is a map; its row is that of its name.
    if case .map = description.kind { return FormField(distribution, label: place.label) }
    return FormField(description, label: place.label, isIndented: place.isIndented)
  }

  private static let distribution = FieldDescription(
    path: distributionPath, summary: "distribution to learn",
    kind: .choice(
      default: DistributionConfiguration().kind, of: DistributionCatalog.all.map(\.name)),
    choiceSummaries: Dictionary(
      DistributionCatalog.all.map { ($0.name, $0.summary) }
    ) { first, _ in first })

  /// A parameter by its name without what the rows above it say already.
  private static func parameterField(_ description: FieldDescription) -> FormField {
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
    return FormField(description, label: words.joined(separator: " "), isIndented: true)
  }

  /// The row to type in what a member cannot do without, if that is where its error stands.
  static func missingField(ofMemberAt path: String, named name: String, at place: String)
    -> FormField?
  {
    let description = ConfigurationCatalog.parameters(ofMemberAt: path, named: name).first {
      $0.path == place
    }
    guard let field = description.map(parameterField), field.isTyped else { return nil }
    return field
  }
}

extension FormPlace.Group {
  /// What the form calls the rows.
  fileprivate var name: String {
    switch self {
    case .data: "data"
    case .network: "network"
    case .training: "training"
    case .sampling: "sampling"
    case .process: "process"
    case .objective: "objective"
    case .optimizer: "optimizer"
    case .networkInputs: "network inputs"
    case .probe: "probe"
    case .seed: "seed"
    }
  }
}
