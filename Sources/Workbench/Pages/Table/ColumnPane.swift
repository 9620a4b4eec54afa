import NumberFormatting
import OutsideText
import ScoreLab
import ScoreTables
import TermPlot

/// The values of the selected column.
struct ColumnPane: Pane {
  let title = "Column"
  let explanation = "How often the selected column has its values, and how many cells have none."
  let hasPlots = true
  /// Rows that are counted, evenly over the table, so that a key is answered at once.
  private static let counted = 20_000

  func note(_ state: WorkbenchState) -> String {
    guard let (table, index) = selected(state) else { return "" }
    return SafeText.sanitized(table.schema.columns[index].name, limit: 30)
  }

  func words(_ state: WorkbenchState) -> [String]? {
    guard let (table, index) = selected(state) else { return ["No table is open."] }
    return [facts(table, index) + "."]
      + (shares(table, index) ?? []).map { "\($0.text): \($0.count)." }
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let (table, index) = selected(state) else {
      canvas.write("no table is open", in: area, style: Style(.muted))
      return
    }
    let (top, rest) = area.splitTop(rows: 1)
    canvas.write(
      state.marks.fit(facts(table, index), width: top.width), in: top, style: Style(.text))
    if let shares = shares(table, index) {
      drawBars(shares, state.marks, into: &canvas, in: rest)
    } else if let values = numbers(table, index) {
      histogram(values, table.schema.columns[index], state).draw(into: &canvas, in: rest)
    }
  }

  private func selected(_ state: WorkbenchState) -> (table: OpenTable, column: Int)? {
    guard let table = state.tablePage.table else { return nil }
    let place = state.selectedColumn ?? 0
    return table.schema.columns.indices.contains(place) ? (table, place) : nil
  }

  private func cells(_ table: OpenTable, _ index: Int) -> RawTable.Column? {
    guard let place = try? table.raw.place(of: table.schema.columns[index].name) else { return nil }
    return table.raw.columns[place]
  }

  private func facts(_ table: OpenTable, _ index: Int) -> String {
    let column = table.schema.columns[index]
    let missing = cells(table, index)?.missingCount ?? 0
    let kind = column.role == .ignored ? "ignored" : column.kind.rawValue
    return "\(kind); \(NumberText.counted(table.raw.rowCount - missing, "value")), "
      + "\(grouped(missing)) missing"
  }

  private func step(_ count: Int) -> Int { max(1, count / Self.counted) }

  /// How often each text is there, the most frequent first; nil where the values are numbers.
  private func shares(_ table: OpenTable, _ index: Int) -> [(text: String, count: Int)]? {
    guard let cells = cells(table, index)?.cells else { return nil }
    var counts: [String: Int] = [:]
    switch cells {
    case .numbers(let values, _):
      guard table.schema.columns[index].kind.hasCategories else { return nil }
      for row in stride(from: 0, to: values.count, by: step(values.count)) where !values[row].isNaN
      {
        counts[NumberText.exact(values[row]), default: 0] += 1
      }
    case .texts(let places, let words):
      guard table.schema.columns[index].kind != .datetime else { return nil }
      for row in stride(from: 0, to: places.count, by: step(places.count)) where places[row] >= 0 {
        counts[words[Int(places[row])], default: 0] += 1
      }
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      (SafeText.sanitized($0.key, limit: 24), $0.value)
    }
  }

  /// The numbers of the column, or its times in seconds since 1970.
  private func numbers(_ table: OpenTable, _ index: Int) -> [Double]? {
    switch cells(table, index)?.cells {
    case .numbers(let values, _):
      return stride(from: 0, to: values.count, by: step(values.count)).map { values[$0] }
    case .texts(let places, let words):
      guard let format = table.schema.columns[index].format else { return nil }
      let seconds = words.map { format.seconds($0) ?? .nan }
      return stride(from: 0, to: places.count, by: step(places.count)).map {
        places[$0] < 0 ? .nan : seconds[Int(places[$0])]
      }
    case nil: return nil
    }
  }

  private func drawBars(
    _ shares: [(text: String, count: Int)], _ marks: Marks, into canvas: inout Canvas,
    in area: Rect
  ) {
    let most = Double(shares.first?.count ?? 1)
    let width = min(24, shares.map(\.text.count).max() ?? 0, area.width / 2)
    for (row, share) in shares.prefix(max(0, area.height)).enumerated() {
      let line = area.inset(top: row).splitTop(rows: 1).top
      let isLast = row == area.height - 1 && shares.count > area.height
      let text = isLast ? "\(shares.count - row) more" : share.text
      canvas.write(marks.fit(text, width: width), in: line, style: Style(isLast ? .muted : .text))
      guard !isLast else { continue }
      Gauge(
        fraction: Double(share.count) / most, label: grouped(share.count), role: .learned,
        marks: marks
      ).draw(into: &canvas, in: line.inset(left: width + 1))
    }
  }

  private func histogram(
    _ values: [Double], _ column: ColumnSchema, _ state: WorkbenchState
  ) -> Histogram {
    let window = state.top.window(of: title)
    let present = values.filter(\.isFinite)
    let title = column.format == nil ? "value" : "seconds since 1970"
    let settings = window.x(AxisSettings(title))
    let axis = settings.axis(covering: present)
    return Histogram(
      bins: HistogramBins(counting: present, on: axis, count: 32), x: settings,
      y: window.y(AxisSettings("rows")), marks: state.marks)
  }
}
