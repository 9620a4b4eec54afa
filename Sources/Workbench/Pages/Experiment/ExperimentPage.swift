import ScoreClaims
import ScoreLab
import TermPlot

extension PageID {
  public static let experiment = PageID("experiment")
}

/// An experiment that runs while the live run waits, with what it found.
struct ExperimentPage: ScrollingPage {
  static let id = PageID.experiment
  static let heading = "Experiment page"
  static let panes: [any Pane] = [ExperimentSetupPane(), ChecksPane(), FiguresPane(), ClaimPane()]

  /// The experiment with its values; nil before one was chosen.
  var configuration: ExperimentConfiguration? {
    didSet {
      guard configuration?.choice.name != oldValue?.choice.name else { return }
      let standard = configuration.map { ExperimentConfiguration($0.choice.name) }
      startValues = Dictionary(
        ExperimentForm.rows(of: standard).compactMap { row in
          row.value.map { (row.field.path, $0) }
        }
      ) { first, _ in first }
    }
  }
  /// The standard values of the experiment.
  private(set) var startValues: [String: ConfigurationValue] = [:]
  /// The newest of the experiment on the page; until the first of a restart, that of the last run.
  var message: ExperimentMessage?
  /// How many experiments were started; messages count the same way.
  private var starts = 0
  /// Whether the page was left, or never had one: then nothing runs.
  private(set) var isStopped = true
  /// Whether the page paused the live run and owes it a resume.
  private(set) var hasPausedTraining = false
  var windows: [String: PlotWindow] = [:]
  var focus = 0 {
    didSet { if focus != oldValue { (scroll, columnScroll) = (0, 0) } }
  }
  var form = FormView(selecting: ExperimentForm.namePath)
  /// Which of the report's figures and tables is shown.
  var exhibit = 0 {
    didSet { if exhibit != oldValue { windows = [:] } }
  }
  /// Rows and columns that the focused pane is scrolled past.
  var scroll = 0
  var columnScroll = 0

  init(configuration: RunConfiguration) {}

  /// The last message, unless it is of an earlier start.
  var currentMessage: ExperimentMessage? { message?.start == starts ? message : nil }

  /// What the page says of the experiment.
  enum Status: Equatable {
    case none, starting, running, paused, finished, stopped
    case failed(String)
  }

  var status: Status {
    guard configuration != nil else { return .none }
    guard let message = currentMessage else { return .starting }
    switch message.status {
    case .finished: return .finished
    case .failed(let message): return .failed(message)
    case .running: return isStopped ? .stopped : .running
    case .paused: return isStopped ? .stopped : .paused
    }
  }

  /// How many figures and tables there are.
  var exhibitCount: Int { (message?.report).map { $0.figures.count + $0.tables.count } ?? 0 }

  /// The figure or table shown, by its place.
  var shownExhibit: Int { min(max(0, exhibit), max(0, exhibitCount - 1)) }

  /// Shows the figure or table so many places on, round and round.
  mutating func showExhibit(_ step: Int) {
    let count = max(1, exhibitCount)
    exhibit = (shownExhibit + step + count) % count
    (scroll, columnScroll) = (0, 0)
  }
}

extension WorkbenchState {
  /// What the experiment page remembers.
  var experiment: ExperimentPage {
    get { self[ExperimentPage.self] }
    set { self[ExperimentPage.self] = newValue }
  }

  /// The rows that a pane of the experiment page is scrolled past: none unless it has the keys.
  func experimentScroll(of title: String) -> Int {
    ExperimentPage.panes[experiment.focus].title == title ? experiment.scroll : 0
  }
}

// MARK: - Start and stop

extension ExperimentPage {
  static func receive(_ message: Message, _ state: inout WorkbenchState) -> [Effect] {
    // Messages of an earlier start, or from after the page was left, say nothing about what is
    // shown.
    if case .experiment(let latest) = message, latest.start == state.experiment.starts,
      !state.experiment.isStopped
    {
      state.experiment.message = latest
    }
    return []
  }

  /// Starts an experiment in place of the one that runs; the live run waits meanwhile.
  static func start(
    _ configuration: ExperimentConfiguration, _ state: inout WorkbenchState
  ) -> [Effect] {
    state.experiment.begin(configuration)
    return pauseTraining(&state) + [.experiment(.start(configuration))]
  }

  private mutating func begin(_ next: ExperimentConfiguration) {
    if next.choice.name != configuration?.choice.name {
      message = nil
      exhibit = 0
      windows = [:]
      (scroll, columnScroll) = (0, 0)
      form = FormView(selecting: ExperimentForm.namePath)
    }
    configuration = next
    starts += 1
    isStopped = false
  }

  /// Two trainings would share the cores and slow one another; the first row says that it waits.
  private static func pauseTraining(_ state: inout WorkbenchState) -> [Effect] {
    guard state.run.status == .training || state.run.status == nil else { return [] }
    state.run.status = .paused
    state.experiment.hasPausedTraining = true
    return [.send(.pause)]
  }

  /// Stops the experiment; the live run goes on if the page had paused it.
  static func leave(_ state: inout WorkbenchState) -> [Effect] {
    var effects: [Effect] = []
    if !state.experiment.isStopped { effects.append(.experiment(.stop)) }
    state.experiment.isStopped = true
    guard state.experiment.hasPausedTraining else { return effects }
    state.experiment.hasPausedTraining = false
    if state.run.status == .paused {
      state.run.status = .training
      effects.append(.send(.resume))
      state.notice = Notice(text: "training goes on", role: .accent)
    }
    return effects
  }
}

/// Opens the experiment page on an experiment, as at the start of the program.
func openExperiment(
  _ configuration: ExperimentConfiguration, _ state: inout WorkbenchState
) -> [Effect] {
  state.open(.experiment)
  return counted(ExperimentPage.start(configuration, &state), &state)
}
