public import ScoreLab
public import TermPlot

/// Everything the screen shows: what the shell owns, the run that trains, and the pages.
public struct WorkbenchState: Sendable {
  public var size: Size
  public var themes: [Theme]
  public var themeIndex = 0
  public var marks: Marks
  /// The marks the terminal can show.
  public var availableMarks: [Marks]
  /// Whether the terminal has colours.
  public var isColored = true
  var isZoomed = false
  var isRunning = true
  /// Whether a key or the mouse was used.
  var isTouched = false
  /// Whether the program ends once the run is saved.
  var quitsWhenSaved = false
  var overlay: Overlay?
  /// The thousandths that first parts have where borders of panes were moved, by the borders' names.
  var paneShares: [String: Int] = [:]
  /// The names of series that panes leave out of their plots.
  var hidden: [PanePlace: Set<String>] = [:]
  /// Where values are read; it shows while its pane has the keys.
  var crosshair: Crosshair?
  /// What the mouse holds.
  var drag: Drag?
  /// Lines that were typed after `:`, the oldest first.
  var promptHistory: [String] = []
  /// What plays itself for an audience; nil while a person has the keys.
  var demo: Demo?
  /// The file that the screen is recorded into.
  var recording: String?
  /// What was done last on the run.
  var journal = CommandJournal()
  /// Keys that do nothing and have said so.
  var unboundKeys: Set<Key> = []
  var editor: FieldEditor?
  var submission: Submission?
  public var notice: Notice?
  /// What is known of the run that trains.
  public var run: LiveRun
  /// The pages that are open, the one on screen last; the first page is always there.
  private var stack: [PageID]
  /// What every page remembers, open or not.
  private var pages: [PageID: any Page]

  public init(
    size: Size, configuration: RunConfiguration, themes: [Theme], marks: Marks,
    availableMarks: [Marks] = Marks.allCases
  ) {
    precondition(!themes.isEmpty, "The workbench needs a theme.")
    self.size = size
    self.themes = themes
    self.marks = marks
    self.availableMarks = availableMarks
    run = LiveRun(configuration: configuration)
    stack = [PageCatalog.first.id]
    pages = Dictionary(
      uniqueKeysWithValues: PageCatalog.all.map { ($0.id, $0.init(configuration: configuration)) })
  }
}

// MARK: - Pages

extension WorkbenchState {
  /// The page on screen.
  var page: PageID { stack[stack.count - 1] }

  /// What the page on screen is made of.
  var pageType: any Page.Type { PageCatalog.page(page) }

  /// What the page on screen remembers.
  var top: any Page {
    get { self[page] }
    set { pages[page] = newValue }
  }

  /// What a page remembers.
  subscript<P: Page>(_ type: P.Type) -> P {
    get {
      guard let page = self[P.id] as? P else {
        preconditionFailure("Pages have names of their own.")
      }
      return page
    }
    set { pages[P.id] = newValue }
  }

  private subscript(_ id: PageID) -> any Page {
    guard let page = pages[id] else { preconditionFailure("The catalog lists every page.") }
    return page
  }

  /// Whether a page is on screen or under the one that is.
  func isOpen(_ id: PageID) -> Bool { stack.contains(id) }

  /// Puts a page that is not open over the one on screen.
  public mutating func open(_ id: PageID) {
    precondition(!isOpen(id), "A page is open once.")
    top.cover()
    stack.append(id)
    isZoomed = false
  }

  /// Leaves the page on screen for the one under it; the first page stays.
  mutating func leavePage() -> [Effect] {
    guard stack.count > 1 else { return [] }
    let page = pageType
    stack.removeLast()
    isZoomed = false
    return page.leave(&self)
  }

  /// The pane of the page that has the keys.
  var focus: Int {
    get { top.focus }
    set { top.focus = newValue }
  }
}

// MARK: - What the shell shows

/// What lies over the panes.
enum Overlay: Sendable, Equatable {
  case help(HelpView)
  /// The choices of a form field.
  case choices(FieldChoice)
  case palette(Palette)
  case prompt(Prompt)
  /// What to do with a long run that is not saved, before the program ends.
  case leaving(LeavingChoice)
  /// Text to read, such as the warnings of the run in full.
  case text(TextView)
  case themes(ThemeChoice)
  case series(SeriesList)
  /// Whether a run is to be deleted.
  case deletion(RunDeletion)
  /// The hands of a class for the question of a lesson.
  case hands(HandCount)

  /// The line that is typed in it; nil where none is.
  var line: LineEditor? {
    get {
      switch self {
      case .help(let help): help.isTyping ? help.query : nil
      case .choices, .leaving, .text, .themes, .series, .deletion, .hands: nil
      case .palette(let palette): palette.line
      case .prompt(let prompt): prompt.line
      }
    }
    set {
      guard let newValue else { return }
      switch self {
      case .help(var help):
        help.query = newValue
        self = .help(help)
      case .choices, .leaving, .text, .themes, .series, .deletion, .hands: break
      case .palette(var palette):
        palette.search(newValue)
        self = .palette(palette)
      case .prompt(var prompt):
        (prompt.line, prompt.typed, prompt.chosen) = (newValue, newValue.text, nil)
        self = .prompt(prompt)
      }
    }
  }
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

extension WorkbenchState {
  /// The line in place of the footer's keys; nil shows the keys.
  var shownNotice: Notice? {
    if let notice { return notice }
    return editor == nil && overlay == nil && !form.isFiltering
      ? pageType.standingNotice(self) : nil
  }
}
