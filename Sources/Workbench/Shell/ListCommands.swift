import TermPlot

extension Command {
  /// The commands that move the selection of a list.
  ///
  /// - Parameters:
  ///   - page: What their names begin with.
  ///   - row: What one of its rows is.
  ///   - absence: What is said where there are none.
  ///   - place: The selected row and how many there are; nil where there are none.
  ///   - select: Selects the row at a place.
  /// - Returns: A row, ten rows and all rows up and down, in the order of help.
  static func moving(
    on page: String, by row: String, absence: String,
    place: @escaping @Sendable (WorkbenchState) -> (selected: Int, count: Int)?,
    select: @escaping @Sendable (inout WorkbenchState, Int) -> Void
  ) -> [Command] {
    func moving(
      _ name: String, _ title: String, _ keys: Shortcut, by rows: Int,
      hint: Hint? = nil, wheel: MouseEvent.Kind? = nil
    ) -> Command {
      Command(
        CommandID("\(page).\(name)"), title, keys: keys, hint: hint,
        wheel: wheel.map { Wheel(kind: $0, times: 1) },
        availability: { state in
          guard let (selected, count) = place(state) else { return .no(absence) }
          return rows < 0
            ? .when(selected > 0, otherwise: "this is the first \(row)")
            : .when(selected < count - 1, otherwise: "this is the last \(row)")
        },
        change: { state in
          guard let (selected, count) = place(state) else { return }
          select(&state, min(max(0, selected + rows), count - 1))
        })
    }
    // More rows than any list has, of which a sum stays finite.
    let all = 1 << 40
    return [
      moving(
        "up", "the \(row) above", Shortcut("up k", .up, .character("k")), by: -1, wheel: .wheelUp),
      moving(
        "down", "the \(row) below", Shortcut("down j", .down, .character("j")), by: 1,
        hint: Hint("arrows", "choose"), wheel: .wheelDown),
      moving("up_far", "ten \(row)s up", Shortcut("PgUp", .pageUp), by: -10),
      moving("down_far", "ten \(row)s down", Shortcut("PgDn", .pageDown), by: 10),
      moving("first", "the first \(row)", Shortcut("Home", .home), by: -all),
      moving("last", "the last \(row)", Shortcut("End", .end), by: all),
    ]
  }
}
