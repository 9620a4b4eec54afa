package import Lessons
import RunDatabase
import ScoreLab
import TermPlot

extension PageID {
  public static let start = PageID("start")
}

/// Where to begin: presets with a small picture, the runs that were trained last, and the lessons.
///
/// The live run goes on beneath it; nothing is drawn from a distribution before its preset is looked at.
struct StartPage: Page {
  static let id = PageID.start
  static let heading = "Start page"
  static let panes: [any Pane] = [
    PresetListPane(), PresetPane(), RecentRunsPane(), LessonListPane(),
  ]

  var focus = 0
  var windows: [String: PlotWindow] = [:]
  /// The presets of the list.
  var shelf = PresetShelf { PresetLibrary.builtIn }
  var presets: [Preset] { shelf.library.presets }
  /// The rows that are selected, by list.
  fileprivate(set) var selected: [StartList: Int] = [:]
  /// The run that is selected, which stays so while others are trained and come before it.
  fileprivate(set) var selectedRun: RunID?
  /// The pictures that were drawn so far.
  let pictures = DistributionPictures()

  init(configuration: RunConfiguration) {}

  /// The presets at the left; the one that is selected over the runs and lessons from 80 x 20.
  static func arrange(_ state: WorkbenchState) -> PaneTree? {
    guard state.size.isMiddling else { return nil }
    let lists = PaneTree.columns("start.runs", .pane(2), .pane(3)) { $0 / 2 }
    let right = PaneTree.rows("start.picture", .pane(1), lists) { $0 * 3 / 5 }
    return .columns("start.presets", .pane(0), right) { min(48, $0 * 9 / 20) }
  }

  static func header(_ state: WorkbenchState) -> PageHeader {
    var header = LivePage.header(state)
    header.words.insert(.init(text: "start ", role: .accent), at: 0)
    return header
  }

  static func standingNotice(_ state: WorkbenchState) -> Notice? { LivePage.standingNotice(state) }
}

/// A list of the start page.
enum StartList: Sendable, CaseIterable {
  case presets, runs, lessons
}

extension WorkbenchState {
  /// What the start page remembers.
  var start: StartPage {
    get { self[StartPage.self] }
    set { self[StartPage.self] = newValue }
  }

  /// The presets there are, with what is wrong with files that could not be used.
  package var presetShelf: PresetShelf {
    get { start.shelf }
    set { start.shelf = newValue }
  }

  /// The list that keys act on.
  var startList: StartList {
    switch start.focus {
    case 2: .runs
    case 3: .lessons
    default: .presets
    }
  }

  /// The row of a list that is selected; nil in an empty list.
  func selectedRow(of list: StartList) -> Int? {
    let count = rowCount(of: list)
    let place = list == .runs ? recentRuns.firstIndex { $0.id == start.selectedRun } : nil
    return count == 0 ? nil : place ?? min(start.selected[list] ?? 0, count - 1)
  }

  /// Selects a row of a list.
  mutating func select(_ row: Int, of list: StartList) {
    start.selected[list] = row
    if list == .runs { start.selectedRun = recentRuns[row].id }
  }

  func rowCount(of list: StartList) -> Int {
    switch list {
    case .presets: start.presets.count
    case .runs: recentRuns.count
    case .lessons: lessons.library.lessons.count
    }
  }

  /// The preset that is selected; nil where there is none.
  var selectedPreset: Preset? { selectedRow(of: .presets).map { start.presets[$0] } }

  /// The runs that were trained last, the newest first, at most twelve.
  var recentRuns: [RunSummary] {
    let limit = 12
    var newest: [RunSummary] = []
    for run in runsPage.message?.index.runs ?? [] {
      if newest.count == limit, newest[limit - 1].updated >= run.updated { continue }
      let place = newest.firstIndex { $0.updated < run.updated } ?? newest.count
      newest.insert(run, at: place)
      newest.removeLast(max(0, newest.count - limit))
    }
    return newest
  }
}
