import NumberFormatting
import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

/// The configuration as a form, and beneath it what is known about the run.
struct SetupPane: Pane {
  let title = "Setup"

  var commands: [Command] { Command.form }

  func words(_ state: WorkbenchState) -> [String]? { state.wordsOfForm }

  func table(_ state: WorkbenchState) -> ReportTable? { state.tableOfForm }

  func note(_ state: WorkbenchState) -> String {
    state.formNote(
      otherwise: state.marks.isUnicode ? "≠ changed ↻ restarts" : "# changed * restarts")
  }

  func measurements(_ state: WorkbenchState) -> [any Measurement.Type] {
    [FloorMeasurement.self, HeldOutMeasurement.self]
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    let rest = state.drawForm(
      isFocused: state.pageType.panes[state.focus] is SetupPane, into: &canvas, in: area)
    drawFacts(state, into: &canvas, in: rest.inset(left: 1, top: 1))
  }

  /// What the run is made of, as far as there is room.
  private func drawFacts(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let snapshot = state.run.snapshot, area.height >= 2 else { return }
    var facts: [(text: String, role: StyleRole)] = []
    if let floor = snapshot.floor {
      let error = NumberText.short(floor.error, digits: 1)
      let value = NumberText.short(floor.value, digits: 4)
      let name = floor.isLeast ? "Bayes floor" : "exact score's Huber loss"
      switch floor.method {
      case .exact: facts.append(("\(name) \(value) (exact)", .floor))
      case .monteCarlo(let draws):
        let sign = state.marks.isUnicode ? "±" : "+-"
        facts.append(("\(name) \(value) \(sign) \(error)", .floor))
        facts.append(("  Monte Carlo, \(NumberText.short(Double(draws))) draws", .muted))
      }
    }
    if let heldOut = snapshot.heldOut.last {
      let step = snapshot.judged == nil ? " at step \(grouped(heldOut.step))" : ""
      facts.append(("held-out excess\(step)", .heldOut))
      let reference = snapshot.floor?.isLeast == false ? "the exact score's" : "floor"
      facts.append(
        ("  \(NumberText.short(heldOut.excess)) = loss - \(reference)", .heldOut))
    }
    if let note = snapshot.distributionNote { facts.append((note, .accent)) }
    for warning in snapshot.warnings {
      let lines = state.marks.wrap("! " + warning, width: area.width, rows: 8)
      facts += lines.map { ($0, .warning) }
    }
    for edit in snapshot.edits.suffix(max(0, area.height - facts.count - 1)) {
      facts.append(("\(edit.step): \(edit.label)", .edit))
    }
    for (row, fact) in facts.prefix(area.height).enumerated() {
      canvas.write(
        state.marks.fit(fact.text, width: area.width),
        in: Rect(x: area.x, y: area.y + row, width: area.width, height: 1),
        style: Style(fact.role))
    }
  }
}
