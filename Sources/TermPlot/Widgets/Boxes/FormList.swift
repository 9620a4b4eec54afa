/// Labelled values in rows, one of which may be selected or under edit.
public struct FormList: Sendable, Equatable {
  /// Text being typed.
  public struct Editing: Sendable, Equatable {
    public var text: String
    /// How many scalars are before the cursor; beyond the text counts as its end.
    public var cursor: Int
    /// Whether what is typed next takes the place of the text.
    public var isSelected: Bool

    public init(_ text: String, cursor: Int, isSelected: Bool = false) {
      self.text = text
      self.cursor = cursor
      self.isSelected = isSelected
    }
  }

  /// One row.
  public struct Row: Sendable, Equatable {
    public var label: String
    public var value: String
    /// A word at the right, such as what a change entails.
    public var marker: String
    public var markerRole: StyleRole
    /// The text shown in place of the value while it is being changed.
    public var editing: Editing?
    /// A heading of the rows below it; its value follows its label.
    public var isHeading: Bool
    /// Whether the value has neighbours, to which arrows lead while the row is selected.
    public var hasSteps: Bool

    public init(
      _ label: String, value: String = "", marker: String = "", markerRole: StyleRole = .muted,
      editing: Editing? = nil, isHeading: Bool = false, hasSteps: Bool = false
    ) {
      self.label = label
      self.value = value
      self.marker = marker
      self.markerRole = markerRole
      self.editing = editing
      self.isHeading = isHeading
      self.hasSteps = hasSteps
    }
  }

  public var rows: [Row]
  public var selected: Int?
  /// Whether keys go here; parks the hardware cursor on the selected row.
  public var isFocused: Bool
  public var marks: Marks

  public init(
    rows: [Row], selected: Int? = nil, isFocused: Bool = false, marks: Marks = .braille
  ) {
    self.rows = rows
    self.selected = selected
    self.isFocused = isFocused
    self.marks = marks
  }

  public func draw(into canvas: inout Canvas, in area: Rect) {
    guard !area.isEmpty else { return }
    let window = ListWindow(count: rows.count, selected: selected, height: area.height)
    let room = window.overflows && area.width > 4 ? area.inset(right: 1) : area
    let columns = columns(width: room.width)
    for (offset, index) in window.rows.enumerated() {
      let line = Rect(x: room.x, y: room.y + offset, width: room.width, height: 1)
      canvas.register(WidgetTarget.row(index), in: line)
      draw(rows[index], isSelected: index == selected, columns, into: &canvas, in: line)
    }
    window.drawArrows(into: &canvas, in: area, marks: marks)
  }

  private func columns(width: Int) -> (label: Int, marker: Int) {
    let fields = rows.filter { !$0.isHeading }
    let label = min(fields.map(\.label.columns).max() ?? 0, max(4, width * 9 / 20))
    let marker = fields.map(\.marker.columns).max() ?? 0
    // The value matters more than the marker: it keeps at least eight columns.
    return (label, width - label - marker - 5 >= 8 ? marker : 0)
  }

  private func draw(
    _ row: Row, isSelected: Bool, _ columns: (label: Int, marker: Int),
    into canvas: inout Canvas, in line: Rect
  ) {
    let background: StyleRole = isSelected ? .selection : .background
    func style(_ role: StyleRole, _ attributes: Style.Attributes = []) -> Style {
      Style(isSelected ? .selectionText : role, on: background, attributes: attributes)
    }
    canvas.fill(line, with: Cell(" ", style(.text)))
    if isSelected {
      canvas[line.x, line.y] = Cell(marks.pick("▸", ">"), style(.text, .bold))
      if isFocused { canvas.cursor = (line.x, line.y) }
    }
    let content = line.inset(left: 2)
    if row.isHeading {
      let used = canvas.write(
        marks.fit(row.label, width: content.width + 1), in: line.inset(left: 1),
        style: style(.title, .bold))
      let rest = line.inset(left: used + 2)
      canvas.write(marks.fit(row.value, width: rest.width), in: rest, style: style(.muted))
      return
    }
    canvas.write(
      marks.fit(row.label, width: min(columns.label, content.width)), in: content,
      style: style(.muted, isSelected ? .bold : []))
    let markerWidth = columns.marker > 0 ? columns.marker + 1 : 0
    let valueArea = content.inset(left: columns.label + 1, right: markerWidth)
    if let editing = row.editing {
      draw(editing, into: &canvas, in: valueArea)
    } else {
      canvas.write(marks.fit(row.value, width: valueArea.width), in: valueArea, style: style(.text))
      if isSelected, isFocused, row.hasSteps, row.value.columns + 5 <= valueArea.width {
        drawSteps(into: &canvas, in: valueArea, style: style(.key, .bold))
      }
    }
    guard columns.marker > 0 else { return }
    let marker = marks.fit(row.marker, width: columns.marker)
    canvas.write(
      marker, x: line.maxX - columns.marker, y: line.y, limit: line.maxX,
      style: style(row.markerRole))
  }

  /// Arrows to both neighbours of a value, at the right.
  private func drawSteps(into canvas: inout Canvas, in area: Rect, style: Style) {
    for (offset, glyph, isUp) in [
      (4, marks.pick("◂", "<"), false), (2, marks.pick("▸", ">"), true),
    ] {
      let place = Rect(x: area.maxX - offset, y: area.y, width: 2, height: 1)
      canvas[place.x + (isUp ? 1 : 0), place.y] = Cell(glyph, style)
      canvas.register(WidgetTarget.step(isUp: isUp), in: place)
    }
  }

  private func draw(_ editing: Editing, into canvas: inout Canvas, in area: Rect) {
    TextField(text: editing.text, cursor: editing.cursor, isSelected: editing.isSelected)
      .draw(into: &canvas, in: area)
  }
}
