import TermPlot

/// The series of a pane's plots, as a list from which some are left out.
struct SeriesList: Sendable, Equatable {
  var pane: Int
  var names: [String]
  var selected = 0
}

extension Command {
  static let chooseSeries = Command(
    "plot.series", "leave series out of the focused plot, or show them again",
    keys: Shortcut("&", .character("&")),
    availability: {
      .when(!$0.focusedSeries.isEmpty, otherwise: "no plot with names has the keys")
    },
    change: {
      $0.overlay = .series(SeriesList(pane: $0.focus, names: $0.focusedSeries))
    })
}

extension WorkbenchState {
  /// The names of the series in the focused pane's plots, each once.
  fileprivate var focusedSeries: [String] {
    focusedPlots.flatMap(\.seriesNames).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  /// The names of series that a pane leaves out.
  func hiddenSeries(ofPane pane: Int) -> Set<String> { hidden[place(ofPane: pane)] ?? [] }

  /// Leaves a series out of a pane's plots, or shows it again.
  mutating func toggleSeries(_ name: String, ofPane pane: Int) {
    var names = hiddenSeries(ofPane: pane)
    let isHidden = names.remove(name) == nil
    if isHidden { names.insert(name) }
    hidden[place(ofPane: pane)] = names
    notice = Notice(
      text: isHidden ? "\(name) is left out; & lists what is shown" : "\(name) is shown",
      role: .accent)
  }

  /// A key while series are chosen.
  mutating func press(_ key: Key, in open: SeriesList) -> [Effect] {
    var list = open
    switch key {
    case .up, .character("k"): list.selected = max(0, list.selected - 1)
    case .down, .character("j"): list.selected = min(list.names.count - 1, list.selected + 1)
    case .enter, .space: toggleSeries(list.names[list.selected], ofPane: list.pane)
    case .escape, .character("q"), .character("&"):
      (overlay, notice) = (nil, nil)
      return []
    default: break
    }
    overlay = .series(list)
    return []
  }
}

extension SeriesList {
  /// Draws the list over the screen.
  func draw(_ state: WorkbenchState, into canvas: inout Canvas) {
    let hidden = state.hiddenSeries(ofPane: pane)
    ChoiceList(
      "Series",
      choices: names.map { .init($0, summary: hidden.contains($0) ? "left out" : "shown") },
      selected: selected, hint: "Enter changes, Esc closes", marks: state.marks
    ).draw(into: &canvas, in: canvas.bounds)
  }
}
