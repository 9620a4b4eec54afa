import TermPlot

/// A member of a catalog that waits for a parameter before it can be chosen.
struct PendingChoice: Sendable, Equatable {
  /// The key that names it, such as `distribution.kind`.
  var path: String
  var name: String
}

/// A line of text being typed into a form field.
struct FieldEditor: Sendable, Equatable {
  var field: FormField
  var line: LineEditor
  /// What is chosen together with this value, because it cannot do without.
  var pending: PendingChoice?

  init(field: FormField, text: String) {
    self.field = field
    line = LineEditor(text, isSelected: true)
  }

  var text: String { line.text }
  /// How many Unicode scalars are before the cursor.
  var cursor: Int { line.cursor }
}

/// What was typed and sent; should the session refuse it, the editor opens on it again.
struct Submission: Sendable, Equatable {
  var editor: FieldEditor
  /// Which of the commands sent it was, from 1.
  var command: Int
  /// Where it was typed.
  var page: PageID
  var focus: Int
}
