import RunDatabase
import ScoreLab
import TermPlot

extension RunsPage {
  static let explanation = """
    Every run that is kept, of this start of the program and of earlier ones. A run is resumed from its \
    end, or from one of its steps with other values; up to six are drawn over each other.
    """

  static let commands: [Command] =
    [.leaving(id, keys: Shortcut("o", .character("o")), hint: Hint("o", "back", .page))]
    + [.backInRuns, .openRun, .branchRun, .chooseRun, .chooseNoRun, .filterRuns, .sortRuns]
    + [.renameRun, .tagRun, .noteRun, .deleteRun, .restoreRun]
    + Command.focusing(panes, on: id) + [.nextPane, .previousPane, .pauseRun]
    + Command.plotCommands + Command.everywhere

  static let opener: Command? = .opening(
    id, "the runs that are kept", keys: Shortcut("o", .character("o")), hint: Hint("o", "runs"))
}

extension RunListPane {
  var explanation: String {
    """
    A row a run: its letter where it is drawn below, name, steps, smoothed loss, the largest L2 error \
    over noise levels, the course of the loss over the logarithm of the steps, and when it was trained.
    """
  }

  static let commands = Command.moving(
    on: "runs", by: "run", absence: "there is no run",
    place: { state in
      let listing = state.listedRuns
      return listing.selection.map { ($0, listing.count) }
    },
    select: { state, place in
      state.runsPage.selected = state.listedRuns[place].id
      (state.runsPage.scroll, state.runsPage.columnScroll) = (0, 0)
    })
}

extension RunCurvesPane {
  var explanation: String {
    """
    A series of the chosen runs over the steps, by letter, colour and dashes: the smoothed loss, the \
    held-out excess, of L2 and D_delta the largest over noise levels, and sample metrics where they were \
    measured. Without a chosen run that of the selected one.
    """
  }

  static let commands: [Command] = [
    Command(
      "runs.series_before", "the series before", keys: Shortcut("[", .character("[")),
      hint: Hint("[ ]", "series"), availability: hasOtherSeries,
      change: { turn(-1, &$0) }),
    Command(
      "runs.series_next", "the next series", keys: Shortcut("]", .character("]")),
      availability: hasOtherSeries, change: { turn(1, &$0) }),
    Command(
      "runs.log_values", "values linear or logarithmic", keys: Shortcut("y", .character("y")),
      hint: Hint("y", "log"), change: { $0.runsPage.isValueLogarithmic.toggle() }),
    Command(
      "runs.log_steps", "steps linear or logarithmic", keys: Shortcut("Y", .character("Y")),
      hint: Hint("Y", "log-x"), change: { $0.runsPage.isStepLogarithmic.toggle() }),
  ]

  private static let hasOtherSeries: @Sendable (WorkbenchState) -> Availability = {
    .when(seriesNames($0).count > 1, otherwise: "there is no other series")
  }

  private static func turn(_ step: Int, _ state: inout WorkbenchState) {
    let names = seriesNames(state)
    guard let place = names.firstIndex(of: shownSeries(state)) else { return }
    state.runsPage.series = names[(place + step + names.count) % names.count]
    state.runsPage.windows = [:]
  }
}

extension RunSettingsPane {
  var explanation: String {
    """
    The settings in which the chosen runs differ at their ends, a column for each letter. Of a single run: \
    where it comes from, what is not the standard value, and every edit with its step.
    """
  }

  static let commands: [Command] =
    Command.scrolling + [
      Command(
        "runs.left", "columns to the left", keys: Shortcut("left", .left),
        availability: {
          .when(columnPlace($0).now > 0, otherwise: "this is the first column")
        },
        change: { $0.runsPage.columnScroll = columnPlace($0).now - 1 }),
      Command(
        "runs.right", "columns to the right", keys: Shortcut("right", .right),
        availability: {
          .when(columnPlace($0).now < columnPlace($0).most, otherwise: "this is the last column")
        },
        change: { $0.runsPage.columnScroll = columnPlace($0).now + 1 }),
    ]

  private static func columnPlace(_ state: WorkbenchState) -> (now: Int, most: Int) {
    let most = RunSettingsPane().table(state)?.maximumColumnScroll ?? 0
    return (min(state.runsPage.columnScroll, most), most)
  }
}

// MARK: - What is done with runs

extension Command {
  fileprivate static let backInRuns = Command(
    "runs.back", "leave an overlay, the zoom, the filter or the page",
    keys: Shortcut("Esc", .escape),
    perform: { state in
      if state.isZoomed {
        state.isZoomed = false
      } else if !state.runsPage.filter.isEmpty {
        state.runsPage.filter = ""
      } else {
        return state.leavePage()
      }
      return []
    })

  static let openRun = Command(
    "runs.resume", "resume the run from its end; u then goes back to the one before",
    keys: Shortcut("Enter", .enter), hint: Hint("Enter", "resume"),
    availability: { state in
      guard let run = state.listedRuns.selected else { return .no("there is no run") }
      return .when(
        run.id != state.head, otherwise: "\(run.name) is the run that is trained; o goes to it")
    },
    perform: { state in
      guard let run = state.listedRuns.selected else { return [] }
      return state.leavePage() + state.resume(run)
    })

