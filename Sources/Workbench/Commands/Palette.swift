import ScoreLab
import TermPlot

/// The list of everything that can be done and set on a page, as it is being searched.
struct Palette: Sendable, Equatable {
  private(set) var line = LineEditor()
  var selected = 0
  /// Everything there is, as it was when the palette was opened.
  private let entries: [PaletteEntry]
  /// What matches, the best first.
  private(set) var found: [PaletteEntry]

  init(of entries: [PaletteEntry]) {
    self.entries = entries
    found = entries
  }

  /// Looks for what is typed.
  mutating func search(_ line: LineEditor) {
    let isSame = line.text == self.line.text
    (self.line, selected) = (line, 0)
    guard !isSame else { return }
    found = FuzzyMatch.ranked(line.text, entries) { "\($0.name) \($0.detail)" }
  }
}

/// Something that the palette offers.
struct PaletteEntry: Sendable, Equatable {
  enum Action: Sendable {
    /// A command, and the pane that must have the keys for it.
    case command(Command, pane: Int?)
    /// Opens the editor or the choices of a value.
    case value(FormField)
    /// Sets a value.
    case choice(FormField, ConfigurationValue)
    /// Takes a theme, by its place.
    case theme(Int)
    /// Opens a line that begins with a word, which takes something behind it.
    case line(String)
  }

  var name: String
  var detail: String
  var action: Action

  /// Whether they read the same, which then do the same.
  static func == (left: PaletteEntry, right: PaletteEntry) -> Bool {
    (left.name, left.detail) == (right.name, right.detail)
  }
}

extension WorkbenchState {
  /// Everything that the palette offers on the page: commands, values, their choices, themes, lines.
  var paletteEntries: [PaletteEntry] { commandEntries + valueEntries + themeEntries + lineEntries }

  private var commandEntries: [PaletteEntry] {
    // Whether a command is available is asked with the keys where it is given; one state for each pane.
    let states = pageType.panes.indices.map { pane in
      var state = self
      state.focus = pane
      return state
    }
    return CommandRegistry.placed(on: pageType).filter { $0.command.id != Command.palette.id }.map {
      command, pane in
      let keys = command.shortcuts.map(\.label).joined(separator: " ")
      let place = pane.flatMap { isReached(command) ? nil : $0 }
      let reason: String =
        switch command.availability(place.map { states[$0] } ?? self) {
        case .yes: ""
        case .no(let reason): " (not now: \(reason))"
        }
      return PaletteEntry(
        name: command.title, detail: keys + reason, action: .command(command, pane: pane))
    }
  }

  private var themeEntries: [PaletteEntry] {
    themes.enumerated().map { index, theme in
      PaletteEntry(name: "theme: \(theme.name)", detail: theme.slug, action: .theme(index))
    }
  }

  private var lineEntries: [PaletteEntry] {
    LineCommand.all.map {
      PaletteEntry(
        name: ":\($0.name) \($0.argument)".trimmed, detail: $0.title, action: .line($0.name))
    }
  }

  private var valueEntries: [PaletteEntry] {
    formRows.flatMap { row -> [PaletteEntry] in
      let field = row.field
      let entry = PaletteEntry(
        name: "\(field.label) = \(row.text)", detail: field.description.summary,
        action: .value(field))
      let choices = field.choices ?? []
      return [entry]
        + choices.filter { $0.name != row.text }.map { choice in
          PaletteEntry(
            name: "\(field.label): \(choice.name)", detail: choice.summary,
            action: .choice(field, field.value(choosing: choice.name)))
        }
    }
  }

  /// A key while the palette is open.
  mutating func press(_ key: Key, in open: Palette) -> [Effect] {
    var palette = open
    let last = max(0, palette.found.count - 1)
    switch key {
    case .escape, .control("p"):
      overlay = nil
      return []
    case .enter:
      guard palette.found.indices.contains(palette.selected) else { return [] }
      overlay = nil
      return carryOut(palette.found[palette.selected].action)
    case .up: palette.selected = max(0, palette.selected - 1)
    case .down: palette.selected = min(last, palette.selected + 1)
    case .pageUp: palette.selected = max(0, palette.selected - 10)
    case .pageDown: palette.selected = min(last, palette.selected + 10)
    default:
      var line = palette.line
      line.press(key)
      palette.search(line)
    }
    overlay = .palette(palette)
    return []
  }

  private mutating func carryOut(_ action: PaletteEntry.Action) -> [Effect] {
    switch action {
    case .command(let command, let pane):
      giveKeys(to: command, ofPane: pane)
      return perform(command)
    case .value(let field):
      notice = nil
      showForm(at: field.path)
      edit(field.path)
      return []
    case .choice(let field, let value):
      notice = nil
      showForm(at: field.path)
      return set(field, to: .chosen(value)) ?? []
    case .theme(let index):
      themeIndex = index
      return []
    case .line(let word):
      overlay = .prompt(Prompt(typing: word + " "))
      return []
    }
  }
}

extension Palette {
  /// Draws the list over the screen.
  func draw(_ state: WorkbenchState, into canvas: inout Canvas) {
    let area = canvas.bounds
    ChoiceList(
      "Commands and values",
      choices: found.map { .init($0.name, summary: $0.detail) }, selected: selected,
      query: line.editing, hint: "Enter does it, Esc closes",
      room: Size(columns: min(100, area.width - 8), rows: min(24, area.height - 4)),
      marks: state.marks
    ).draw(into: &canvas, in: area)
  }
}
