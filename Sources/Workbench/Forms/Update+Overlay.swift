import ScoreCore
import TermPlot

extension WorkbenchState {
  /// A key while something lies over the panes.
  mutating func press(_ key: Key, in open: Overlay) -> [Effect] {
    switch open {
    case .help(let help): read(key, in: help)
    case .choices(let field, let selected):
      guard key != .escape && key != .character("q") else {
        overlay = nil
        return []
      }
      return choose(key, of: field, selected: selected)
    case .palette(let palette): return press(key, in: palette)
    case .prompt(let prompt): return press(key, in: prompt)
    case .leaving(let choice): return press(key, in: choice)
    case .text(let text): press(key, in: text)
    case .themes(let choice): return press(key, in: choice)
    case .series(let list): return press(key, in: list)
    case .deletion(let question): return press(key, in: question)
    case .hands(let count): press(key, in: count)
    }
    return []
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
    case .character(let letter):
      guard let next = nextChoice(of: choices, startingWith: letter, after: selected) else { break }
      overlay = .choices(field: field, selected: next)
    default: break
    }
    return []
  }

  /// The next choice that starts with a letter, after the last the first again.
  private func nextChoice(
    of choices: [String], startingWith letter: Character, after selected: Int
  ) -> Int? {
    (1...choices.count).lazy.map { (selected + $0) % choices.count }
      .first { choices[$0].first == letter }
  }
}
