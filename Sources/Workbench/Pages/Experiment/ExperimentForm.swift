import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

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
  ) -> [FormRow] {
    guard let configuration else { return [(nameField, "(choose)")] }
    var name = nameField
    name.summary = nameField.choiceSummaries[configuration.choice.name] ?? ""
    var rows: [FormRow] = [(name, configuration.choice.name)]
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

extension ExperimentPage: FormPage {
  static func formRows(_ state: WorkbenchState) -> [FormRow] {
    ExperimentForm.rows(of: state.experiment.configuration)
  }

  /// Sets a value, which starts the experiment again.
  static func set(
    _ field: FormField, to text: String, choosing pending: PendingChoice?,
    _ state: inout WorkbenchState
  ) -> [Effect]? {
    if field.path == ExperimentForm.namePath {
      guard ExperimentCatalog.entry(named: text) != nil else { return nil }
      return start(ExperimentConfiguration(text), &state)
    }
    guard let configuration = state.experiment.configuration else { return nil }
    let label = field.label.trimmedSpaces
    do throws(ConfigurationError) {
      let changed = try configuration.setting([field.assignment(of: text)])
      guard changed != configuration else { return [] }
      let effects = start(changed, &state)
      state.notice = Notice(text: "started again: \(label) = \(text)", role: .accent)
      return effects
    } catch {
      state.notice = Notice(text: "\(label): \(error.message)", role: .error)
      return nil
    }
  }
}
