import TermPlot

/// A member of a catalog that waits for a parameter before it can be chosen.
struct PendingChoice: Sendable, Equatable {
  /// The key that names it, such as `distribution.kind`.
  var path: String
  var name: String
}

/// A line of text being typed into a form field.
struct FieldEditor: Sendable, Equatable {
  /// The most Unicode scalars of a value.
  static let limit = 1000

  var field: FormField
  var text: String
  /// How many Unicode scalars are before the cursor.
  var cursor: Int
  /// What is chosen together with this value, because it cannot do without.
  var pending: PendingChoice?

  init(field: FormField, text: String) {
    self.field = field
    self.text = text
    cursor = text.unicodeScalars.count
  }

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

/// What was typed and sent; should the session refuse it, the editor opens on it again.
struct Submission: Sendable, Equatable {
  var editor: FieldEditor
  /// Which of the commands sent it was, from 1.
  var command: Int
  /// Where it was typed.
  var page: PageID
  var focus: Int
}
