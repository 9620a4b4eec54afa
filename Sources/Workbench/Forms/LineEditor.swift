import TermPlot

/// A line of text being typed, with its cursor.
struct LineEditor: Sendable, Equatable {
  /// The most Unicode scalars of a line.
  static let limit = 1000

  private(set) var text: String
  /// How many Unicode scalars are before the cursor.
  private(set) var cursor: Int
  /// Whether what is typed next takes the place of the text; keys that move the cursor keep it.
  private(set) var isSelected: Bool

  init(_ text: String = "", isSelected: Bool = false) {
    self.text = text
    self.isSelected = isSelected && !text.isEmpty
    cursor = text.unicodeScalars.count
  }

  /// The text with its cursor, as widgets draw it.
  var editing: FormList.Editing { .init(text, cursor: cursor, isSelected: isSelected) }

  /// Inserts text before the cursor, without control characters and ends of lines.
  ///
  /// - Returns: False when the text did not fit and was cut off.
  @discardableResult
  mutating func insert(_ more: String) -> Bool {
    if isSelected { self = LineEditor() }
    // Scalars, not characters: a combining mark joins its neighbour and would shift the cursor.
    var scalars = Array(text.unicodeScalars)
    let typed = more.unicodeScalars.lazy.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    let room = max(0, LineEditor.limit - scalars.count)
    // One more than fits, to see that there is more; a long paste is not gone through to its end.
    let fitting = Array(typed.prefix(room + 1))
    scalars.insert(contentsOf: fitting.prefix(room), at: cursor)
    cursor += min(room, fitting.count)
    text = String(String.UnicodeScalarView(scalars))
    return fitting.count <= room
  }

  /// A key that types, moves the cursor or takes text away; others do nothing.
  ///
  /// - Returns: False when the character did not fit.
  @discardableResult
  mutating func press(_ key: Key) -> Bool {
    var scalars = Array(text.unicodeScalars)
    switch key {
    case .character(let character): return insert(String(character))
    case .space: return insert(" ")
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
    default: return true
    }
    isSelected = false
    text = String(String.UnicodeScalarView(scalars))
    return true
  }
}
