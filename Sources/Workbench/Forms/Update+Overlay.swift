import TermPlot

extension WorkbenchState {
  /// A key while something lies over the panes.
  mutating func press(_ key: Key, in open: Overlay) -> [Effect] {
    switch open {
    case .help(let help): read(key, in: help)
    case .choices(let choice): return press(key, in: choice)
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
}
