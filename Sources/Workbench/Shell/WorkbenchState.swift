import ScoreCore
public import ScoreLab
public import TermPlot

/// How the Samples pane draws.
public enum SampleView: String, Sendable, CaseIterable {
  case scatter, density, trajectories
}

/// What the Error pane takes the errors under, or along.
public enum ErrorView: String, Sendable, CaseIterable {
  /// The noisy law q_t.
  case noisyLaw
  /// The points that the reverse process itself has at the time nearest to the level.
  case ownSamples
  /// Under q_t again, by distance from its mean.
  case shells
}

/// What lies over the panes.
public enum Overlay: Sendable, Equatable {
  case help(scroll: Int)
  /// The choices of a form field.
  case choices(field: FormField, selected: Int)
}

/// A member of a catalog that waits for a parameter before it can be chosen.
public struct PendingChoice: Sendable, Equatable {
  /// The key that names it, such as `distribution.kind`.
  public var path: String
  public var name: String
}

/// A line of text being typed into a form field.
public struct FieldEditor: Sendable, Equatable {
  public var field: FormField
  public var text: String
  /// How many Unicode scalars are before the cursor.
  public var cursor: Int
  /// What is chosen together with this value, because it cannot do without.
  public var pending: PendingChoice?

  init(field: FormField, text: String) {
    self.field = field
    self.text = text
    cursor = text.unicodeScalars.count
  }
}

/// What was typed and sent; should the session refuse it, the editor opens on it again.
struct Submission: Sendable, Equatable {
  var editor: FieldEditor
  /// Which of the commands sent it was, from 1.
  var command: Int
}

/// A line in the footer, with how it should look.
public struct Notice: Sendable, Equatable {
  public var text: String
  public var role: StyleRole

  public init(text: String, role: StyleRole) {
    self.text = text
    self.role = role
  }
}

/// Everything the screen shows.
public struct WorkbenchState: Sendable {
  public var size: Size
  public var snapshot: Snapshot?
  /// What the session is doing, also while the view is frozen; nil before the first news.
  public var status: SessionStatus?
  /// How many commands were sent, and how many the news say were dealt with.
  var commandsSent = 0
  var commandsDone = 0
  /// The configuration the form shows; the session follows it.
  public var configuration: RunConfiguration {
    didSet {
      if configuration != oldValue { setupRows = SetupForm.rows(of: configuration) }
    }
  }
  /// The rows of the Setup form, which change with the configuration alone: writing every value
  /// took a third of each frame.
  private var setupRows: [(field: FormField, value: String)]
  public var themes: [Theme]
  public var themeIndex = 0
  public var marks: Marks
  /// The marks the terminal can show.
  public var availableMarks: [Marks]
  /// Whether the terminal has colours.
  public var isColored = true
  public var page = Page.live
  public var experiment = ExperimentState()
  public var plan = PlanState()
  private var liveFocus = 0
  public var isZoomed = false
  public var isFrozen = false
  public var isRunning = true
  public var overlay: Overlay?
  public var editor: FieldEditor?
  var submission: Submission?
  public var notice: Notice?

  /// The path of the selected form field; it survives fields appearing and going.
  public var selectedField = "distribution.kind"
  public var isLossLogarithmic = false
  public var isStepLogarithmic = false
  /// The noise level the Error pane shows; 0 is the least noise.
  public var levelIndex: Int
  public var errorView = ErrorView.noisyLaw
  public var showsWorst = false
  public var sampleView = SampleView.scatter
  public var showsExactScoreRun = false
  /// Whether samples are coloured by their error instead of being compared.
  public var colorsErrors = false
  /// The frame of the time cursor, from 0 (noise); nil is the newest, the data end.
  public var frame: Int?
  public var isAnimating = false

  public init(
    size: Size, configuration: RunConfiguration, themes: [Theme], marks: Marks,
    availableMarks: [Marks] = Marks.allCases
  ) {
    precondition(!themes.isEmpty, "The workbench needs a theme.")
    self.size = size
    self.configuration = configuration
    setupRows = SetupForm.rows(of: configuration)
    self.themes = themes
    self.marks = marks
    self.availableMarks = availableMarks
    levelIndex = configuration.probe.levels / 3
  }

  /// The pane of the page that has the keys.
  public var focus: Int {
    get {
      switch page {
      case .live: liveFocus
      case .experiment: experiment.focus
      case .plan: plan.focus
      }
    }
    set {
      switch page {
      case .live: liveFocus = newValue
      case .experiment:
        if experiment.focus != newValue { (experiment.scroll, experiment.columnScroll) = (0, 0) }
        experiment.focus = newValue
      case .plan: plan.focus = newValue
      }
    }
  }

  public var theme: Theme { themes[themeIndex % themes.count] }

  /// The rows of the page's form with their values.
  var formRows: [(field: FormField, value: String)] {
    switch page {
    case .live:
      editor?.pending.map { SetupForm.rows(of: configuration, pending: $0) } ?? setupRows
    case .experiment: ExperimentForm.rows(of: experiment.configuration)
    case .plan: PlanForm.rows(of: plan.values)
    }
  }

  /// The path of the row selected in the page's form.
  var selectedRow: String {
    get {
      switch page {
      case .live: selectedField
      case .experiment: experiment.selectedField
      case .plan: plan.selectedField
      }
    }
    set {
      switch page {
      case .live: selectedField = newValue
      case .experiment: experiment.selectedField = newValue
      case .plan: plan.selectedField = newValue
      }
    }
  }

  /// The last frame of the pass on screen.
  var lastFrame: Int { max(0, (snapshot?.samples?.trajectories.frames.count ?? 1) - 1) }

  /// The frame shown.
  var shownFrame: Int { min(frame ?? lastFrame, lastFrame) }
}
