import NumberFormatting
import ScoreLab
import TermPlot

/// What must be known before a plot is believed, in a line or two above it.
enum PaneRemarks {
  /// What to know where only one noise level is trained, or where a score gives no scores any more.
  static func untrained(_ snapshot: Snapshot) -> String? {
    guard snapshot.judged == nil else { return snapshot.judged?.problem }
    return snapshot.configuration.onlyTrainedTime.map {
      "trained at t \(NumberText.short($0)) alone, untrained elsewhere"
    }
  }

  /// Draws the remarks at the top of an area.
  ///
  /// - Returns: What is left for the plot.
  static func draw(
    _ remarks: [String], _ marks: Marks, into canvas: inout Canvas, in area: Rect
  ) -> Rect {
    var rest = area
    for remark in remarks {
      // The plot keeps half of a low pane.
      let rows = min(2, (rest.height - area.height / 2))
      for line in marks.wrap("! " + remark, width: area.width, rows: rows) {
        let parts = rest.splitTop(rows: 1)
        canvas.write(line, in: parts.top, style: Style(.warning))
        rest = parts.rest
      }
    }
    return rest
  }
}
