import RunDatabase
import ScoreLab
import TermPlot

extension PageID {
  public static let runs = PageID("runs")
}

/// The runs that are kept: found, looked at next to each other, named, deleted and resumed.
///
/// What is on the page was read by the thread of a ``RunLibrary``; drawing reads no file.
struct RunsPage: ScrollingPage {
  static let id = PageID.runs
  static let heading = "Runs page"
  static let panes: [any Pane] = [RunListPane(), RunCurvesPane(), RunSettingsPane()]
  /// The most runs whose curves are drawn over each other.
  static let chosenLimit = 6

  /// The newest of what is known of the runs; nil before anything was read.
  var message: LibraryMessage?
  /// Why there are no runs at all, such as a store that is off; nil where there may be some.
  var absence: String?
  /// What the list is sorted by.
  var order = RunSummary.Order.updated
  /// The words that the runs listed have.
  var filter = ""
  /// The run that keys act on, unless the list is without it.
  var selected: RunID?
  /// The runs whose curves are drawn over each other, in the order of their letters.
  var chosen: [RunID] = []
  /// The series that is drawn.
  var series = "loss"
  var isValueLogarithmic = false
  var isStepLogarithmic = false
  var windows: [String: PlotWindow] = [:]
  var focus = 0
  /// Rows and columns that the table of settings is scrolled past.
  var scroll = 0
  var columnScroll = 0
  /// How many commands were dealt with when something was said of one last.
  private var commandsSeen = 0

  init(configuration: RunConfiguration) {}

  static func receive(_ message: Message, _ state: inout WorkbenchState) -> [Effect] {
    guard case .library(let latest) = message else { return [] }
    let before = state.runsPage.message?.problem
    state.runsPage.message = latest
    // What is said of a command comes again with every message until the next one.
    let isNew = latest.commandsDone > state.runsPage.commandsSeen || latest.problem != before
    state.runsPage.commandsSeen = latest.commandsDone
    guard state.page == .runs, isNew else { return [] }
    if let report = latest.report { state.notice = Notice(text: report, role: .good) }
    if let problem = latest.problem { state.notice = Notice(text: problem, role: .error) }
    return []
  }

  /// The list over curves and settings from 80 x 20.
  static func arrange(_ state: WorkbenchState) -> PaneTree? {
    guard state.size.isMiddling else { return nil }
    let low = PaneTree.columns("runs.curves", .pane(1), .pane(2)) { $0 * 9 / 20 }
    return .rows("runs.list", .pane(0), low) { $0 / 2 }
  }

  static func header(_ state: WorkbenchState) -> PageHeader {
    let page = state.runsPage
    var header = PageHeader(words: [
      .init(text: "runs that are kept", role: .accent), LivePage.status(state),
    ])
    guard let message = page.message else { return header }
    let count = message.index.runs.count
    header.parts = [
      grouped(count) + (!message.isWhole ? " runs and more" : count == 1 ? " run" : " runs"),
      "by \(page.order.rawValue)",
    ]
    if !state.runFilter.isEmpty { header.parts.insert("/\(state.runFilter)", at: 1) }
    return header
  }
}

extension WorkbenchState {
  /// What the page of the runs remembers.
  var runsPage: RunsPage {
    get { self[RunsPage.self] }
    set { self[RunsPage.self] = newValue }
  }

  /// The words that the list is filtered by: those being typed, else those that were chosen.
  var runFilter: String {
    if case .prompt(let prompt)? = overlay {
      let words = prompt.line.text.split(separator: " ", maxSplits: 1)
      if words.first == "filter" { return words.count == 2 ? words[1].trimmed : "" }
    }
    return runsPage.filter
  }

  /// The runs on the list, filtered and in order.
  var listedRuns: RunListing {
    let page = runsPage
    return RunListing(page.message?.index ?? RunIndex(), filter: runFilter, selected: page.selected)
  }

  /// What of the runs the screen shows; nil while it shows none.
  var libraryRequest: LibraryRequest? {
    guard size.columns >= Layout.minimum.columns, size.rows >= Layout.minimum.rows
    else { return nil }
    if page == .start { return LibraryRequest(order: runsPage.order) }
    guard page == .runs else { return nil }
    let listing = listedRuns
    let area = Layout(state: self).inner(ofPane: 0)
    let shown = area.map { RunListPane.window(of: listing, in: $0).rows } ?? 0..<0
    return LibraryRequest(
      order: runsPage.order, pictures: shown.map { listing[$0].id }, runs: curveRuns)
  }

  /// The runs that are looked at closely: those chosen, or the selected one.
  var curveRuns: [RunID] {
    let chosen = runsPage.chosen
    return chosen.isEmpty ? listedRuns.selected.map { [$0.id] } ?? [] : chosen
  }

  /// A run of the list by its id.
  func keptRun(_ run: RunID) -> RunSummary? {
    guard let index = runsPage.message?.index else { return nil }
    return index.place(of: run).map { index.runs[$0] }
  }
}

/// The runs that a filter leaves, with the selected one among them.
struct RunListing {
  private let index: RunIndex
  private let places: [Int]
  /// The place of the selected run; nil in an empty list.
  let selection: Int?

  init(_ index: RunIndex, filter: String, selected: RunID?) {
    self.index = index
    let places = index.places(matching: filter)
    self.places = places
    let place = selected.flatMap { index.place(of: $0) }
    selection = places.isEmpty ? nil : place.flatMap { Self.row(of: $0, in: places) } ?? 0
  }

  /// Where a place is among rising ones; nil where it is not.
  private static func row(of place: Int, in places: [Int]) -> Int? {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low < places.count && places[low] == place ? low : nil
  }

  var count: Int { places.count }

  subscript(row: Int) -> RunSummary { index.runs[places[row]] }

  /// The run that keys act on.
  var selected: RunSummary? { selection.map { self[$0] } }
}
