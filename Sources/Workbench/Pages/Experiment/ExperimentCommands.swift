import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

extension ExperimentPage {
  static let commands: [Command] =
    [.chooseExperiment, .pauseExperiment, .restartExperiment, .restartExperimentWithNewSeed]
    + [.saveExhibit, .leaveExperiments, .backFromPage] + Command.focusing(panes, on: id)
    + [.nextPane, .previousPane] + Command.plotCommands + Command.everywhere

  static let opener: Command? = .opening(
    id, "experiments, a page of their own", keys: Shortcut("e", .character("e")),
    hint: Hint("e", "experiments", .page)
  ) { state in
    // The experiment that was on it last is still there.
    if state.experiment.configuration == nil { choose(&state) }
  }

  /// Opens the list of experiments.
  fileprivate static func choose(_ state: inout WorkbenchState) {
    guard let names = ExperimentForm.nameField.kind.choices else { return }
    let name = state.experiment.configuration?.choice.name
    state.overlay = .choices(
      FieldChoice(
        of: ExperimentForm.nameField, selected: name.flatMap { names.firstIndex(of: $0) } ?? 0))
  }

  fileprivate static func restart(
    seedStep: UInt64, _ state: inout WorkbenchState
  ) -> [Effect] {
    guard var configuration = state.experiment.configuration else { return [] }
    configuration.seed &+= seedStep
    return start(configuration, &state)
  }

  fileprivate static func togglePause(_ state: inout WorkbenchState) -> [Effect] {
    switch state.experiment.status {
    case .running:
      state.experiment.message?.status = .paused
      return [.experiment(.pause)]
    case .paused:
      state.experiment.message?.status = .running
      return [.experiment(.resume)]
    case .stopped: return restart(seedStep: 0, &state)
    case .none, .starting, .finished, .failed: return []
    }
  }

  fileprivate static func canTogglePause(_ state: WorkbenchState) -> Availability {
    switch state.experiment.status {
    case .running, .paused, .stopped: .yes
    case .none: .no("n chooses an experiment")
    case .starting: .no("it is starting")
    case .finished: .no("finished; r runs it again")
    case .failed: .no("failed; r runs it again")
    }
  }
}

/// What can be done with an experiment.
extension Command {
  fileprivate static let chooseExperiment = Command(
    "experiment.choose", "another experiment, from the list", keys: Shortcut("n", .character("n")),
    hint: Hint("n", "choose", .choose), change: { ExperimentPage.choose(&$0) })

  fileprivate static let pauseExperiment = Command(
    "experiment.pause", "pause or resume the experiment", keys: Shortcut("Space", .space),
    hint: Hint("Space", .pause) { $0.experiment.status == .paused ? "resume" : "pause" },
    availability: { ExperimentPage.canTogglePause($0) },
    perform: { ExperimentPage.togglePause(&$0) })

  fileprivate static let restartExperiment = Command(
    "experiment.restart", "start the experiment again", keys: Shortcut("r", .character("r")),
    hint: Hint("r", "restart"), availability: isChosen,
    perform: { ExperimentPage.restart(seedStep: 0, &$0) })

  fileprivate static let restartExperimentWithNewSeed = Command(
    "experiment.restart_with_new_seed", "start it again with a new seed",
    keys: Shortcut("R", .character("R")), availability: isChosen,
    perform: { ExperimentPage.restart(seedStep: 1, &$0) })

  fileprivate static let saveExhibit = Command(
    "experiment.save_exhibit", "save the figure or table as files in the folder of the start",
    keys: Shortcut("S", .character("S")), hint: Hint("S", "save"),
    availability: {
      .when(FiguresPane().exhibit($0) != nil, otherwise: "there is no figure yet")
    },
    perform: { state in FiguresPane().exhibit(state).map { [.save($0)] } ?? [] })

  fileprivate static let leaveExperiments = leaving(
    .experiment, "leave the page; the experiment stops", keys: Shortcut("e", .character("e")),
    hint: Hint("e", "back", .page))

  private static let isChosen: @Sendable (WorkbenchState) -> Availability = {
    .when($0.experiment.configuration != nil, otherwise: "n chooses an experiment")
  }
}

extension FiguresPane {
  static let commands =
    [
      Command(
        "figures.before", "the figure or table before", keys: Shortcut("[", .character("[")),
        hint: Hint("[ ]", "figure"), availability: hasOtherExhibits,
        change: { $0.experiment.showExhibit(-1) }),
      Command(
        "figures.next", "the next figure or table", keys: Shortcut("]", .character("]")),
        availability: hasOtherExhibits, change: { $0.experiment.showExhibit(1) }),
    ] + Command.scrolling
    + [
      Command(
        "figures.left", "columns to the left", keys: Shortcut("left", .left),
        availability: {
          .when(columnPlace($0).now > 0, otherwise: "this is the first column")
        },
        change: { scrollColumns(-1, &$0) }),
      Command(
        "figures.right", "columns to the right", keys: Shortcut("right", .right),
        availability: {
          .when(columnPlace($0).now < columnPlace($0).most, otherwise: "this is the last column")
        },
        change: { scrollColumns(1, &$0) }),
    ]

  private static let hasOtherExhibits: @Sendable (WorkbenchState) -> Availability = {
    .when($0.experiment.exhibitCount > 1, otherwise: "there is no other figure or table")
  }

  /// The columns that are scrolled past, and the most there can be.
  private static func columnPlace(_ state: WorkbenchState) -> (now: Int, most: Int) {
    guard let area = Layout(state: state).inner(ofPane: state.focus) else { return (0, 0) }
    let most = FiguresPane().maximumColumnScroll(state, in: area)
    return (min(state.experiment.columnScroll, most), most)
  }

  private static func scrollColumns(_ columns: Int, _ state: inout WorkbenchState) {
    let (now, most) = columnPlace(state)
    state.experiment.columnScroll = max(0, min(now + columns, most))
  }
}
