import TermPlot

/// Every command there is, as pages and panes list them.
enum CommandRegistry {
  /// All of them, each once, the pages in their order and each page's panes behind it.
  static let all: [Command] = {
    var ids: Set<CommandID> = []
    return PageCatalog.all.flatMap { commands(on: $0) }.filter { ids.insert($0.id).inserted }
  }()

  /// The commands of a page and of its panes.
  static func commands(on page: any Page.Type) -> [Command] {
    page.commands + page.panes.flatMap(\.commands)
  }

  /// The commands of a page, each once, with the pane that it is of; nil for those of the page.
  static func placed(on page: any Page.Type) -> [(command: Command, pane: Int?)] {
    var seen: Set<CommandID> = []
    let panes = page.panes.enumerated().flatMap { index, pane in
      pane.commands.map { (command: $0, pane: Int?.some(index)) }
    }
    return (page.commands.map { (command: $0, pane: Int?.none) } + panes)
      .filter { seen.insert($0.command.id).inserted }
  }

  /// The command of a key: the focused pane's first, then the page's, then any other pane's letter.
  ///
  /// Letters of other panes work without focusing them; arrows belong to the focused pane.
  static func command(for key: Key, focus: Int, on page: any Page.Type) -> Command? {
    let focused = page.panes.indices.contains(focus) ? page.panes[focus].commands : []
    if let own = (focused + page.commands).first(where: { $0.keys.contains(key) }) { return own }
    let others = page.panes.enumerated().filter { $0.offset != focus }.flatMap(\.element.commands)
    return others.first { command in
      command.shortcuts.contains { $0.keys.contains(key) && $0.keys.allSatisfy(\.isCharacter) }
    }
  }
}

extension Key {
  fileprivate var isCharacter: Bool {
    if case .character = self { return true }
    return false
  }
}
