import ScoreCore
import ScoreLab
import TermPlot

extension LivePage: FormPage {
  static let hasLiveRows = true

  static func startValues(_ state: WorkbenchState) -> [String: ConfigurationValue] {
    state.run.startValues
  }

  static func formRows(_ state: WorkbenchState) -> [FormRow] {
    state.editor?.pending.map { SetupForm.rows(of: state.run.configuration, pending: $0) }
      ?? state.run.rows
  }

  static func set(
    _ field: FormField, to input: FormInput, choosing pending: PendingChoice?,
    _ state: inout WorkbenchState
  ) -> [Effect]? {
    do throws(ConfigurationError) {
      let changed = try state.run.configuration.setting(field, to: input, choosing: pending)
      return take(changed, saying: "\(field.label) = \(input.text)", &state)
    } catch {
      if openMissing(error.path, of: field, choice: input.text, &state) { return [] }
      state.notice = Notice(text: "\(field.label): \(error.message)", role: .error)
      return nil
    }
  }

  /// Gives the session a configuration; only one that differs is sent.
  private static func take(
    _ changed: RunConfiguration, saying words: String, _ state: inout WorkbenchState
  ) -> [Effect] {
    guard changed != state.run.configuration else { return [] }
    let isStopped = if case .diverged? = state.run.status { true } else { false }
    let restarts = changed.requiresRestart(comparedTo: state.run.configuration)
    state.run.configuration = changed
    (state.run.canUndo, state.run.canRedo) = (true, false)
    state.notice = Notice(
      text: restarts
        ? "restarted with seed \(changed.seed): \(words); u undoes it"
        : "\(words), " + (isStopped ? "Space goes on" : "live"),
      role: .accent)
    return [.send(.configure(changed))]
  }

  /// Opens an editor for what a chosen member cannot do without, such as the file of points.
  ///
  /// - Returns: Whether that is what the error at `place` is about.
  private static func openMissing(
    _ place: String, of field: FormField, choice: String, _ state: inout WorkbenchState
  ) -> Bool {
    guard field.kind.choices != nil,
      let missing = SetupForm.missingField(ofMemberAt: field.path, named: choice, at: place)
    else { return false }
    var editor = FieldEditor(field: missing, text: "")
    editor.pending = PendingChoice(path: field.path, name: choice)
    state.editor = editor
    let name = missing.label
    state.notice = Notice(
      text: missing.kind == .text(default: nil)
        ? "\(choice) needs a \(name): type its name, Enter sets"
        : "\(choice) needs \(name): type them as [2, 1], Enter sets",
      role: .accent)
    return true
  }
}
