import NumberFormatting
import ScoreLab

/// What `scorefield judge` prints: a table, CSV, or JSON lines.
package struct JudgePrinter {
  package enum Form { case table, csv, json }

  /// A quantity of the score that is judged and of those next to it.
  package struct Row {
    let name: String
    /// The time of the noise level; nil for a quantity of all.
    let time: Double?
    /// Of the score that is judged, the zero score, the normal one and the exact one.
    let values: [Double]
    /// The 95% interval of the first value; for metrics of samples the null's band.
    let interval: ClosedRange<Double>?

    package init(
      _ name: String, time: Double? = nil, values: [Double], interval: ClosedRange<Double>? = nil
    ) {
      self.name = name
      self.time = time
      self.values = values
      self.interval = interval
    }
  }

  private static let names = ["score", "zero", "normal", "exact"]

  private let form: Form
  private let delta: Double

  package init(form: Form, delta: Double) {
    self.form = form
    self.delta = delta
  }

  package func start() throws {
    switch form {
    case .table:
      try printTable("", "time", ["score", "from", "to", "zero", "normal", "exact"])
    case .csv: try StandardOutput.print("quantity,time,score,low,high,zero,normal,exact")
    case .json: break
    }
    // Nothing is asked of anyone for a result that cannot be written.
    try StandardOutput.flush()
  }

  package func add(_ row: Row) throws {
    let ends = [row.interval?.lowerBound, row.interval?.upperBound]
    switch form {
    case .table:
      let name = row.name == "d_delta" ? "D_\(NumberText.short(delta))" : row.name
      let cells =
        [row.values[0], ends[0], ends[1]] + row.values.dropFirst().map { Optional($0) }
      try printTable(
        name, row.time.map { NumberText.short($0) } ?? "",
        cells.map { $0.map { $0.isFinite ? NumberText.short($0) : "unknown" } ?? "" })
    case .csv:
      let cells = [row.time, row.values[0]] + ends + row.values.dropFirst().map { Optional($0) }
      let texts = cells.map { $0.map { $0.isFinite ? NumberText.exact($0) : "" } ?? "" }
      try StandardOutput.print(CSVText.line([row.name] + texts))
    case .json:
      var line = JSONLine()
      line.add("quantity", row.name)
      if let time = row.time { line.add("time", time) }
      for (name, value) in zip(Self.names, row.values) { line.add(name, value) }
      if let interval = row.interval {
        line.add("low", interval.lowerBound)
        line.add("high", interval.upperBound)
      }
      try StandardOutput.print(line.text)
    }
    try StandardOutput.flush()
  }

  private func printTable(_ name: String, _ time: String, _ cells: [String]) throws {
    let padded = name + String(repeating: " ", count: max(1, 22 - name.count))
    try StandardOutput.print(
      padded
        + ([time] + cells).map { text in
          String(repeating: " ", count: max(1, 9 - text.count)) + text
        }.joined())
  }
}
