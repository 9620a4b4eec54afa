import ScoreLab
import TermPlot

/// Moves in the form, or opens and changes the selected field.
func performInForm(_ action: Action, _ state: inout WorkbenchState) -> [Effect] {
  let fields = state.formRows.map(\.field)
  let index = fields.firstIndex { $0.path == state.selectedRow } ?? 0
  switch action {
  case .fieldUp: state.selectedRow = fields[max(0, index - 1)].path
  case .fieldDown: state.selectedRow = fields[min(fields.count - 1, index + 1)].path
  case .fieldFirst: state.selectedRow = fields[0].path
  case .fieldLast: state.selectedRow = fields[fields.count - 1].path
  case .fieldDecrease, .fieldIncrease:
    return changeField(fields[index].path, upwards: action == .fieldIncrease, &state)
  case .fieldEdit: open(fields[index], &state)
  default: break
  }
  return []
}

/// Moves a field to its next value up or down.
func changeField(_ path: String, upwards: Bool, _ state: inout WorkbenchState) -> [Effect] {
  guard let (field, text) = state.formRows.first(where: { $0.field.path == path }) else {
    return []
  }
  guard let next = ValueSteps.neighbour(of: text, kind: field.kind, upwards: upwards) else {
    return []
  }
  return set(field, to: next, &state) ?? []
}

/// Sets a field from text, as a configuration file would.
///
/// - Returns: What follows, or nil when the value was refused: then a notice says why.
func set(
  _ field: FormField, to text: String, choosing pending: PendingChoice? = nil,
  _ state: inout WorkbenchState
) -> [Effect]? {
  switch state.page {
  case .live: break
  case .experiment: return setInExperiment(field, to: text, &state)
  case .plan: return setInPlan(field, to: text, &state) ? [] : nil
  }
  do throws(ConfigurationError) {
    let companions = pending.map { ["\($0.path)=\($0.name)"] } ?? []
    let changed = try state.configuration.setting(
      companions + [assignment(of: text, to: field)])
    guard changed != state.configuration else { return [] }
    let isStopped = if case .diverged? = state.status { true } else { false }
    let restarts = changed.requiresRestart(comparedTo: state.configuration)
    state.configuration = changed
    state.notice = Notice(
      text: restarts
        ? "restarted with seed \(changed.seed): \(field.label.trimmedSpaces) = \(text)"
        : "\(field.label.trimmedSpaces) = \(text), " + (isStopped ? "Space goes on" : "live"),
      role: .accent)
    return [.send(.configure(changed))]
  } catch {
    if openMissing(error.path, of: field, choice: text, &state) { return [] }
    state.notice = Notice(
      text: "\(field.label.trimmedSpaces): \(error.message)", role: .error)
    return nil
  }
}

/// The assignment as YAML; text goes in quotes, so that no file name is taken for anything else.
func assignment(of text: String, to field: FormField) -> String {
  guard field.kind == .text else { return "\(field.path)=\(text)" }
  let doubled = text.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "''")
  return "\(field.path)='\(doubled)'"
}

/// Opens an editor for what a chosen member cannot do without, such as the file of points.
///
/// - Returns: Whether that is what the error at `place` is about.
private func openMissing(
  _ place: String, of field: FormField, choice: String, _ state: inout WorkbenchState
) -> Bool {
  guard case .choice = field.kind,
    let missing = SetupForm.missingField(ofMemberAt: field.path, named: choice, at: place)
  else { return false }
  var editor = FieldEditor(field: missing, text: "")
  editor.pending = PendingChoice(path: field.path, name: choice)
  state.editor = editor
  let name = missing.label.trimmedSpaces
  state.notice = Notice(
    text: missing.kind == .text
      ? "\(choice) needs a \(name): type its name, Enter sets"
      : "\(choice) needs \(name): type them as [2, 1], Enter sets",
    role: .accent)
  return true
}

private func open(_ field: FormField, _ state: inout WorkbenchState) {
  let text = state.formRows.first { $0.field.path == field.path }?.value ?? ""
  if case .choice(let choices) = field.kind {
    state.overlay = .choices(field: field, selected: choices.firstIndex(of: text) ?? 0)
  } else {
    state.editor = FieldEditor(field: field, text: text)
  }
}

/// A key while help or a list of choices is open.
func pressInOverlay(
  _ key: Key, _ overlay: Overlay, _ state: inout WorkbenchState
) -> [Effect] {
  switch (overlay, key) {
  case (_, .escape), (_, .character("q")), (.help, .character("?")), (.help, .function(1)):
    state.overlay = nil
  case (.help(let line), _): scrollHelp(key, from: line, &state)
  case (.choices(let field, let selected), _):
    return choose(key, field: field, selected: selected, &state)
  }
  return []
}

private func scrollHelp(_ key: Key, from line: Int, _ state: inout WorkbenchState) {
  // Past the last screenful the key back would seem dead.
  let screen = Rect(x: 0, y: 0, width: state.size.columns, height: state.size.rows)
  let last = HelpText.overlay(state).maximumScroll(in: screen)
  let line = min(line, last)
  let target: Int
  switch key {
  case .up, .character("k"): target = line - 1
  case .down, .character("j"): target = line + 1
  case .pageUp: target = line - 10
  case .pageDown, .space: target = line + 10
  case .home: target = 0
  case .end: target = last
  default: target = line
  }
  state.overlay = .help(scroll: min(max(0, target), last))
}

private func choose(
  _ key: Key, field: FormField, selected: Int, _ state: inout WorkbenchState
) -> [Effect] {
  guard case .choice(let choices) = field.kind else { return [] }
  switch key {
  case .up, .character("k"):
    state.overlay = .choices(field: field, selected: max(0, selected - 1))
  case .down, .character("j"):
    state.overlay = .choices(field: field, selected: min(choices.count - 1, selected + 1))
  case .home: state.overlay = .choices(field: field, selected: 0)
  case .end: state.overlay = .choices(field: field, selected: choices.count - 1)
  case .enter, .space:
    state.overlay = nil
    return set(field, to: choices[selected], &state) ?? []
  default: break
  }
  return []
}

extension String {
  /// The text without spaces at its ends.
  var trimmedSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
