public import ScoreLab

/// What the experiment page shows.
public struct ExperimentState: Sendable {
  /// The experiment with its values; nil before one was chosen.
  public var configuration: ExperimentConfiguration?
  /// The newest of the experiment on the page; until the first of a restart, that of the last run.
  public var news: ExperimentNews?
  /// How many experiments were started; news count the same way.
  var starts = 0
  /// Whether the page was left, or never had one: then nothing runs.
  var isStopped = true
  /// Whether the page paused the live run and owes it a resume.
  var hasPausedTraining = false
  /// The pane with the keys.
  public var focus = 0
  var selectedField = ExperimentForm.namePath
  /// Which of the report's figures and tables is shown.
  public var exhibit = 0
  /// Rows and columns that the focused pane is scrolled past.
  public var scroll = 0
  public var columnScroll = 0

  init() {}

  /// The news, unless they are of an earlier start.
  var currentNews: ExperimentNews? { news?.start == starts ? news : nil }

  /// What the page says of the experiment.
  enum Status: Equatable {
    case none, starting, running, paused, finished, stopped
    case failed(String)
  }

  var status: Status {
    guard configuration != nil else { return .none }
    guard let news = currentNews else { return .starting }
    switch news.status {
    case .finished: return .finished
    case .failed(let message): return .failed(message)
    case .running: return isStopped ? .stopped : .running
    case .paused: return isStopped ? .stopped : .paused
    }
  }

  /// How many figures and tables there are.
  var exhibitCount: Int { (news?.report).map { $0.figures.count + $0.tables.count } ?? 0 }

  /// The figure or table shown, by its place.
  var shownExhibit: Int { min(max(0, exhibit), max(0, exhibitCount - 1)) }
}
