public import TermPlot

/// Something of the screen that is to become a file.
public struct Export: Sendable, Equatable {
  /// What goes into the file.
  public enum Content: Sendable, Equatable {
    /// Cells as a vector picture.
    case svg(Canvas, Theme)
    /// Cells as pixels.
    case png(Canvas, Theme)
    /// Screens of one size, one after the other.
    case gif([Canvas], Theme, secondsEach: Double)
    /// The file as it is.
    case bytes([UInt8])
  }

  public var path: String
  /// Whether a file of the name may be replaced.
  public var replaces: Bool
  public var content: Content
  /// What it shows, in a few words behind the name.
  public var summary: String

  /// The line that replaces a file of the name.
  public var replacer: String

  public init(
    path: String, replaces: Bool, content: Content, summary: String, replacer: String = "export!"
  ) {
    self.replacer = replacer
    self.path = path
    self.replaces = replaces
    self.content = content
    self.summary = summary
  }
}

/// What the ending of a file's name asks for.
enum ExportFormat: String, CaseIterable, Sendable {
  case svg, png, txt, csv, npy, npz, gif

  /// The format of a file; nil for an ending that is none.
  init?(file: String) {
    guard let point = file.lastIndex(of: ".") else { return nil }
    self.init(rawValue: file[file.index(after: point)...].lowercased())
  }

  /// What the file is, in a few words.
  var summary: String {
    switch self {
    case .svg: "vector picture"
    case .png: "picture of pixels"
    case .txt: "text"
    case .csv: "its data as a table"
    case .npy: "its data as numbers for NumPy"
    case .npz: "positions, times and noise levels for NumPy"
    case .gif: "animation from noise to data"
    }
  }
}

/// What can become a file.
enum ExportTarget: Equatable, Sendable {
  case screen
  /// A pane, by its place on the page.
  case pane(Int)
  /// The samples at every time from noise to data.
  case trajectories
}

extension WorkbenchState {
  /// Everything on the page that can become a file, the focused pane first.
  var exportTargets: [ExportTarget] {
    let panes = [focus] + pageType.panes.indices.filter { $0 != focus }
    let page: [ExportTarget] = panes.map { .pane($0) } + [.screen]
    return pageType.panes.contains { $0 is SamplesPane } ? page + [.trajectories] : page
  }

  /// The formats that there are of a target; of a pane those of its numbers where it has any.
  func formats(of target: ExportTarget) -> [ExportFormat] {
    switch target {
    case .screen: return [.svg, .png, .txt]
    case .pane(let index):
      let pane = pageType.panes[index]
      let numbers: [ExportFormat] =
        pane.table(self) != nil ? [.csv] : pane.hasPlots ? [.csv, .npy] : []
      return [.svg, .png, .txt] + numbers
    case .trajectories: return [.gif, .npy, .npz]
    }
  }

  /// The word that names a target.
  func name(of target: ExportTarget) -> String {
    switch target {
    case .screen: "screen"
    case .pane(let index): pageType.panes[index].title.lowercased()
    case .trajectories: "trajectories"
    }
  }

  /// The target that a word names.
  func exportTarget(named name: String) -> ExportTarget? {
    exportTargets.first { self.name(of: $0) == name.lowercased() }
  }
}
