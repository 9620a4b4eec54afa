import TermPlot

/// The keys that work now, as the footer shows them.
struct Footer {
  /// Keys and what they do, in one word.
  struct Item: Equatable {
    var keys: String
    var word: String

    init(_ keys: String, _ word: String) {
      self.keys = keys
      self.word = word
    }

    var text: String { "\(keys) \(word)" }
  }

  let items: [Item]

  /// Those to know first, then those of the focused pane, then the rest.
  init(_ state: WorkbenchState) {
    if let demo = state.demo {
      items = [
        Item("Space", demo.isPaused ? "go on" : "pause"), Item("arrows", "scenes"),
        Item("Esc", "leave, as any other key does"),
      ]
      return
    }
    if state.editor != nil {
      items = [Item("Enter", "set"), Item("Esc", "leave"), Item("Ctrl-U", "clear")]
      return
    }
    if state.overlay == nil, state.form.isFiltering {
      items = [Item("arrows", "move"), Item("Enter", "keep"), Item("Esc", "all")]
      return
    }
    switch state.overlay {
    case .help?: items = [Item("arrows", "scroll"), Item("/", "search"), Item("Esc", "close")]
    case .text?: items = [Item("arrows", "scroll"), Item("Esc", "close")]
    case .themes?: items = [Item("arrows", "look"), Item("Enter", "keep"), Item("Esc", "back")]
    case .series?: items = [Item("arrows", "move"), Item("Enter", "change"), Item("Esc", "close")]
    case .palette?, .leaving?, .deletion?:
      items = [Item("arrows", "move"), Item("Enter", "choose"), Item("Esc", "close")]
    case .hands(let count)?:
      items =
        count.isRevealed
        ? [Item("Enter", "on")]
        : [Item("Enter", "reveal"), Item("0", "clear"), Item("Esc", "leave")]
    case .prompt?: items = [Item("Tab", "complete"), Item("Enter", "do"), Item("Esc", "close")]
    case .choices?:
      items = [Item("arrows", "move"), Item("Enter", "choose"), Item("Esc", "close")]
    case nil:
      let page = state.pageType.commands.compactMap(\.hint)
      let pane = state.pageType.panes[state.focus].commands.compactMap(\.hint)
      let first = page.filter { $0.rank != nil }
        .sorted { ($0.rank?.rawValue ?? 0) < ($1.rank?.rawValue ?? 0) }
      items = (first + pane + page.filter { $0.rank == nil }).map {
        Item($0.keys, $0.word(state))
      }.filter { !$0.word.isEmpty }
    }
  }

  /// Draws as many as there is room for in a row; each is pressed by a click.
  func draw(into canvas: inout Canvas, in row: Rect) {
    var x = row.x + 1
    for item in items where x + item.text.count < row.maxX {
      register(item, x: x, y: row.y, into: &canvas)
      x += canvas.write(
        item.keys, x: x, y: row.y, style: Style(.key, on: .statusBar, attributes: .bold))
      x += canvas.write(
        " \(item.word)  ", x: x, y: row.y, limit: row.maxX,
        style: Style(.statusText, on: .statusBar))
    }
  }

  /// Every key of a pair is pressed by itself, and the first by the word behind them.
  private func register(_ item: Item, x start: Int, y: Int, into canvas: inout Canvas) {
    let keys = item.keys.split(separator: " ").map(String.init)
    guard let first = keys.first else { return }
    canvas.register(
      PointerTarget.keys(first), in: Rect(x: start, y: y, width: item.text.count, height: 1))
    var x = start
    for key in keys {
      canvas.register(PointerTarget.keys(key), in: Rect(x: x, y: y, width: key.count, height: 1))
      x += key.count + 1
    }
  }
}
