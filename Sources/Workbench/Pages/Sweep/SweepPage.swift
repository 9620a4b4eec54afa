import OutsideText
import ScoreLab
import ScoreSweeps
import TermPlot

extension PageID {
  public static let sweep = PageID("sweep")
}

/// How far a sweep is: what is done of every value, who works on what, what failed.
///
/// What is on the page was read by the thread of a ``SweepWatcher``; drawing reads no file.
struct SweepPage: ScrollingPage {
  static let id = PageID.sweep
  static let heading = "Sweep page"
  static let panes: [any Pane] = [SweepProgressPane(), SweepShardsPane()]

  /// The folder that is looked at; nil before one was named.
  var path: String?
  /// The newest of what is known of it.
  var message: SweepMessage?
  var focus = 0
  var windows: [String: PlotWindow] = [:]
  var scroll = 0

  init(configuration: RunConfiguration) {}

  static func receive(_ message: Message, _ state: inout WorkbenchState) -> [Effect] {
    // An answer may come late, when another folder is looked at.
    guard case .sweep(let latest) = message, latest.path == state.sweepPage.path else { return [] }
    let before = state.sweepPage.message?.problem
    state.sweepPage.message = latest
    if let problem = latest.problem, problem != before, state.page == .sweep {
      state.notice = Notice(text: problem, role: .error)
    }
    return []
  }

  /// From 80 x 20: progress at the left of the shards.
  static func arrange(_ state: WorkbenchState) -> PaneTree? {
    guard state.size.isMiddling else { return nil }
    return .columns("sweep.progress", .pane(0), .pane(1)) { $0 * 11 / 20 }
  }

  static func header(_ state: WorkbenchState) -> PageHeader {
    let page = state.sweepPage
    let name = page.message?.name ?? ""
    var header = PageHeader(words: [
      .init(text: name.isEmpty ? "sweep " : "sweep \(name) ", role: .accent)
    ])
    if let path = page.path { header.parts = [SafeText.sanitized(path, limit: 60)] }
    guard let status = page.message?.status else { return header }
    header.parts.insert("\(Int(status.share * 100))%", at: 0)
    if status.failed > 0 {
      header.words.append(.init(text: "\(status.failed) failed ", role: .error))
    }
    if let left = status.left { header.parts.insert("ETA \(SweepWords.duration(left))", at: 1) }
    return header
  }
}

extension WorkbenchState {
  /// What the sweep page remembers.
  var sweepPage: SweepPage {
    get { self[SweepPage.self] }
    set { self[SweepPage.self] = newValue }
  }

  /// Shows the sweep of a folder.
  package mutating func openSweep(_ path: String) {
    if sweepPage.path != path { (sweepPage.path, sweepPage.message) = (path, nil) }
    if !isOpen(.sweep) { open(.sweep) }
  }

  /// The folder whose sweep the screen shows; nil while it shows none.
  var watchedSweep: String? { page == .sweep ? sweepPage.path : nil }
}

// MARK: - Commands

extension SweepPage {
  private static let keys = Shortcut("^", .character("^"))

  static let commands: [Command] =
    [.leaving(id, keys: keys, hint: Hint("^", "back", .page)), .backFromPage]
    + Command.focusing(panes, on: id) + [.nextPane, .previousPane, .pauseRun] + Command.everywhere

  static let opener: Command? = Command(
    "sweep.open", "the sweep that is looked at", keys: keys,
    availability: { state in
      guard state.sweepPage.path != nil else {
        return .no("no sweep is looked at; :sweep FOLDER opens one")
      }
      return .when(!state.isOpen(.sweep), otherwise: "the sweep page is open")
    },
    change: { $0.open(.sweep) })
}

extension LineCommand {
  static let sweep = LineCommand(
    name: "sweep", argument: "FOLDER", title: "how far the sweep in a folder is",
    completions: { state in state.sweepPage.path.map { [Completion($0)] } ?? [] },
    perform: { (state, argument) throws(LineError) in
      guard !argument.isEmpty else { throw LineError(message: "sweep takes the folder of a sweep") }
      guard SweepFolder.isThere(argument) else {
        throw LineError(
          message:
            "\(SafeText.sanitized(argument, limit: 100)): no sweep is here; scorefield sweep "
            + "plan makes one")
      }
      guard state.page == .sweep || !state.isOpen(.sweep) else {
        throw LineError(message: "the sweep page is open under this one")
      }
      state.openSweep(argument)
      return []
    })
}
