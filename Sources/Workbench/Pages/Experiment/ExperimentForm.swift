import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

/// The rows of the experiment page's form: its name, parameters, seed and the run it trains.
enum ExperimentForm {
  /// The path of the experiment's name.
  static let namePath = "experiment"

  static let nameField: FormField = {
    let summaries = Dictionary(ExperimentCatalog.all.map { ($0.name, $0.summary) }) { first, _ in
      first
    }
    let names = ExperimentCatalog.all.map(\.name)
    return FormField(
      FieldDescription(
        path: namePath, summary: "", kind: .choice(default: names[0], of: names),
        choiceSummaries: summaries),
      label: "experiment")
  }()

  static func rows(of configuration: ExperimentConfiguration?) -> [FormRow] {
    guard let configuration else { return [FormRow(nameField, nil, instead: "(choose)")] }
    var name = nameField
    name.description.summary = name.description.choiceSummaries[configuration.choice.name] ?? ""
    let own = configuration.fields.map { description in
      let field = FormField(description, isIndented: description.owner != nil)
      return FormRow(field, configuration.value(at: description.path))
    }
    let rows = [FormRow(name, .text(configuration.choice.name))] + own
    guard configuration.experiment.standardRun != nil else { return rows }
    return rows + runRows(of: configuration.run)
  }

  /// Its own seed does not count, and the experiment probes as it needs.
  private static func runRows(of run: RunConfiguration) -> [FormRow] {
    SetupForm.rows(of: run).compactMap { row in
      switch row.field.description.place?.group {
      case .seed, .probe: return nil
      case .data, .network, .training, .sampling, .process, .objective, .optimizer,
        .networkInputs, nil:
        var row = row
        row.field.description.path = "run." + row.field.path
        return row
      }
    }
  }
}

extension ExperimentPage: FormPage {
  static func startValues(_ state: WorkbenchState) -> [String: ConfigurationValue] {
    state.experiment.startValues
  }

  static func formRows(_ state: WorkbenchState) -> [FormRow] {
    ExperimentForm.rows(of: state.experiment.configuration)
  }

  /// Sets a value, which starts the experiment again.
  static func set(
    _ field: FormField, to input: FormInput, choosing pending: PendingChoice?,
    _ state: inout WorkbenchState
  ) -> [Effect]? {
    if field.path == ExperimentForm.namePath {
      guard ExperimentCatalog.entry(named: input.text) != nil else { return nil }
      return start(ExperimentConfiguration(input.text), &state)
    }
    guard let configuration = state.experiment.configuration else { return nil }
    do throws(ConfigurationError) {
      let changed = try configuration.setting(field, to: input, choosing: pending)
      guard changed != configuration else { return [] }
      let effects = start(changed, &state)
      state.notice = Notice(text: "started again: \(field.label) = \(input.text)", role: .accent)
      return effects
    } catch {
      state.notice = Notice(text: "\(field.label): \(error.message)", role: .error)
      return nil
    }
  }
}
