import TermPlot

/// A key while a value is typed in.
func type(_ key: Key, _ state: inout WorkbenchState) -> [Effect] {
  guard var editor = state.editor else { return [] }
  switch key {
  case .escape:
    state.editor = nil
    state.notice = nil
    return []
  case .enter: return submit(editor, &state)
  case .character(let character): insert(String(character), &editor, &state)
  case .space: insert(" ", &editor, &state)
  default: editor.press(key)
  }
  state.editor = editor
  return []
}

/// Pasted text: typed where a value is typed in, and nothing anywhere else, where it would be read
/// as keys.
func paste(_ text: String, _ state: inout WorkbenchState) {
  guard var editor = state.editor else {
    state.notice = Notice(
      text: "pasted text goes where a value is typed; Enter on a row of the form",
      role: .warning)
    return
  }
  insert(text, &editor, &state)
  state.editor = editor
}

private func insert(_ text: String, _ editor: inout FieldEditor, _ state: inout WorkbenchState) {
  guard !editor.insert(text) else { return }
  state.notice = Notice(
    text: "a value has at most \(grouped(FieldEditor.limit)) characters; the rest is left out",
    role: .warning)
}

private func submit(_ editor: FieldEditor, _ state: inout WorkbenchState) -> [Effect] {
  state.notice = nil
  // A refused value stays in the editor, to be mended rather than typed again.
  guard
    let effects = set(
      editor.field, to: editor.text.trimmedSpaces, choosing: editor.pending, &state)
  else { return [] }
  state.editor = nil
  guard state.page == .live else { return effects }
  // Only the session can tell whether a file is good.
  state.submission =
    effects.isEmpty ? nil : Submission(editor: editor, command: state.commandsSent + 1)
  return effects
}

extension FieldEditor {
  /// The most Unicode scalars of a value.
  static let limit = 1000

  /// Inserts text before the cursor, without control characters and ends of lines.
  ///
  /// - Returns: False when the text did not fit and was cut off.
  mutating func insert(_ more: String) -> Bool {
    // Scalars, not characters: a combining mark joins its neighbour and would shift the cursor.
    var scalars = Array(text.unicodeScalars)
    let typed = more.unicodeScalars.lazy.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    let room = max(0, FieldEditor.limit - scalars.count)
    // One more than fits, to see that there is more; a long paste is not gone through to its end.
    let fitting = Array(typed.prefix(room + 1))
    scalars.insert(contentsOf: fitting.prefix(room), at: cursor)
    cursor += min(room, fitting.count)
    text = String(String.UnicodeScalarView(scalars))
    return fitting.count <= room
  }

  /// A key that moves the cursor or takes text away.
  mutating func press(_ key: Key) {
    var scalars = Array(text.unicodeScalars)
    switch key {
    case .backspace where cursor > 0:
      scalars.remove(at: cursor - 1)
      cursor -= 1
    case .delete where cursor < scalars.count: scalars.remove(at: cursor)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(scalars.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = scalars.count
    case .control("u"):
      scalars.removeFirst(cursor)
      cursor = 0
    default: return
    }
    text = String(String.UnicodeScalarView(scalars))
  }
}