  fileprivate static let branchRun = prompting(
    "runs.branch", "resume the run from one of its steps, with other values", "b",
    Hint("b", "branch")
  ) { "branch \($0.steps) " }

  fileprivate static let chooseRun = Command(
    "runs.choose", "draw the run over others, up to six, or no longer",
    keys: Shortcut("c", .character("c")), hint: Hint("c", "compare"),
    availability: { state in
      guard let run = state.listedRuns.selected else { return .no("there is no run") }
      let chosen = state.runsPage.chosen
      return .when(
        chosen.contains(run.id) || chosen.count < RunsPage.chosenLimit,
        otherwise: "\(RunsPage.chosenLimit) runs are drawn over each other, no more")
    },
    change: { state in
      guard let run = state.listedRuns.selected else { return }
      if let place = state.runsPage.chosen.firstIndex(of: run.id) {
        state.runsPage.chosen.remove(at: place)
      } else {
        state.runsPage.chosen.append(run.id)
      }
      state.showCurvesAnew()
    })

  fileprivate static let chooseNoRun = Command(
    "runs.choose_none", "draw the selected run alone", keys: Shortcut("C", .character("C")),
    availability: {
      .when(!$0.runsPage.chosen.isEmpty, otherwise: "no run is drawn over others")
    },
    change: { state in
      state.runsPage.chosen = []
      state.showCurvesAnew()
    })

  fileprivate static let filterRuns = Command(
    "runs.filter", "only runs with these words in name, id, distribution, tags or note",
    keys: Shortcut("/", .character("/")), hint: Hint("/", "find"),
    change: { state in
      let filter = state.runsPage.filter
      state.overlay = .prompt(Prompt(typing: "filter \(filter)"))
    })

  fileprivate static let sortRuns = Command(
    "runs.sort", "sort by when trained, when begun, name, steps, loss or error",
    keys: Shortcut("s", .character("s")), hint: Hint("s", "sort"),
    change: { $0.sortRuns(by: $0.runsPage.order.next) })

  fileprivate static let renameRun = prompting("runs.rename", "give the run another name", "n") {
    "rename \($0.name)"
  }

  fileprivate static let tagRun = prompting("runs.tag", "give the run tags", "T") {
    "tag \($0.tags.joined(separator: " "))"
  }

  fileprivate static let noteRun = prompting("runs.note", "write a note on the run", "N") {
    "note \($0.note)"
  }

  /// Opens the line after the colon with what is to be typed on.
  private static func prompting(
    _ id: CommandID, _ title: String, _ key: Character, _ hint: Hint? = nil,
    _ text: @escaping @Sendable (RunSummary) -> String
  ) -> Command {
    Command(
      id, title, keys: Shortcut(String(key), .character(key)), hint: hint,
      availability: hasRun,
      change: { state in
        guard let run = state.listedRuns.selected else { return }
        state.overlay = .prompt(Prompt(typing: text(run)))
      })
  }

  private static let hasRun: @Sendable (WorkbenchState) -> Availability = {
    .when($0.listedRuns.selected != nil, otherwise: "there is no run")
  }

  fileprivate static let deleteRun = Command(
    "runs.delete", "delete the run; asks, and u brings it back",
    keys: Shortcut("D Delete", .character("D"), .delete), hint: Hint("D", "delete"),
    availability: { state in
      guard let run = state.listedRuns.selected else { return .no("there is no run") }
      let trained = [state.head].compactMap { $0 } + (state.run.snapshot?.compared ?? [])
      return .when(
        !trained.contains(run.id), otherwise: "\(run.name) is trained now; open another one first")
    },
    change: { state in
      guard let run = state.listedRuns.selected else { return }
      state.overlay = .deletion(RunDeletion(run: run.id, name: run.name))
    })

  fileprivate static let restoreRun = Command(
    "runs.restore", "bring back the run that was deleted last",
    keys: Shortcut("u", .character("u")),
    hint: Hint("u", nil) {
      $0.runsPage.message?.deleted.isEmpty == false ? "undo" : ""
    },
    availability: {
      .when(
        $0.runsPage.message?.deleted.isEmpty == false,
        otherwise: "nothing was deleted since the start of the program")
    },
    perform: { _ in [.library(.restore)] })
}

extension WorkbenchState {
  mutating func sortRuns(by order: RunSummary.Order) {
    runsPage.order = order
    notice = Notice(text: "sorted by \(order.rawValue)", role: .accent)
  }

  /// Looks at all of the curves and the start of the table again.
  fileprivate mutating func showCurvesAnew() {
    runsPage.windows = [:]
    (runsPage.scroll, runsPage.columnScroll) = (0, 0)
  }
}

extension WorkbenchState {
  /// Resumes a run that is kept from its end.
  mutating func resume(_ run: RunSummary) -> [Effect] {
    notice = Notice(text: "\(run.name) is resumed; u goes back", role: .accent)
    return [.send(.open(run.id))]
  }
}
