import Lessons
import ScoreLab
import TermPlot

/// The selected preset: its sentence, a picture of its distribution, and what it sets.
struct PresetPane: Pane {
  let title = "Preset"

  var commands: [Command] { Command.movingInStart }

  var explanation: String {
    """
    The preset that is selected: what it shows, points of its distribution without noise, and which \
    settings differ from the run that the workbench starts with.
    """
  }

  func note(_ state: WorkbenchState) -> String { state.selectedPreset?.title ?? "" }

  func words(_ state: WorkbenchState) -> [String]? {
    guard let preset = state.selectedPreset else { return ["there is no preset"] }
    return ["\(preset.title): \(preset.summary)"]
      + (state.start.pictures.picture(of: preset.configuration.distribution).words.map { [$0] }
        ?? []) + settings(preset)
  }

  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect) {
    guard let preset = state.selectedPreset else { return }
    let marks = state.marks
    let summary = marks.wrap(preset.summary, width: area.width, rows: 3)
    let settings = settings(preset).flatMap { marks.wrap($0, width: area.width, rows: 2) }
    // The picture keeps half of a low pane.
    let foot = min(settings.count, max(1, area.height / 2 - summary.count))
    let (head, rest) = area.splitTop(rows: summary.count)
    let (middle, bottom) = rest.splitBottom(rows: foot)
    write(summary, .text, into: &canvas, in: head)
    state.start.pictures.picture(of: preset.configuration.distribution).draw(
      marks: marks, into: &canvas, in: middle)
    write(settings, .muted, into: &canvas, in: bottom)
  }

  private func write(
    _ lines: [String], _ role: StyleRole, into canvas: inout Canvas, in area: Rect
  ) {
    for (row, line) in lines.enumerated() where row < area.height {
      canvas.write(line, in: area.inset(top: row), style: Style(role))
    }
  }

  /// The command line that begins it, and what it sets.
  private func settings(_ preset: Preset) -> [String] {
    ["scorefield --preset \(preset.name)"] + preset.configuration.assignments(from: .start)
  }
}
