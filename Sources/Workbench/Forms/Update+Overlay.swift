import ScoreCore
import TermPlot

extension WorkbenchState {
  /// A key while help or a list of choices is open.
  mutating func press(_ key: Key, in open: Overlay) -> [Effect] {
    switch (open, key) {
    case (_, .escape), (_, .character("q")), (.help, .character("?")), (.help, .function(1)):
      overlay = nil
    case (.help(let line), _): scrollHelp(key, from: line)
    case (.choices(let field, let selected), _): return choose(key, of: field, selected: selected)
    }
    return []
  }

  private mutating func scrollHelp(_ key: Key, from line: Int) {
    // Past the last screenful the key back would seem dead.
    let screen = Rect(x: 0, y: 0, width: size.columns, height: size.rows)
    let last = HelpText.overlay(self).maximumScroll(in: screen)
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
    overlay = .help(scroll: min(max(0, target), last))
  }

  private mutating func choose(_ key: Key, of field: FormField, selected: Int) -> [Effect] {
    guard let choices = field.kind.choices else { return [] }
    switch key {
    case .up, .character("k"): overlay = .choices(field: field, selected: max(0, selected - 1))
    case .down, .character("j"):
      overlay = .choices(field: field, selected: min(choices.count - 1, selected + 1))
    case .home: overlay = .choices(field: field, selected: 0)
    case .end: overlay = .choices(field: field, selected: choices.count - 1)
    case .enter, .space:
      overlay = nil
      return set(field, to: .chosen(field.value(choosing: choices[selected]))) ?? []
    default: break
    }
    return []
  }
}
