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
    default: sayIfCut(editor.line.press(key))
    }
    self.editor = editor
    return []
  }

  /// Pasted text: typed where a line is typed in, and nothing anywhere else, where it would be
  /// read as keys.
  mutating func paste(_ text: String) {
    if editor != nil {
      sayIfCut(editor?.line.insert(text) ?? true)
    } else if overlay == nil, form.isFiltering {
      sayIfCut(form.filter.insert(text))
    } else if overlay?.line != nil {
      sayIfCut(overlay?.line?.insert(text) ?? true)
    } else {
      notice = Notice(
        text: "pasted text goes where a value is typed; Enter on a row of the form",
        role: .warning)
    }
  }

  private mutating func sayIfCut(_ isWhole: Bool) {
    guard !isWhole else { return }
    notice = Notice(
      text: "a line has at most \(grouped(LineEditor.limit)) characters; the rest is left out",
      role: .warning)
  }

  private mutating func submit(_ editor: FieldEditor) -> [Effect] {
    notice = nil
    // A refused value stays in the editor, to be mended rather than typed again.
    guard
      let effects = set(
        editor.field, to: .typed(editor.text.trimmed), choosing: editor.pending)
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
