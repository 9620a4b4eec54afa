/// The key of a plot: for each series a sample of how it is drawn, and its name.
public struct Legend: Sendable, Equatable {
  /// One series of the key.
  public struct Entry: Sendable, Equatable {
    public var sample: String
    public var label: String
    public var role: StyleRole

    public init(sample: String, label: String, role: StyleRole) {
      self.sample = sample
      self.label = label
      self.role = role
    }
  }

  public var entries: [Entry]

  public init(_ entries: [Entry]) {
    self.entries = entries.filter { !$0.label.isEmpty }
  }

  /// Draws the entries in one row, flush right, as many as fit whole.
  public func draw(into canvas: inout Canvas, in area: Rect) {
    guard area.height > 0 else { return }
    var shown = entries
    func width() -> Int {
      shown.reduce(0) { $0 + $1.sample.columns + 1 + $1.label.columns } + 2 * (shown.count - 1)
    }
    while !shown.isEmpty, width() > area.width { shown.removeLast() }
    var column = area.maxX - width()
    for entry in shown {
      column += canvas.write(
        entry.sample, x: column, y: area.y, limit: area.maxX,
        style: Style(entry.role, attributes: .bold))
      column += 1
      column += canvas.write(
        entry.label, x: column, y: area.y, limit: area.maxX, style: Style(.text))
      column += 2
    }
  }
}
