import ScoreLab
import TermPlot

/// The name of a page.
public struct PageID: Hashable, Sendable {
  let name: String

  init(_ name: String) { self.name = name }
}

/// A screenful of the workbench as a module: what it remembers, its commands, its panes and where
/// they stand.
///
/// A value of the type is the page's own state. The shell keeps one of each page in
/// ``PageCatalog`` and knows nothing of what is in it.
protocol Page: Sendable {
  static var id: PageID { get }
  /// What help calls its keys.
  static var heading: String { get }
  /// What it is for, in a sentence or two; help begins with it.
  static var explanation: String { get }
  /// What is on the page, in the order of the digit keys; at least one.
  static var panes: [any Pane] { get }
  /// The commands that work everywhere on the page, in the order of help; the panes have their own.
  static var commands: [Command] { get }
  /// The command that opens the page from the first one; nil for the first one itself.
  static var opener: Command? { get }

  /// The page before anything happened on it.
  init(configuration: RunConfiguration)
  /// The pane with the keys, by its place.
  var focus: Int { get set }
  /// The parts of the panes' plots that are looked at, by the panes' titles; a pane without one shows
  /// the whole.
  var windows: [String: PlotWindow] { get set }
  /// Whether it wants ticks.
  var isAnimating: Bool { get }

  /// How panes share the screen, the focused one among them; nil shows that alone under tabs.
  static func arrange(_ state: WorkbenchState) -> PaneTree?
  /// The pane that has the keys before any is pressed, by its place.
  static func firstFocus(_ state: WorkbenchState) -> Int
  /// A sentence above the panes; nil for none.
  static func caption(_ state: WorkbenchState) -> String?
  /// What the first row of the screen says.
  static func header(_ state: WorkbenchState) -> PageHeader
  /// What takes the place of the footer's keys until it is dealt with.
  static func standingNotice(_ state: WorkbenchState) -> Notice?
  /// Draws what lies on the panes of the page, over several of them.
  static func drawOver(_ state: WorkbenchState, into canvas: inout Canvas)
  /// What help says first of all.
  static func helpSections(_ state: WorkbenchState) -> [HelpText.Section]
  /// Takes in what happened, whether the page is on screen or not; keys and mouse go to commands.
  static func receive(_ message: Message, _ state: inout WorkbenchState) -> [Effect]
  /// What is to be done when another page comes over it.
  mutating func cover()
  /// What is to be done when it is left.
  static func leave(_ state: inout WorkbenchState) -> [Effect]
}

extension Page {
  static var opener: Command? { nil }
  var isAnimating: Bool { false }
  static func firstFocus(_ state: WorkbenchState) -> Int { 0 }
  static func caption(_ state: WorkbenchState) -> String? { nil }
  static func standingNotice(_ state: WorkbenchState) -> Notice? { nil }
  static func drawOver(_ state: WorkbenchState, into canvas: inout Canvas) {}
  static func helpSections(_ state: WorkbenchState) -> [HelpText.Section] { [] }
  static func receive(_ message: Message, _ state: inout WorkbenchState) -> [Effect] { [] }
  mutating func cover() {}
  /// The part of a pane's plots that is looked at.
  func window(of title: String) -> PlotWindow { windows[title] ?? PlotWindow() }
  static func leave(_ state: inout WorkbenchState) -> [Effect] { [] }
}

/// A pane by its place on the page, and where it stands.
struct PlacedPane: Equatable {
  var index: Int
  var area: Rect

  init(_ index: Int, _ area: Rect) {
    self.index = index
    self.area = area
  }
}

/// The first row of the screen: words in bold, then parts of which those are shown that fit.
struct PageHeader {
  /// Words and their colour.
  struct Word {
    var text: String
    var role: StyleRole
  }

  var words: [Word]
  var parts: [String] = []
}

/// Every page; the first is at the bottom of the stack.
enum PageCatalog {
  static let all: [any Page.Type] = [
    LivePage.self, RunsPage.self, ExperimentPage.self, PlanPage.self, LessonPage.self,
    DrawPage.self, TablePage.self, SweepPage.self, StartPage.self,
  ]

  static var first: any Page.Type { all[0] }

  /// The page of a name.
  static func page(_ id: PageID) -> any Page.Type {
    guard let page = all.first(where: { $0.id == id }) else {
      preconditionFailure("The catalog lists every page.")
    }
    return page
  }
}
