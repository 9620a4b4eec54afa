/// The key of a plot: for each series a sample of how it is drawn, and its name.
public struct Legend: Sendable, Equatable {
  /// One series of the key.
  public struct Entry: Sendable, Equatable {
    public var sample: String
    public var label: String
    public var role: StyleRole
    /// What the series is called when it is left out and shown again.
    public var name: String

    /// Describes an entry; without a name it goes by its label.
    public init(sample: String, label: String, role: StyleRole, name: String? = nil) {
      self.sample = sample
      self.label = label
      self.role = role
      self.name = name ?? label
    }
  }

  public var entries: [Entry]

  public init(_ entries: [Entry]) {
    self.entries = entries.filter { !$0.label.isEmpty }
  }

  /// The columns that one row of all entries takes.
  public var width: Int {
    entries.reduce(0) { $0 + $1.sample.columns + 1 + $1.label.columns }
      + 2 * max(0, entries.count - 1)
  }

  /// The entries in as many rows as they need at a width, none cut in two; one that is wider than
  /// that has a row of its own.
  public func rows(width limit: Int) -> [Legend] {
    var rows: [Legend] = []
    for entry in entries {
      if var row = rows.last {
        row.entries.append(entry)
        if row.width <= limit {
          rows[rows.count - 1] = row
          continue
        }
      }
      rows.append(Legend([entry]))
    }
    return rows
  }

  /// Draws the entries in one row, flush right, as many as fit whole; a cross stands for the sample of a
  /// series that is left out.
  public func draw(into canvas: inout Canvas, in area: Rect) {
    guard area.height > 0 else { return }
    var shown = self
    while !shown.entries.isEmpty, shown.width > area.width { shown.entries.removeLast() }
    var column = area.maxX - shown.width
    for entry in shown.entries {
      let isHidden = canvas.hiddenSeries.contains(entry.name)
      let width = entry.sample.columns + 1 + entry.label.columns
      canvas.register(
        WidgetTarget.series(entry.name), in: Rect(x: column, y: area.y, width: width, height: 1))
      canvas.write(
        isHidden ? "x" : entry.sample, x: column, y: area.y, limit: area.maxX,
        style: Style(isHidden ? .muted : entry.role, attributes: .bold))
      canvas.write(
        entry.label, x: column + entry.sample.columns + 1, y: area.y, limit: area.maxX,
        style: Style(isHidden ? .muted : .text))
      column += width + 2
    }
  }
}
