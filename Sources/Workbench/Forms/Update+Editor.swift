import ScoreLab
import TermPlot

extension WorkbenchState {
  /// A key while a value is typed in.
  mutating func type(_ key: Key, in open: FieldEditor) -> [Effect] {
    var editor = open
    switch key {
    case .escape:
      self.editor = nil
      notice = nil
      return []
    case .enter: return submit(editor)
    case .character(let character): insert(String(character), in: &editor)
    case .space: insert(" ", in: &editor)
    default: editor.press(key)
    }
    self.editor = editor
    return []
  }

  /// Pasted text: typed where a value is typed in, and nothing anywhere else, where it would be
  /// read as keys.
  mutating func paste(_ text: String) {
    guard var editor else {
      notice = Notice(
        text: "pasted text goes where a value is typed; Enter on a row of the form",
        role: .warning)
      return
    }
    insert(text, in: &editor)
    self.editor = editor
  }

  private mutating func insert(_ text: String, in editor: inout FieldEditor) {
    guard !editor.insert(text) else { return }
    notice = Notice(
      text: "a value has at most \(grouped(FieldEditor.limit)) characters; the rest is left out",
      role: .warning)
  }

  private mutating func submit(_ editor: FieldEditor) -> [Effect] {
    notice = nil
    // A refused value stays in the editor, to be mended rather than typed again.
    guard
      let effects = set(
        editor.field, to: .typed(editor.text.trimmedSpaces), choosing: editor.pending)
    else { return [] }
    self.editor = nil
    // Only the session knows whether a file is good.
    let isSent = effects.contains { if case .send(.configure) = $0 { true } else { false } }
    submission =
      isSent
      ? Submission(editor: editor, command: run.commandsSent + 1, page: page, focus: focus) : nil
    return effects
  }

  /// Opens the editor on a value that the session refused, unless the user has moved on.
  mutating func reopenEditor() {
    guard let submission, submission.command == run.commandsDone, editor == nil, overlay == nil,
      submission.page == page, submission.focus == focus
    else { return }
    editor = submission.editor
    self.submission = nil
  }
}

extension String {
  /// The text without spaces at its ends.
  fileprivate var trimmedSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
