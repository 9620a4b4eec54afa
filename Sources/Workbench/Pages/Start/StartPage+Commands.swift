import Lessons
import RunDatabase
import ScoreLab
import TermPlot

extension StartPage {
  static let explanation = """
    A place to begin: Enter opens a preset as a new run, resumes a run that is kept, or opens a lesson. \
    The run before it can be gone back to with u.
    """

  static let commands: [Command] =
    [.leaving(id, keys: Shortcut("Q", .character("Q")), hint: Hint("Q", "back", .page))]
    + [.backFromPage, .openFromStart] + Command.focusing(panes, on: id)
    + [.nextPane, .previousPane, .pauseRun] + Command.everywhere

  static let opener: Command? = .opening(
    id, "start page: presets, recent runs and lessons", keys: Shortcut("Q", .character("Q")),
    hint: Hint("Q", "start"))
}

extension Command {
  fileprivate static let openFromStart = Command(
    "start.enter", "begin the preset, resume the run or open the lesson",
    keys: Shortcut("Enter", .enter),
    hint: Hint("Enter", .choose) { state in
      switch state.startList {
      case .presets: "begin"
      case .runs: "resume"
      case .lessons: "open"
      }
    },
    availability: { state in
      guard let row = state.selectedRow(of: state.startList) else {
        return .no("there is nothing in the list")
      }
      switch state.startList {
      case .presets: return .when(!state.run.isJudging, otherwise: LiveRun.untrained)
      case .runs:
        let run = state.recentRuns[row]
        return .when(run.id != state.head, otherwise: "\(run.name) is the run that is trained")
      case .lessons: return .yes
      }
    },
    perform: { $0.openFromStart() })

  /// What moves the selection of the list with the keys.
  static let movingInStart: [Command] = [
    moving("up", "the row above", Shortcut("up k", .up, .character("k")), by: -1, .wheelUp),
    moving("down", "the row below", Shortcut("down j", .down, .character("j")), by: 1, .wheelDown),
    moving("up_far", "ten rows up", Shortcut("PgUp", .pageUp), by: -10),
    moving("down_far", "ten rows down", Shortcut("PgDn", .pageDown), by: 10),
    moving("first", "the first row", Shortcut("Home", .home), by: -1_000_000),
    moving("last", "the last row", Shortcut("End", .end), by: 1_000_000),
  ]

  private static func moving(
    _ name: String, _ title: String, _ keys: Shortcut, by rows: Int, _ wheel: MouseEvent.Kind? = nil
  ) -> Command {
    Command(
      CommandID("start.\(name)"), title, keys: keys,
      hint: rows == 1 ? Hint("arrows", "choose") : nil,
      wheel: wheel.map { Wheel(kind: $0, times: 1) },
      availability: { state in
        guard let row = state.selectedRow(of: state.startList) else {
          return .no("there is nothing in the list")
        }
        return rows < 0
          ? .when(row > 0, otherwise: "this is the first row")
          : .when(
            row < state.rowCount(of: state.startList) - 1, otherwise: "this is the last row")
      },
      change: { state in
        let (list, count) = (state.startList, state.rowCount(of: state.startList))
        guard let row = state.selectedRow(of: list) else { return }
        state.start.selected[list] = min(max(0, row + rows), count - 1)
      })
  }
}

extension WorkbenchState {
  /// Opens what is selected in the list with the keys.
  fileprivate mutating func openFromStart() -> [Effect] {
    guard let row = selectedRow(of: startList) else { return [] }
    switch startList {
    case .presets:
      let preset = start.presets[row]
      return leavePage() + begin(preset)
    case .runs:
      let run = recentRuns[row]
      return leavePage() + resume(run)
    case .lessons:
      return leavePage() + openLesson(at: row)
    }
  }

  /// Selects a row of a list; a click on the selected one opens it.
  mutating func clickRow(_ row: Int, of list: StartList) -> [Effect] {
    guard selectedRow(of: list) == row, startList == list else {
      start.selected[list] = row
      return []
    }
    return perform(.openFromStart)
  }
}
