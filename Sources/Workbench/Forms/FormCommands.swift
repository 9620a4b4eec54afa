import TermPlot

/// The commands of a pane with a form.
extension Command {
  static let form: [Command] =
    [
      Command(
        "form.up", "previous value", keys: Shortcut("up k", .up, .character("k")),
        wheel: Wheel(kind: .wheelUp, times: 1), availability: isNotFirst,
        change: { $0.selectLine { index, _ in index - 1 } }),
      Command(
        "form.down", "next value", keys: Shortcut("down j", .down, .character("j")),
        wheel: Wheel(kind: .wheelDown, times: 1), availability: isNotLast,
        change: { $0.selectLine { index, _ in index + 1 } }),
      Command(
        "form.decrease", "a step down, the choice before, or fold a group",
        keys: Shortcut("left h", .left, .character("h")), hint: Hint("arrows", "change"),
        availability: { $0.canStep(upwards: false) }, perform: { $0.step(upwards: false) }),
      Command(
        "form.increase", "a step up, the next choice, or unfold a group",
        keys: Shortcut("right l", .right, .character("l")),
        availability: { $0.canStep(upwards: true) }, perform: { $0.step(upwards: true) }),
      Command(
        "form.edit", "type a value, open the choices, or fold a group",
        keys: Shortcut("Enter", .enter), hint: Hint("Enter", "type"), availability: hasLines,
        change: { state in
          switch state.selectedLine {
          case .heading(let group, let isFolded, _)?: state.form.folds[group] = !isFolded
          case .row(let row)?: state.edit(row.field.path)
          case nil: break
          }
        }),
      Command(
        "form.first", "first value", keys: Shortcut("Home", .home), availability: isNotFirst,
        change: { $0.selectLine { _, _ in 0 } }),
      Command(
        "form.last", "last value", keys: Shortcut("End", .end), availability: isNotLast,
        change: { $0.selectLine { _, count in count - 1 } }),
    ] + looking

  /// What changes how the form is looked at.
  private static let looking: [Command] = [
    Command(
      "form.filter",
      "show the values that have these words; live, changed and groups are words too",
      keys: Shortcut("/", .character("/")), hint: Hint("/", "find"),
      change: { state in
        state.form.showAll()
        state.form.isFiltering = true
      }),
    Command(
      "form.live_only", "only what acts live, or everything again",
      keys: Shortcut("~", .character("~")),
      availability: {
        .when($0.formPage?.hasLiveRows == true, otherwise: "nothing here acts on a running run")
      },
      change: { $0.form.isLiveOnly.toggle() }),
    Command(
      "form.favourite", "put the value first, or back into its group",
      keys: Shortcut("*", .character("*")),
      availability: { state in
        if case .row? = state.selectedLine { return .yes }
        return .no("a value is put first, not a group")
      },
      change: { state in
        guard case .row(let row)? = state.selectedLine else { return }
        let path = row.field.path
        if let place = state.form.favourites.firstIndex(of: path) {
          state.form.favourites.remove(at: place)
        } else {
          state.form.favourites.append(path)
        }
      }),
    Command(
      "form.fold_all", "fold all groups", keys: Shortcut("(", .character("(")),
      availability: { .when($0.hasGroup(folded: false), otherwise: "no group is unfolded") },
      change: { $0.foldAll(true) }),
    Command(
      "form.unfold_all", "unfold all groups", keys: Shortcut(")", .character(")")),
      availability: { .when($0.hasGroup(folded: true), otherwise: "no group is folded") },
      change: { $0.foldAll(false) }),
  ]

  private static let hasLines: @Sendable (WorkbenchState) -> Availability = {
    .when(!$0.formLines.isEmpty, otherwise: "nothing has these words; Esc shows all")
  }

  private static let isNotFirst: @Sendable (WorkbenchState) -> Availability = {
    .when($0.selectedIndex > 0, otherwise: "this is the first value")
  }

  private static let isNotLast: @Sendable (WorkbenchState) -> Availability = {
    .when($0.selectedIndex < $0.formLines.count - 1, otherwise: "this is the last value")
  }
}

extension WorkbenchState {
  /// The place of the selected line; the first where it is gone.
  var selectedIndex: Int { formLines.firstIndex { $0.path == selectedRow } ?? 0 }

  /// The line that keys act on; nil where none is shown.
  var selectedLine: FormLine? {
    let lines = formLines
    return lines.first { $0.path == selectedRow } ?? lines.first
  }

  /// Selects a line by its place, given the present one and how many there are.
  mutating func selectLine(_ place: (_ index: Int, _ count: Int) -> Int) {
    let lines = formLines
    guard !lines.isEmpty else { return }
    let index = place(selectedIndex, lines.count)
    selectedRow = lines[min(max(0, index), lines.count - 1)].path
  }

  fileprivate func canStep(upwards: Bool) -> Availability {
    switch selectedLine {
    case .heading(_, let isFolded, _)?:
      .when(isFolded == upwards, otherwise: upwards ? "it is unfolded" : "it is folded")
    case .row(let row)?: canChange(row.field.path, upwards: upwards)
    case nil: .no("nothing has these words; Esc shows all")
    }
  }

  fileprivate mutating func step(upwards: Bool) -> [Effect] {
    switch selectedLine {
    case .heading(let group, _, _)?: form.folds[group] = !upwards
    case .row(let row)?: return change(row.field.path, upwards: upwards)
    case nil: break
    }
    return []
  }

  fileprivate func hasGroup(folded: Bool) -> Bool {
    formLines.contains { if case .heading(_, folded, _) = $0 { true } else { false } }
  }

  fileprivate mutating func foldAll(_ isFolded: Bool) {
    // A group with the selected row stays unfolded, so the selection goes to its heading.
    let lines = formLines
    if isFolded, let place = lines.firstIndex(where: { $0.path == selectedRow }) {
      let heading = lines[...place].last { if case .heading = $0 { true } else { false } }
      let isGrouped = if case .row(let row) = lines[place] { row.group != nil } else { false }
      if let heading, isGrouped { selectedRow = heading.path }
    }
    for case .heading(let group, _, _) in lines { form.folds[group] = isFolded }
  }

  /// A key while words that rows must have are typed.
  mutating func type(_ key: Key, in open: FormView) -> [Effect] {
    var view = open
    switch key {
    case .escape: view.showAll()
    case .enter: view.isFiltering = false
    case .up, .down:
      selectLine { index, _ in index + (key == .up ? -1 : 1) }
      return []
    default:
      view.filter.press(key)
    }
    form = view
    // The selection goes to what is found.
    if view.isFiltered, let line = selectedLine { selectedRow = line.path }
    return []
  }
}
