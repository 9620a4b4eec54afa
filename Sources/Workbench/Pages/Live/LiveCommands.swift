import ScoreLab
import TermPlot

extension LivePage {
  static let commands: [Command] =
    [.nextPane, .previousPane] + Command.focusing(panes, on: id)
    + [.pauseRun, .stepRun, .restartRun, .restartRunWithNewSeed, .freeze]
    + PageCatalog.all.compactMap { $0.opener } + [.back] + Command.everywhere
}

/// What can be done with the run that trains.
extension Command {
  static let pauseRun = Command(
    "run.pause", "pause or resume training", keys: Shortcut("Space", .space),
    hint: Hint("Space", .pause) { $0.run.isWaiting ? "resume" : "pause" },
    availability: {
      .when($0.run.status != .finished, otherwise: "the step limit is reached; r starts again")
    },
    perform: { $0.run.togglePause() })

  static let stepRun = Command(
    "run.step", "take one training step", keys: Shortcut("s", .character("s")),
    hint: Hint("s", "step"),
    perform: { state in
      state.run.status = .paused
      return [.send(.stepOnce)]
    })

  static let restartRun = Command(
    "run.restart", "restart with the same seed", keys: Shortcut("r", .character("r")),
    hint: Hint("r", "restart"),
    perform: { $0.run.restart(seed: $0.run.configuration.seed) })

  static let restartRunWithNewSeed = Command(
    "run.restart_with_new_seed", "restart with a new seed", keys: Shortcut("R", .character("R")),
    perform: { $0.run.restart(seed: $0.run.configuration.seed &+ 1) })

  static let freeze = Command(
    "run.freeze", "freeze the view while training goes on", keys: Shortcut("f", .character("f")),
    change: { state in
      state.run.isFrozen.toggle()
      state.notice = Notice(
        text: state.run.isFrozen ? "view frozen, training goes on; f thaws" : "view live again",
        role: .accent)
    })
}
