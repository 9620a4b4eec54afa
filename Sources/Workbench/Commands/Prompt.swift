import ScoreLab
import TermPlot

/// A line that is typed after `:`.
struct Prompt: Sendable, Equatable {
  var line = LineEditor()
  /// Which of the completions Tab has put in; nil before the first.
  var chosen: Int?
  /// What was typed before Tab, which is what is completed.
  var typed = ""
  /// Which line of the history is shown, 0 the newest; nil for one of its own.
  var place: Int?

  init() {}

  /// A line that is begun.
  init(typing text: String) { (line, typed) = (LineEditor(text), text) }
}

extension WorkbenchState {
  /// The most lines that are remembered.
  private static let historyLimit = 100

  /// What the line may go on to: words first, behind a word what it takes.
  func completions(of text: String) -> [LineCommand.Completion] {
    if let sign = text.firstIndex(of: "=") { return values(for: text[..<sign], text) }
    guard let space = text.firstIndex(of: " ") else {
      let words =
        LineCommand.all.map {
          LineCommand.Completion($0.name + ($0.argument.isEmpty ? "" : " "), $0.title)
        }
        + CommandRegistry.placed(on: pageType).map {
          LineCommand.Completion($0.command.id.description, $0.command.title)
        }
      return matching(text, words)
    }
    let (word, rest) = (text[..<space], text[text.index(after: space)...].trimmed)
    guard let command = LineCommand.all.first(where: { $0.name == word }) else { return [] }
    return matching(rest, command.completions(self)).map {
      .init("\(command.name) \($0.text)", $0.summary)
    }
  }

  /// What a key can be set to, or what is allowed where there is no list.
  private func values(for head: Substring, _ text: String) -> [LineCommand.Completion] {
    let path = head.split(separator: " ").last.map(String.init) ?? ""
    guard let row = formRows.first(where: { $0.field.path == path }) else { return [] }
    let typed = text[text.index(after: head.endIndex)...].trimmed
    guard let choices = row.field.choices else {
      return [.init(text, "\(row.field.description.summary); \(row.field.description.allowed)")]
    }
    return choices.filter { typed.isEmpty || $0.name.hasPrefix(typed) }
      .map { .init("\(head)=\($0.name)", $0.summary) }
  }

  private func matching(
    _ text: String, _ all: [LineCommand.Completion]
  ) -> [LineCommand.Completion] {
    let begun = all.filter { $0.text.hasPrefix(text) }
    return begun.isEmpty ? FuzzyMatch.ranked(text, all) { $0.text } : begun
  }

  /// A key while the line is open.
  mutating func press(_ key: Key, in open: Prompt) -> [Effect] {
    var prompt = open
    switch key {
    case .escape,
      .backspace where key == .escape || prompt.line.text.isEmpty:
      overlay = nil
      return []
    case .enter: return carryOut(line: prompt.line.text.trimmed)
    case .tab, .backTab: complete(&prompt, backwards: key == .backTab)
    case .up, .down: recall(&prompt, older: key == .up)
    default:
      prompt.line.press(key)
      (prompt.chosen, prompt.typed) = (nil, prompt.line.text)
    }
    overlay = .prompt(prompt)
    return []
  }

  private func complete(_ prompt: inout Prompt, backwards: Bool) {
    let found = completions(of: prompt.typed)
    guard !found.isEmpty else { return }
    let next = prompt.chosen.map { $0 + (backwards ? -1 : 1) } ?? (backwards ? -1 : 0)
    choose((next + found.count) % found.count, &prompt)
  }

  /// Puts a completion into the line.
  func choose(_ place: Int, _ prompt: inout Prompt) {
    let found = completions(of: prompt.typed)
    guard found.indices.contains(place) else { return }
    prompt.line = LineEditor(found[place].text)
    // The only way to go on is taken for good, so that the next Tab goes behind it.
    (prompt.chosen, prompt.typed) =
      found.count == 1 ? (nil, found[place].text) : (place, prompt.typed)
  }

  private func recall(_ prompt: inout Prompt, older: Bool) {
    let next = (prompt.place ?? -1) + (older ? 1 : -1)
    guard next < promptHistory.count else { return }
    prompt.place = next < 0 ? nil : next
    prompt.line = LineEditor(next < 0 ? "" : promptHistory[promptHistory.count - 1 - next])
    (prompt.chosen, prompt.typed) = (nil, prompt.line.text)
  }

  /// Does what a line says, or says why it cannot be done.
  mutating func carryOut(line: String) -> [Effect] {
    overlay = nil
    notice = nil
    guard !line.isEmpty else { return [] }
    if promptHistory.last != line { promptHistory.append(line) }
    promptHistory.removeFirst(max(0, promptHistory.count - Self.historyLimit))
    do throws(LineError) {
      return try perform(line: line)
    } catch {
      notice = Notice(text: error.message, role: .error)
      return []
    }
  }

  private mutating func perform(line: String) throws(LineError) -> [Effect] {
    let word = line.prefix { $0 != " " }
    let argument = line.dropFirst(word.count).trimmed
    // A key can be set without the word.
    if line.contains("="), LineCommand.all.allSatisfy({ $0.name != word }),
      let set = LineCommand.all.first(where: { $0.name == "set" })
    {
      return try noting(line) { (state) throws(LineError) in try set.perform(&state, line) }
    }
    if let command = LineCommand.all.first(where: { $0.name == word }) {
      return try noting(line) { (state) throws(LineError) in
        try command.perform(&state, argument)
      }
    }
    guard argument.isEmpty else {
      throw LineError(message: "\(word) takes nothing behind it; Tab shows what there is")
    }
    guard
      let found = CommandRegistry.placed(on: pageType).first(where: {
        $0.command.id.description == word
      })
    else { throw LineError(message: "\(word) is no command of this page; Tab shows what there is") }
    giveKeys(to: found.command, ofPane: found.pane)
    return perform(found.command)
  }
}

extension Prompt {
  /// The most completions shown.
  private static let rows = 8

  /// Draws the line in the last row, and above it what it may go on to.
  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in footer: Rect) {
    let found = state.completions(of: typed)
    if !found.isEmpty {
      let height = min(Self.rows, found.count) + 2
      let area = Rect(x: 0, y: max(0, footer.y - height), width: footer.width, height: height)
      ChoiceList(
        "", choices: found.map { .init($0.text, summary: $0.summary) }, selected: chosen,
        hint: "Tab completes, Enter does it, Esc closes",
        room: Size(columns: footer.width - 4, rows: height - 2), marks: state.marks
      ).draw(into: &canvas, in: area)
    }
    // The keys that were there are covered.
    canvas.register(WidgetTarget.box, in: footer)
    canvas.write(
      ":", in: footer, style: Style(.key, on: .statusBar, attributes: .bold))
    TextField(text: line.text, cursor: line.cursor).draw(into: &canvas, in: footer.inset(left: 1))
  }
}
