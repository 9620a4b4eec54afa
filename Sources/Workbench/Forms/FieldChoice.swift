import ScoreCore
import TermPlot

/// The list of what a field may be, over the screen.
struct FieldChoice: Sendable, Equatable {
  let field: FormField
  var selected: Int {
    didSet { typed = "" }
  }
  /// The first letters of a name, as far as they were typed.
  private(set) var typed = ""

  init(of field: FormField, selected: Int) {
    (self.field, self.selected) = (field, selected)
  }

  private var names: [String] { field.kind.choices ?? [] }

  /// Goes on to the name that starts with the letters typed so far, or to the next one that starts with
  /// the last of them alone.
  ///
  /// - Parameter letter: A letter.
  /// - Returns: Whether there is such a name.
  mutating func type(_ letter: Character) -> Bool {
    // A name that has been found stays while more of it is typed.
    let found =
      (typed.isEmpty ? nil : next(startingWith: typed + String(letter), after: selected - 1))
      .map { ($0, typed + String(letter)) }
      ?? next(startingWith: String(letter), after: selected).map { ($0, String(letter)) }
    guard let (place, word) = found else { return false }
    selected = place
    typed = word
    return true
  }

  /// The next name that starts with a word, after the last the first again.
  private func next(startingWith word: String, after place: Int) -> Int? {
    names.indices.lazy.map { (place + 1 + $0) % names.count }.first { names[$0].hasPrefix(word) }
  }

  /// Moves by so many rows, to the first or the last one at most.
  mutating func move(by rows: Int) {
    selected = min(max(0, selected + rows), names.count - 1)
  }
}

extension WorkbenchState {
  /// A key while a choice is made; j, k and q begin no word: they do what they do in other lists.
  mutating func press(_ key: Key, in open: FieldChoice) -> [Effect] {
    var choice = open
    let count = choice.field.kind.choices?.count ?? 0
    switch key {
    case .escape:
      overlay = nil
      return []
    case .enter, .space:
      guard let names = choice.field.kind.choices else { return [] }
      overlay = nil
      return set(choice.field, to: .chosen(choice.field.value(choosing: names[choice.selected])))
        ?? []
    case .up: choice.move(by: -1)
    case .down: choice.move(by: 1)
    case .home: choice.move(by: -count)
    case .end: choice.move(by: count)
    case .character(let letter):
      if choice.typed.isEmpty, let key = Self.arrow(of: letter) { return press(key, in: choice) }
      if !choice.type(letter), let key = Self.arrow(of: letter) { return press(key, in: choice) }
    case .pageUp: choice.move(by: -10)
    case .pageDown: choice.move(by: 10)
    case .control, .function, .tab, .backTab, .backspace, .delete, .left, .right:
      break
    }
    overlay = .choices(choice)
    return []
  }

  /// The key that a letter stands for in every list.
  private static func arrow(of letter: Character) -> Key? {
    switch letter {
    case "k": .up
    case "j": .down
    case "q": .escape
    default: nil
    }
  }
}

extension FieldChoice {
  /// Draws the list over the screen.
  func draw(_ state: WorkbenchState, into canvas: inout Canvas) {
    let hint = typed.isEmpty ? "letters go to a name" : "\"\(typed)\" goes on with letters"
    ChoiceList(
      field.label, choices: (field.choices ?? []).map { .init($0.name, summary: $0.summary) },
      selected: selected, hint: hint + ", Enter chooses", marks: state.marks
    ).draw(into: &canvas, in: canvas.bounds)
  }
}
