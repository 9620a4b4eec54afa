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
        return .no(nothing)
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
  static let movingInStart = moving(
    on: "start", by: "row", absence: nothing,
    place: { state in
      state.selectedRow(of: state.startList).map { ($0, state.rowCount(of: state.startList)) }
    },
    select: { state, row in state.select(row, of: state.startList) })

  private static let nothing = "there is nothing in the list"
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
      select(row, of: list)
      return []
    }
    return perform(.openFromStart)
  }
}
