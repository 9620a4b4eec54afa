import ScoreLab
import TermPlot

/// The list of everything that can be done and set on a page, as it is being searched.
struct Palette: Sendable, Equatable {
  var line = LineEditor()
  var selected = 0
}

/// Something that the palette offers.
struct PaletteEntry: Sendable {
  enum Action: Sendable {
    /// A command, and the pane that must have the keys for it.
    case command(Command, pane: Int?)
    /// Opens the editor or the choices of a value.
    case value(FormField)
    /// Sets a value.
    case choice(FormField, ConfigurationValue)
  }

  var name: String
  var detail: String
  var action: Action
}

extension WorkbenchState {
  /// Everything that the palette offers on the page: commands, values and their choices.
  var paletteEntries: [PaletteEntry] { commandEntries + valueEntries }

  /// Those that match what is typed, the best first.
  func matches(_ palette: Palette) -> [PaletteEntry] {
    FuzzyMatch.ranked(palette.line.text, paletteEntries) { "\($0.name) \($0.detail)" }
  }

  private var commandEntries: [PaletteEntry] {
    CommandRegistry.placed(on: pageType).filter { $0.command.id != Command.palette.id }.map {
      command, pane in
      let keys = command.shortcuts.map(\.label).joined(separator: " ")
      var state = self
      state.giveKeys(to: command, ofPane: pane)
      let reason: String =
        switch command.availability(state) {
        case .yes: ""
        case .no(let reason): " (not now: \(reason))"
        }
      return PaletteEntry(
        name: command.title, detail: keys + reason, action: .command(command, pane: pane))
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
    let found = matches(palette)
    switch key {
    case .escape, .control("p"):
      overlay = nil
      return []
    case .enter:
      guard found.indices.contains(palette.selected) else { return [] }
      overlay = nil
      return carryOut(found[palette.selected].action)
    case .up: palette.selected = max(0, palette.selected - 1)
    case .down: palette.selected = min(max(0, found.count - 1), palette.selected + 1)
    case .pageUp: palette.selected = max(0, palette.selected - 10)
    case .pageDown: palette.selected = min(max(0, found.count - 1), palette.selected + 10)
    default:
      palette.line.press(key)
      palette.selected = 0
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
    }
  }
}

extension Palette {
  /// Draws the list over the screen.
  func draw(_ state: WorkbenchState, into canvas: inout Canvas) {
    let area = canvas.bounds
    ChoiceList(
      "Commands and values",
      choices: state.matches(self).map { .init($0.name, summary: $0.detail) }, selected: selected,
      query: line.editing, hint: "Enter does it, Esc closes",
      room: Size(columns: min(100, area.width - 8), rows: min(24, area.height - 4)),
      marks: state.marks
    ).draw(into: &canvas, in: area)
  }
}
