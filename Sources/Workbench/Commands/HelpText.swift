import TermPlot

/// The help overlay, made from the commands; the page on screen first.
public enum HelpText {
  /// Keys that the terminal layer acts on itself.
  static let terminalKeys: [(label: String, title: String)] = [
    ("Ctrl-Z", "suspend; fg comes back"), ("Ctrl-L", "draw the screen anew"),
  ]

  /// The same as plain lines, for a page without a screen.
  public static let lines: [String] = rows(on: PageCatalog.first).map { row in
    switch row {
    case .heading(let text): text
    case .text(let text): text
    case .entry(let key, let description):
      "  " + key + String(repeating: " ", count: max(1, 12 - key.count)) + description
    }
  }

  static func overlay(_ state: WorkbenchState, scroll: Int = 0) -> TextOverlay {
    TextOverlay(
      "Keys", lines: state.pageType.helpLines(state) + rows(on: state.pageType), scroll: scroll,
      hint: "Esc closes", marks: state.marks)
  }

  private static func rows(on page: any Page.Type) -> [TextOverlay.Line] {
    let others = PageCatalog.all.filter { $0.id != page.id }
    return ([page] + others).flatMap(section)
      + [.text("Letters of a pane work from anywhere; arrows belong to the focused pane.")]
  }

  /// What a page adds to the first page, whose keys are said once.
  private static func section(of page: any Page.Type) -> [TextOverlay.Line] {
    let isFirst = page.id == PageCatalog.first.id
    let known = isFirst ? [] : CommandRegistry.commands(on: PageCatalog.first).map(\.id)
    func isNew(_ command: Command) -> Bool { !known.contains(command.id) }
    let terminal: [TextOverlay.Line] =
      isFirst ? terminalKeys.map { .entry(key: $0.label, description: $0.title) } : []
    let panes = page.panes.filter { $0.commands.contains(where: isNew) }.flatMap { pane in
      [.heading(pane.title)] + entries(pane.commands)
    }
    return [.heading(page.heading)] + entries(page.commands.filter(isNew)) + terminal + panes
  }

  /// A row for every shortcut, second ones behind all first ones.
  private static func entries(_ commands: [Command]) -> [TextOverlay.Line] {
    let most = commands.map(\.shortcuts.count).max() ?? 0
    return (0..<most).flatMap { index in
      commands.filter { $0.shortcuts.indices.contains(index) }.map { command in
        let shortcut = command.shortcuts[index]
        return .entry(key: shortcut.label, description: shortcut.title ?? command.title)
      }
    }
  }
}
