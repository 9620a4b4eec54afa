import TermPlot

/// The list of themes; the selected one colours the screen while the list is open.
struct ThemeChoice: Sendable, Equatable {
  var selected: Int
}

extension Command {
  static let chooseTheme = Command(
    "view.themes", "choose a theme; the list shows each at once",
    keys: Shortcut("F2", .function(2)),
    availability: { .when($0.themes.count > 1, otherwise: "there is no other theme") },
    change: { $0.overlay = .themes(ThemeChoice(selected: $0.themeIndex)) })
}

extension WorkbenchState {
  /// The theme in force: the one that is looked at in a list, else the one that was chosen.
  var theme: Theme { themes[(lookedAtTheme ?? themeIndex) % themes.count] }

  /// The theme that the list, the palette or the typed line stands at.
  private var lookedAtTheme: Int? {
    switch overlay {
    case .themes(let choice)?: return choice.selected
    case .palette(let palette)?:
      guard palette.found.indices.contains(palette.selected),
        case .theme(let index) = palette.found[palette.selected].action
      else { return nil }
      return index
    case .prompt(let prompt)?:
      let words = prompt.line.text.split(separator: " ", maxSplits: 1)
      guard words.count == 2, words[0] == "theme" else { return nil }
      return theme(named: words[1].trimmed)
    case .help?, .text?, .choices?, .leaving?, .series?, .deletion?, .hands?, nil: return nil
    }
  }

  /// The place of a theme by its short or its full name.
  func theme(named name: String) -> Int? {
    themes.firstIndex { [$0.slug, $0.name].contains(name) }
  }

  /// A key while a theme is chosen.
  mutating func press(_ key: Key, in open: ThemeChoice) -> [Effect] {
    var choice = open
    switch key {
    case .up, .character("k"): choice.selected = max(0, choice.selected - 1)
    case .down, .character("j"): choice.selected = min(themes.count - 1, choice.selected + 1)
    case .home: choice.selected = 0
    case .end: choice.selected = themes.count - 1
    case .enter, .space:
      overlay = nil
      themeIndex = choice.selected
      return []
    case .escape, .character("q"), .function(2):
      overlay = nil
      return []
    default: break
    }
    overlay = .themes(choice)
    return []
  }
}

extension ThemeChoice {
  /// Draws the list at the left, so that the panes show what the theme does to them.
  func draw(_ state: WorkbenchState, into canvas: inout Canvas) {
    let area = canvas.bounds.splitLeft(columns: min(44, canvas.size.columns)).left
    ChoiceList(
      "Themes", choices: state.themes.map { .init($0.name, summary: $0.variant.rawValue) },
      selected: selected, hint: "Enter keeps, Esc goes back", marks: state.marks
    ).draw(into: &canvas, in: area)
  }
}
