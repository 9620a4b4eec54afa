import ScoreCore
import ScoreLab

/// The rows of the experiment page's form: its name, parameters, seed and the run it trains.
enum ExperimentForm {
  /// The path of the experiment's name.
  static let namePath = "experiment"

  static let nameField = FormField(
    path: namePath, label: "experiment", kind: .choice(ExperimentCatalog.all.map(\.name)),
    isLive: true,
    choiceSummaries: Dictionary(
      ExperimentCatalog.all.map { ($0.name, $0.summary) }
    ) { first, _ in first })

  static func rows(
    of configuration: ExperimentConfiguration?
  ) -> [(field: FormField, value: String)] {
    guard let configuration else { return [(nameField, "(choose)")] }
    var name = nameField
    name.summary = nameField.choiceSummaries[configuration.choice.name] ?? ""
    var rows = [(field: name, value: configuration.choice.name)]
    for description in configuration.fields {
      let words = description.path.split(separator: "_").joined(separator: " ")
      let label = description.owner == nil ? words : "  " + words
      guard let field = FormField(description, label: label) else { continue }
      rows.append((field, configuration.text(at: description.path) ?? "(default)"))
    }
    guard configuration.experiment.standardRun != nil else { return rows }
    // Its own seed does not count, and the experiment probes as it needs.
    let run = SetupForm.rows(of: configuration.run).filter { row in
      row.field.path != "seed" && !row.field.path.hasPrefix("probe.")
    }
    return rows
      + run.map { row in
        var field = row.field
        field.path = "run." + field.path
        return (field, row.value)
      }
  }
}
