import NumberFormatting
import OutsideText
package import RunDatabase
package import ScoreLab

/// Runs that are kept, as tables and JSON lines.
package enum RunPrinter {
  /// The table of a list.
  package static func table(_ runs: [RunSummary]) -> [String] {
    let rows = runs.map { run in
      [
        String("\(run.id)".prefix(8)), run.name, "\(run.steps)", number(run.loss),
        number(run.worstL2), UTCTime.minute(run.updated), run.tags.joined(separator: " "),
        SafeText.sanitized(run.note, limit: 40),
      ]
    }
    return columns(
      [["id", "name", "steps", "loss", "worst L2", "trained (UTC)", "tags", "note"]] + rows,
      rightAligned: [2, 3, 4])
  }

  /// The facts of a run, a line each.
  package static func facts(
    _ run: RunSummary, _ record: RunRecord, checkpoints: CheckpointCount
  ) -> [String] {
    let digest = run.digest.map { "\($0.text) at step \($0.place.executedSteps)" }
    let commit = run.origin.commit.map { ", commit \($0)" } ?? ""
    var rows: [[String]] = [["name", run.name], ["id", "\(run.id)"], ["steps", "\(run.steps)"]]
    rows += [["loss", number(run.loss)], ["worst L2", number(run.worstL2)]]
    rows += [
      ["begun", UTCTime.minute(run.created) + " UTC"],
      ["trained", UTCTime.minute(run.updated) + " UTC"],
    ]
    rows += [["made by", "scorefield \(run.origin.version)\(commit)"]]
    rows += [["processor", run.origin.processor], ["digest", digest ?? "none"]]
    rows += [["checkpoints", "\(checkpoints.count), \(size(checkpoints.bytes))"]]
    if let parent = record.parent {
      rows.append(["goes on from", "\(parent.run) at step \(parent.executedSteps)"])
    }
    if !run.tags.isEmpty { rows.append(["tags", run.tags.joined(separator: " ")]) }
    if !run.note.isEmpty { rows.append(["note", run.note]) }
    return columns(rows, rightAligned: [])
  }

  /// The edits of a run, a line each.
  package static func edits(_ log: RunLog) -> [String] {
    var before = log.start
    return log.entries.map { entry in
      switch entry.action {
      case .configure(let configuration):
        defer { before = configuration }
        return "step \(entry.executedSteps): \(configuration.summary(ofChangesFrom: before))"
      case .resumeAfterDivergence:
        return "step \(entry.executedSteps): went on after a divergence"
      }
    }
  }

  /// A run as a JSON object.
  package static func line(_ run: RunSummary) -> JSONLine {
    var line = JSONLine()
    line.add("id", "\(run.id)")
    line.add("name", run.name)
    line.add("steps", run.steps)
    line.add("loss", run.loss ?? .nan)
    line.add("worst_l2", run.worstL2 ?? .nan)
    line.add("distribution", run.distribution)
    line.add("seed", run.seed)
    line.add("created", run.created)
    line.add("updated", run.updated)
    line.add("tags", run.tags)
    line.add("note", run.note)
    line.add("root", "\(run.root)")
    if let parent = run.parent { line.add("parent", "\(parent)") }
    line.add("version", run.origin.version)
    line.add("processor", run.origin.processor)
    if let digest = run.digest { line.add("digest", digest.text) }
    return line
  }

  /// A point of a series as a JSON object.
  package static func line(_ point: MetricPoint) -> JSONLine {
    var line = JSONLine()
    line.add("series", point.name)
    if let level = point.level { line.add("time", level) }
    line.add("step", point.step)
    line.add("value", point.value)
    if let low = point.low { line.add("low", low) }
    if let high = point.high { line.add("high", high) }
    return line
  }

  /// Bytes in words.
  package static func size(_ bytes: Int) -> String {
    bytes < 10 << 20
      ? "\(NumberText.short(Double(bytes) / 1_048_576, digits: 2)) MiB" : "\(bytes >> 20) MiB"
  }

  private static func number(_ value: Double?) -> String {
    value.map { NumberText.short($0, digits: 4) } ?? "-"
  }

  /// Rows in columns as wide as their widest cell.
  static func columns(_ rows: [[String]], rightAligned: Set<Int>) -> [String] {
    // A store may be somebody else's.
    let rows = rows.map { $0.map { SafeText.sanitized($0, limit: 1000) } }
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return rightAligned.contains(column) ? space + cell : cell + space
      }
      let line = cells.joined(separator: "  ")
      let end = line.lastIndex { $0 != " " }.map { line.index(after: $0) }
      return String(line[..<(end ?? line.startIndex)])
    }
  }
}
