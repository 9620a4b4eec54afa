import TermPlot

extension Key {
  /// What the key is called, such as `Ctrl-X` or `Tab`.
  var label: String {
    switch self {
    case .character(let character): String(character)
    case .control(let letter): "Ctrl-\(letter.uppercased())"
    case .function(let number): "F\(number)"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Delete"
    case .space: "Space"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    }
  }

  /// The key of a name that ``label`` gives, or of a character; nil for words that are no key.
  init?(label: String) {
    let named: [Key] = [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .space, .up, .down, .left, .right,
      .home,
      .end, .pageUp, .pageDown,
    ]
    if let key = named.first(where: { $0.label == label }) {
      self = key
    } else if label.count == 1, let character = label.first {
      self = .character(character)
    } else if label.hasPrefix("Ctrl-"), let letter = label.last {
      self = .control(Character(letter.lowercased()))
    } else if label.hasPrefix("F"), let number = Int(label.dropFirst()) {
      self = .function(number)
    } else {
      return nil
    }
  }
}
