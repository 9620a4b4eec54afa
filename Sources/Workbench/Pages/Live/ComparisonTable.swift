import NumberFormatting
import RunDatabase
import ScoreLab
import TermPlot

/// How the runs that are trained in turn stand, and the settings in which they differ, a column a run.
struct ComparisonTable {
  /// The widest column of a run.
  private static let widest = 24

  /// Rows of one cell a column, names first.
  let rows: [[String]]

  /// The table of the head and the runs compared with it; empty where there are none.
  init(_ snapshot: Snapshot) {
    guard !snapshot.others.isEmpty else {
      rows = []
      return
    }
    let head = snapshot.runs.head.flatMap { RunComparison.letter(of: $0, in: snapshot) }
    let names = ["", head.map { "\($0) (head)" } ?? "head"]
    let letters = snapshot.others.map { RunComparison.letter(of: $0.run, in: snapshot) ?? "?" }
    let steps = [snapshot.step] + snapshot.others.map(\.step)
    let losses = [snapshot.history] + snapshot.others.map(\.curve.history)
    let status = [""] + snapshot.others.map { $0.divergence == nil ? "" : ", diverged" }
    let excess = [snapshot.heldOut] + snapshot.others.map(\.measurements.heldOut)
    func number(_ value: Double?) -> String { value.map { NumberText.short($0, digits: 4) } ?? "-" }
    rows =
      [
        names + letters, ["step"] + zip(steps, status).map { grouped($0) + $1 },
        ["loss"] + losses.map { number($0.smoothed) },
        ["held-out excess"] + excess.map { number($0.last?.excess) },
      ] + Self.settings([snapshot.configuration] + snapshot.others.map(\.configuration))
  }

  /// The keys in which some configurations differ, each with its values.
  private static func settings(_ configurations: [RunConfiguration]) -> [[String]] {
    SettingsTable(configurations).rows.map { row in [row.key] + row.values.map { $0 ?? "-" } }
  }

  /// The table as lines of a width, with columns as wide as their widest cell.
  func lines(width: Int, _ marks: Marks) -> [String] {
    guard let count = rows.first?.count else { return [] }
    let widths = (0..<count).map { column in
      min(column == 0 ? 40 : Self.widest, rows.map { $0[column].count }.max() ?? 0)
    }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        let text = marks.fit(cell, width: width)
        return text + String(repeating: " ", count: max(0, width - text.count))
      }
      return marks.fit(cells.joined(separator: "  "), width: width)
    } + [""]
  }
}
