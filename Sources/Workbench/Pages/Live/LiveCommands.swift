import ScoreLab
import TermPlot

extension LivePage {
  static let commands: [Command] =
    [.nextPane, .previousPane] + Command.focusing(panes, on: id)
    + [.pauseRun, .stepRun, .stepRunByTen, .slower, .faster, .undo, .redo]
    + Command.comparison
    + [.restartRun, .restartRunWithNewSeed, .saveRun, .showWarnings, .freeze, .nextLayout]
    + PageCatalog.all.compactMap { $0.opener } + [.back] + Command.plotCommands
    + Command.everywhere
}

/// What can be done with the run that trains.
extension Command {
  private static let whereTrained: @Sendable (WorkbenchState) -> Availability = {
    .when(!$0.run.isJudging, otherwise: LiveRun.untrained)
  }

  static let pauseRun = Command(
    "run.pause", "pause or resume training", keys: Shortcut("Space", .space),
    hint: Hint("Space", .pause) {
      $0.run.isJudging ? "" : $0.run.isWaiting ? "resume" : "pause"
    },
    availability: whereTrained, perform: { $0.run.togglePause() })

  static let stepRun = Command(
    "run.step", "take one training step", keys: Shortcut("s", .character("s")),
    hint: Hint("s", nil) { $0.run.isJudging ? "" : "step" },
    availability: whereTrained, perform: { step(1, &$0) })

  static let stepRunByTen = Command(
    "run.step_ten", "take ten training steps", keys: Shortcut("S", .character("S")),
    availability: whereTrained, perform: { step(10, &$0) })

  private static func step(_ count: Int, _ state: inout WorkbenchState) -> [Effect] {
    state.run.status = .paused
    return [.send(.step(count: count))]
  }

  static let slower = Command(
    "run.slower", "train slower: fewer steps a second", keys: Shortcut("_", .character("_")),
    availability: { state in
      guard !state.run.isJudging else { return whereTrained(state) }
      return .when(
        state.run.pace != TrainingPace.ladder[0], otherwise: "this is the slowest pace")
    },
    perform: { $0.setPace(TrainingPace.ladder.last(where: $0.run.pace.isFaster(than:))) })

  static let faster = Command(
    "run.faster", "train faster, up to as fast as it can", keys: Shortcut("=", .character("=")),
    availability: { state in
      guard !state.run.isJudging else { return whereTrained(state) }
      return .when(state.run.pace != .full, otherwise: "training goes as fast as it can")
    },
    perform: { state in
      let pace = state.run.pace
      return state.setPace(TrainingPace.ladder.first { $0.isFaster(than: pace) })
    })

  static let undo = Command(
    "run.undo", "undo the last change or restart; what was trained since is kept",
    keys: Shortcut("u", .character("u")), hint: Hint("u", "undo"),
    availability: { .when($0.run.canUndo, otherwise: "there is nothing to undo") },
    perform: { $0.moveHead(.undo, saying: "undone; U does it again") })

  static let redo = Command(
    "run.redo", "do again what was undone", keys: Shortcut("U", .character("U")),
    availability: { .when($0.run.canRedo, otherwise: "nothing was undone") },
    perform: { $0.moveHead(.redo, saying: "done again; u undoes it") })

  static let saveRun = Command(
    "run.save", "write the run into a new folder: configuration, edits, weights, losses",
    keys: Shortcut("W", .character("W")), availability: whereTrained, perform: { $0.save(in: nil) })

  static let showWarnings = Command(
    "run.warnings", "the warnings of the run, in full", keys: Shortcut("!", .character("!")),
    availability: {
      .when($0.run.snapshot?.warnings.isEmpty == false, otherwise: "there is no warning")
    },
    change: { $0.overlay = .text(RunWarnings.text($0)) })

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
