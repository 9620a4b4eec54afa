import TermPlot

/// The help overlay: what the page shows, what its words mean, and the keys, made from the commands.
public enum HelpText {
  /// Lines that belong together, under a heading.
  struct Section {
    /// A key or a word with what it means; of running text the word is empty.
    struct Item {
      var word: String
      var meaning: String
    }

    var heading: String
    var items: [Item]
  }

  /// Keys that the terminal layer acts on itself.
  static let terminalKeys: [(label: String, title: String)] = [
    ("Ctrl-Z", "suspend; fg comes back"), ("Ctrl-L", "draw the screen anew"),
  ]

  /// The keys as plain lines, for a page without a screen.
  public static let lines: [String] = keys(on: PageCatalog.first).flatMap { section in
    [section.heading].filter { !$0.isEmpty }
      + section.items.map { item in
        item.word.isEmpty
          ? item.meaning
          : "  " + item.word + String(repeating: " ", count: max(1, 12 - item.word.count))
            + item.meaning
      }
  }

  /// The terms of the screen as plain lines, each with its sentences, its formula and where to see it.
  public static let terms: [String] = Glossary.terms.flatMap { term in
    ["  \(term.name)"] + term.paragraphs.map { "      \($0)" }
  }

  static func overlay(_ state: WorkbenchState, _ help: HelpView) -> TextOverlay {
    let query = help.query.text
    let sections = found(query, in: sections(state))
    let lines = lines(of: sections, state.marks, width: min(78, state.size.columns - 8))
    let title =
      help.isTyping || !query.isEmpty ? "Help: /\(query)\(help.isTyping ? "_" : "")" : "Help"
    return TextOverlay(
      title, lines: lines.isEmpty ? [.text("nothing here has these words")] : lines,
      scroll: help.scroll,
      hint: query.isEmpty && !help.isTyping
        ? "Tab next part, / searches, Esc closes" : "Esc shows all",
      marks: state.marks)
  }

  /// Everything, what is on screen first.
  private static func sections(_ state: WorkbenchState) -> [Section] {
    let page = state.pageType
    let panes = page.panes.map { Section.Item(word: $0.title, meaning: $0.explanation) }
    let terms = Glossary.terms.map { Section.Item(word: $0.name, meaning: $0.sentences[0]) }
    return page.helpSections(state) + [
      Section(
        heading: "What this page shows",
        items: [Section.Item(word: "", meaning: page.explanation)] + panes),
      Section(heading: "Words and symbols", items: terms),
    ] + keys(on: page)
  }

  /// What has every word of a query, case aside; of a heading that has them, all.
  private static func found(_ query: String, in sections: [Section]) -> [Section] {
    let words = query.lowercased().split(separator: " ")
    func has(_ text: String) -> Bool { words.allSatisfy { text.lowercased().contains($0) } }
    return sections.compactMap { section in
      let items =
        has(section.heading)
        ? section.items : section.items.filter { has("\($0.word) \($0.meaning)") }
      return items.isEmpty ? nil : Section(heading: section.heading, items: items)
    }
  }

  private static func lines(
    of sections: [Section], _ marks: Marks, width: Int
  ) -> [TextOverlay.Line] {
    let words = sections.flatMap(\.items).map(\.word.count).max() ?? 0
    return sections.flatMap { section -> [TextOverlay.Line] in
      let items = section.items.flatMap { item -> [TextOverlay.Line] in
        guard !item.word.isEmpty else {
          return marks.wrap(item.meaning, width: width, rows: 100).map { .text($0) }
        }
        return marks.wrap(item.meaning, width: max(20, width - words - 2), rows: 100).enumerated()
          .map { .entry(key: $0 == 0 ? item.word : "", description: $1) }
      }
      return (section.heading.isEmpty ? [] : [.heading(section.heading)]) + items
    }
  }
}

// MARK: - Keys

extension HelpText {
  private static func keys(on page: any Page.Type) -> [Section] {
    let others = PageCatalog.all.filter { $0.id != page.id }
    let line = Section.Item(
      word: "", meaning: "Letters of a pane work from anywhere; arrows belong to the focused pane.")
    return ([page] + others).flatMap { keys(of: $0) } + [
      lineCommands, Section(heading: "", items: [line]),
    ]
  }

  private static let lineCommands = Section(
    heading: "After a colon",
    items: LineCommand.all.map {
      Section.Item(word: ":\($0.name)", meaning: "\($0.argument): \($0.title)")
    } + [
      Section.Item(word: ":run.pause", meaning: "and every other command, by its name")
    ])

  /// What a page adds to the first page, whose keys are said once.
  private static func keys(of page: any Page.Type) -> [Section] {
    let isFirst = page.id == PageCatalog.first.id
    let known = isFirst ? [] : CommandRegistry.commands(on: PageCatalog.first).map(\.id)
    func isNew(_ command: Command) -> Bool { !known.contains(command.id) }
    let terminal =
      isFirst ? terminalKeys.map { Section.Item(word: $0.label, meaning: $0.title) } : []
    let panes = page.panes.filter { $0.commands.contains(where: isNew) }.map { pane in
      Section(heading: pane.title, items: entries(pane.commands))
    }
    let own = Section(
      heading: page.heading, items: entries(page.commands.filter(isNew)) + terminal)
    return [own] + panes
  }

  /// A row for every shortcut, second ones behind all first ones.
  private static func entries(_ commands: [Command]) -> [Section.Item] {
    let most = commands.map(\.shortcuts.count).max() ?? 0
    return (0..<most).flatMap { index in
      commands.filter { $0.shortcuts.indices.contains(index) }.map { command in
        let shortcut = command.shortcuts[index]
        return Section.Item(word: shortcut.label, meaning: shortcut.title ?? command.title)
      }
    }
  }
}
