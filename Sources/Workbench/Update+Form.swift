import ScoreLab
import TermPlot

/// Moves in the form, or opens and changes the selected field.
func performInForm(_ action: Action, _ state: inout WorkbenchState) -> [Effect] {
  let fields = SetupForm.fields(of: state.configuration)
  let index = fields.firstIndex { $0.path == state.selectedField } ?? 0
  switch action {
  case .fieldUp: state.selectedField = fields[max(0, index - 1)].path
  case .fieldDown: state.selectedField = fields[min(fields.count - 1, index + 1)].path
  case .fieldFirst: state.selectedField = fields[0].path
  case .fieldLast: state.selectedField = fields[fields.count - 1].path
  case .fieldDecrease, .fieldIncrease:
    return changeField(fields[index].path, upwards: action == .fieldIncrease, &state)
  case .fieldEdit: open(fields[index], &state)
  default: break
  }
  return []
}

/// Moves a field to its next value up or down.
func changeField(_ path: String, upwards: Bool, _ state: inout WorkbenchState) -> [Effect] {
  let fields = SetupForm.fields(of: state.configuration)
  guard let field = fields.first(where: { $0.path == path }) else { return [] }
  let text = state.configuration.text(at: path) ?? ""
  guard let next = ValueSteps.neighbour(of: text, kind: field.kind, upwards: upwards) else {
    return []
  }
  return set(field, to: next, &state)
}

/// Sets a field from text, as a configuration file would; a bad value becomes a notice.
private func set(
  _ field: FormField, to text: String, _ state: inout WorkbenchState
) -> [Effect] {
  do throws(ConfigurationError) {
    let changed = try state.configuration.setting(["\(field.path)=\(text)"])
    guard changed != state.configuration else { return [] }
    let isStopped = if case .diverged? = state.snapshot?.status { true } else { false }
    let restarts = changed.requiresRestart(comparedTo: state.configuration)
    state.configuration = changed
    state.notice = Notice(
      text: restarts
        ? "restarted with seed \(changed.seed): \(field.label.trimmedSpaces) = \(text)"
        : "\(field.label.trimmedSpaces) = \(text), " + (isStopped ? "Space goes on" : "live"),
      role: .accent)
    return [.send(.configure(changed))]
  } catch {
    state.notice = Notice(text: error.message, role: .error)
    return []
  }
}

private func open(_ field: FormField, _ state: inout WorkbenchState) {
  let text = state.configuration.text(at: field.path) ?? ""
  if case .choice(let choices) = field.kind {
    state.overlay = .choices(field: field, selected: choices.firstIndex(of: text) ?? 0)
  } else {
    state.editor = FieldEditor(field: field, text: text, cursor: text.count)
  }
}

/// A key while a value is typed in.
func type(_ key: Key, _ state: inout WorkbenchState) -> [Effect] {
  guard var editor = state.editor else { return [] }
  var characters = Array(editor.text)
  switch key {
  case .escape:
    state.editor = nil
    return []
  case .enter:
    state.editor = nil
    return set(editor.field, to: editor.text.trimmedSpaces, &state)
  case .backspace:
    guard editor.cursor > 0 else { return [] }
    characters.remove(at: editor.cursor - 1)
    editor.cursor -= 1
  case .delete:
    guard editor.cursor < characters.count else { return [] }
    characters.remove(at: editor.cursor)
  case .left: editor.cursor = max(0, editor.cursor - 1)
  case .right: editor.cursor = min(characters.count, editor.cursor + 1)
  case .home, .control("a"): editor.cursor = 0
  case .end, .control("e"): editor.cursor = characters.count
  case .control("u"):
    characters.removeFirst(editor.cursor)
    editor.cursor = 0
  case .character(let character):
    guard characters.count < 200 else { return [] }
    characters.insert(character, at: editor.cursor)
    editor.cursor += 1
  case .space:
    characters.insert(" ", at: editor.cursor)
    editor.cursor += 1
  default: return []
  }
  editor.text = String(characters)
  state.editor = editor
  return []
}

/// A key while help or a list of choices is open.
func pressInOverlay(
  _ key: Key, _ overlay: Overlay, _ state: inout WorkbenchState
) -> [Effect] {
  switch (overlay, key) {
  case (_, .escape), (_, .character("q")), (.help, .character("?")), (.help, .function(1)):
    state.overlay = nil
  case (.help(let scroll), .up), (.help(let scroll), .character("k")):
    state.overlay = .help(scroll: max(0, scroll - 1))
  case (.help(let scroll), .down), (.help(let scroll), .character("j")):
    state.overlay = .help(scroll: min(scroll + 1, HelpText.rows.count - 1))
  case (.help(let scroll), .pageDown), (.help(let scroll), .space):
    state.overlay = .help(scroll: min(scroll + 10, HelpText.rows.count - 1))
  case (.help(let scroll), .pageUp): state.overlay = .help(scroll: max(0, scroll - 10))
  case (.choices(let field, let selected), _):
    return choose(key, field: field, selected: selected, &state)
  default: break
  }
  return []
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
    return set(field, to: choices[selected], &state)
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
