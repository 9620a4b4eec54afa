package import Lessons
import ScoreLab

/// What the workbench keeps between starts, as lines of text: a word, then what it is about.
public struct WorkbenchMemory: Sendable, Equatable {
  /// How the panes of the live page share the screen.
  public var layout = LiveLayout.explore
  /// The rows of the Setup form that come first; nil for the usual ones.
  public var favourites: [String]?
  /// The thousandths that first parts have where borders of panes were moved, by the borders' names.
  public var paneShares: [String: Int] = [:]
  /// The sample metrics below the samples; nil for the standard ones.
  public var metrics: [String]?
  /// How far the lessons are read.
  package var lessons = LessonProgress()
  /// Lines that were typed after `:`, the oldest first.
  public var lines: [String] = []

  /// The most bytes of the text that are read.
  public static let sizeLimit = 1 << 17

  public init() {}

  /// Reads what ``text`` has written; what is not understood is left out.
  public init(text: String) {
    for line in text.split(separator: "\n") {
      guard let space = line.firstIndex(of: " ") else { continue }
      let value = String(line[line.index(after: space)...])
      switch line[..<space] {
      case "layout": layout = LiveLayout(rawValue: value) ?? layout
      case "favourites": favourites = value.split(separator: " ").map(String.init)
      case "share":
        let words = value.split(separator: " ")
        if words.count == 2, let share = Int(words[1]), (1...999).contains(share) {
          paneShares[String(words[0])] = share
        }
      case "metrics":
        metrics = value.split(separator: " ").map(String.init).filter(
          SampleMetricsMeasurement.names.contains)
      case "lesson": lessons.read(value)
      case "hands": lessons.readHands(value)
      case "line": lines.append(value)
      default: break
      }
    }
  }

  /// The same as text.
  public var text: String {
    let favourites = favourites.map { "favourites \($0.joined(separator: " "))\n" } ?? ""
    let shares = paneShares.sorted { $0.key < $1.key }.map { "share \($0.key) \($0.value)\n" }
    let metrics = metrics.map { "metrics \($0.joined(separator: " "))\n" } ?? ""
    return "layout \(layout.rawValue)\n" + favourites + metrics + shares.joined()
      + lessons.lines.map { "lesson \($0)\n" }.joined()
      + lessons.handLines.map { "hands \($0)\n" }.joined()
      + lines.map { "line \($0)\n" }.joined()
  }
}

extension WorkbenchState {
  /// What is kept of the workbench as it is now.
  public var memory: WorkbenchMemory {
    get {
      var memory = WorkbenchMemory()
      memory.layout = demo?.layout ?? live.layout
      if live.form.favourites != SetupForm.favourites { memory.favourites = live.form.favourites }
      memory.paneShares = paneShares
      memory.metrics = live.metrics
      memory.lessons = lessons.progress
      memory.lines = promptHistory
      return memory
    }
    set {
      live.layout = newValue.layout
      live.form.favourites = newValue.favourites ?? SetupForm.favourites
      paneShares = newValue.paneShares
      live.metrics = newValue.metrics?.isEmpty == false ? newValue.metrics : nil
      lessons.progress = newValue.lessons
      promptHistory = newValue.lines
    }
  }
}
