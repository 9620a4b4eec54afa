import ScoreLab

/// How a form is looked at: the selected row, the groups that are folded, what is looked for.
struct FormView: Sendable, Equatable {
  /// The path of the selected row, or the name of the selected group's heading; it survives rows
  /// appearing and going.
  var selectedRow: String
  /// The paths of the rows that come first, in their order.
  var favourites: [String] = []
  /// Groups that were folded by hand (true) or unfolded; the others are unfolded where there is room.
  var folds: [String: Bool] = [:]
  /// What is looked for; empty shows all.
  var filter = LineEditor()
  /// Whether keys go into what is looked for.
  var isFiltering = false
  /// Whether rows that would start the run again are left out.
  var isLiveOnly = false

  init(selecting row: String, favourites: [String] = []) {
    selectedRow = row
    self.favourites = favourites
  }

  /// Whether rows are left out.
  var isFiltered: Bool { !filter.text.isEmpty || isLiveOnly }

  /// Shows every row again.
  mutating func showAll() {
    (filter, isFiltering, isLiveOnly) = (LineEditor(), false, false)
  }
}

/// What stands in one line of a form.
enum FormLine: Sendable {
  /// The heading of a group, with what is in it.
  case heading(group: String, isFolded: Bool, labels: [String])
  case row(FormRow)

  /// The path of the row, or a name for the heading.
  var path: String {
    switch self {
    case .heading(let group, _, _): FormLine.headingPath(group)
    case .row(let row): row.field.path
    }
  }

  /// No key has a colon.
  static func headingPath(_ group: String) -> String { "group:\(group)" }
}

extension FormView {
  /// The lines of a form: favourites first, then the groups.
  ///
  /// - Parameters:
  ///   - rows: All rows, those of a group together.
  ///   - start: The values that the changed ones are told from.
  ///   - editing: The path of the row under edit, which always shows.
  ///   - height: The lines there is room for.
  /// - Returns: What stands in the form, from top to bottom.
  func lines(
    of rows: [FormRow], start: [String: ConfigurationValue], editing: String?, height: Int
  ) -> [FormLine] {
    guard !isFiltered else {
      return rows.filter { $0.field.path == editing || shows($0, start) }.map { .row($0) }
    }
    let first = favourites.flatMap { path in
      // The parameters of a member stay with it.
      rows.filter { $0.field.path == path || $0.field.description.owner?.path == path }
    }
    let isFirst = Set(first.map(\.field.path))
    let groups = grouped(rows.filter { !isFirst.contains($0.field.path) })
    var room = height - first.count
    for group in groups { room -= group.isHeaded ? 1 : group.rows.count }
    return first.map { .row($0) }
      + groups.flatMap { group -> [FormLine] in
        guard let name = group.name, group.isHeaded else { return group.rows.map { .row($0) } }
        let isHeld = group.rows.contains { [selectedRow, editing].contains($0.field.path) }
        let isFolded = !isHeld && (folds[name] ?? (group.rows.count > room))
        if !isFolded { room -= group.rows.count }
        let heading = FormLine.heading(
          group: name, isFolded: isFolded, labels: group.rows.map(\.field.label))
        return [heading] + (isFolded ? [] : group.rows.map { .row($0) })
      }
  }

  private struct Group {
    var name: String?
    var rows: [FormRow]
    /// A single row takes no more room than its heading would.
    var isHeaded: Bool { name != nil && rows.count > 1 }
  }

  private func grouped(_ rows: [FormRow]) -> [Group] {
    var groups: [Group] = []
    for row in rows {
      if groups.last?.name == row.group, !groups.isEmpty {
        groups[groups.count - 1].rows.append(row)
      } else {
        groups.append(Group(name: row.group, rows: [row]))
      }
    }
    return groups
  }

  /// Whether a row has every word that is looked for: in its name, its key, its group, or as what
  /// it is: live, restarts, changed.
  private func shows(_ row: FormRow, _ start: [String: ConfigurationValue]) -> Bool {
    if isLiveOnly && !row.field.isLive { return false }
    let kinds = [
      row.field.isLive ? "live" : "restarts", start[row.field.path] == row.value ? "" : "changed",
    ]
    let text = ([row.field.label, row.field.path, row.group ?? ""] + kinds)
      .joined(separator: " ").lowercased()
    return filter.text.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
  }
}
