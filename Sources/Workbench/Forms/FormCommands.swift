import TermPlot

/// The commands of a pane with a form.
extension Command {
  static let form: [Command] = [
    Command(
      "form.up", "previous value", keys: Shortcut("up k", .up, .character("k")),
      wheel: Wheel(kind: .wheelUp, times: 1), availability: isNotFirst,
      change: { $0.selectRow { index, _ in index - 1 } }),
    Command(
      "form.down", "next value", keys: Shortcut("down j", .down, .character("j")),
      wheel: Wheel(kind: .wheelDown, times: 1), availability: isNotLast,
      change: { $0.selectRow { index, _ in index + 1 } }),
    Command(
      "form.decrease", "a step down, or the choice before",
      keys: Shortcut("left h", .left, .character("h")), hint: Hint("arrows", "change"),
      availability: { $0.canChange($0.selectedPath, upwards: false) },
      perform: { $0.change($0.selectedPath, upwards: false) }),
    Command(
      "form.increase", "a step up, or the next choice",
      keys: Shortcut("right l", .right, .character("l")),
      availability: { $0.canChange($0.selectedPath, upwards: true) },
      perform: { $0.change($0.selectedPath, upwards: true) }),
    Command(
      "form.edit", "type a value or open the choices", keys: Shortcut("Enter", .enter),
      hint: Hint("Enter", "type"), change: { $0.edit($0.selectedPath) }),
    Command(
      "form.first", "first value", keys: Shortcut("Home", .home), availability: isNotFirst,
      change: { $0.selectRow { _, _ in 0 } }),
    Command(
      "form.last", "last value", keys: Shortcut("End", .end), availability: isNotLast,
      change: { $0.selectRow { _, count in count - 1 } }),
  ]

  private static let isNotFirst: @Sendable (WorkbenchState) -> Availability = {
    .when($0.selectedIndex > 0, otherwise: "this is the first value")
  }

  private static let isNotLast: @Sendable (WorkbenchState) -> Availability = {
    .when($0.selectedIndex < $0.formRows.count - 1, otherwise: "this is the last value")
  }
}

extension WorkbenchState {
  /// The place of the selected row; the first where the row is gone.
  var selectedIndex: Int { formRows.firstIndex { $0.field.path == selectedRow } ?? 0 }

  /// The path of the row that keys act on.
  fileprivate var selectedPath: String { formRows[selectedIndex].field.path }

  /// Selects a row by its place, given the present one and how many there are.
  fileprivate mutating func selectRow(_ place: (_ index: Int, _ count: Int) -> Int) {
    let rows = formRows
    let index = place(selectedIndex, rows.count)
    selectedRow = rows[min(max(0, index), rows.count - 1)].field.path
  }
}
