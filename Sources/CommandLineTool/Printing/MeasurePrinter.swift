import Glibc
import NumberFormatting
package import ScoreCore

/// What `scorefield measure` prints: an aligned table, or CSV.
package struct MeasurePrinter {
  package let isTable: Bool
  package let delta: Double
  /// Whether lines wait for the end, so that an error on the way leaves no output.
  package let isHeldBack: Bool
  private var lines: [String]
  private var omissions: [String] = []

  package init(isTable: Bool, delta: Double, isHeldBack: Bool) {
    self.isTable = isTable
    self.delta = delta
    self.isHeldBack = isHeldBack
    lines = ["metric,value,null_mean,null_low,null_high,null_draws,p_value,points,verdict,note"]
    if isTable {
      let band = "\(percent(delta)) to \(percent(1 - delta)) of null"
      lines = [row("metric", "value", "null", band, "verdict")]
    }
  }

  /// Says on a terminal what is under way.
  package func progress(_ text: String) {
    guard isTable else { return }
    StandardStream.output.show(
      "\r" + "measuring \(text)".prefix(terminalColumns - 1) + "\u{1B}[K")
  }

  package mutating func add(_ report: MetricResult, named name: String) throws {
    if isTable {
      let band = "\(NumberText.short(report.nullLow)) to \(NumberText.short(report.nullHigh))"
      let line = row(
        name, NumberText.short(report.value), NumberText.short(report.nullMean), band,
        report.verdict.rawValue)
      lines.append(report.note.isEmpty ? line : line + "  " + report.note)
    } else {
      let numbers = [report.value, report.nullMean, report.nullLow, report.nullHigh]
      let cells =
        [name] + numbers.map { "\($0)" }
        + ["\(report.nullDraws)", "\(report.pValue)", "\(report.sampleCount)"]
      lines.append((cells + [report.verdict.rawValue, quoted(report.note)]).joined(separator: ","))
    }
    if !isHeldBack { try printLines() }
  }

  package mutating func leaveOut(_ name: String, because reason: String) {
    if isTable {
      omissions.append("  \(name): \(reason)")
    } else {
      lines.append("\(name),,,,,,,,left out,\(quoted(reason))")
    }
  }

  /// Takes the progress line back.
  package func abandon() {
    guard isTable else { return }
    StandardStream.output.show("\r\u{1B}[K")
  }

  package mutating func finish(sampleCount: Int) throws {
    lines += omissions.isEmpty ? [] : ["left out"] + omissions
    try printLines()
    guard isTable else { return }
    abandon()
    try StandardOutput.print(
      """
      Within the null: not told apart at \(sampleCount) points, which is not the same as perfect.
      Below it: nearer than fresh draws are. By chance \(percent(2 * delta)) of metrics are outside.
      """)
  }

  private func row(
    _ name: String, _ value: String, _ mean: String, _ band: String, _ verdict: String
  ) -> String {
    let padded = verdict + String(repeating: " ", count: max(0, 14 - verdict.count))
    return name + right(value, 34 - name.count) + right(mean, 9) + right(band, 20) + "  " + padded
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  private func percent(_ share: Double) -> String { NumberText.short(100 * share) + "%" }

  /// Prints over the progress line; what the terminal has no room for is cut.
  private mutating func printLines() throws {
    for line in lines {
      try StandardOutput.print(isTable ? "\r" + line.prefix(terminalColumns) + "\u{1B}[K" : line)
    }
    lines = []
    try StandardOutput.flush()
  }

  private func quoted(_ text: String) -> String {
    text.contains(",") ? "\"\(text)\"" : text
  }

  private var terminalColumns: Int { max(20, StandardStream.output.columns) }
}
