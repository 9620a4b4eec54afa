import NumberFormatting
import OutsideText
import ScoreClaims
import ScoreLab
import ScoreSweeps
import TermPlot

extension SweepPage {
  static let explanation = """
    How far a sweep is: runs over values and seeds that other processes work on, here or on a \
    cluster. The page reads its folder every two seconds.
    """
}

/// How much of every value is done.
struct SweepProgressPane: TextPane {
  let title = "Progress"
  var explanation: String { "What is done of the whole sweep and of each value of its keys." }
  /// The widest bar.
  private static let widestBar = 24

  func note(_ state: WorkbenchState) -> String {
    guard let status = state.sweepPage.message?.status else { return "" }
    return "\(status.units.done) of \(status.units.all) units"
  }

  func table(_ state: WorkbenchState) -> ReportTable? {
    guard let status = state.sweepPage.message?.status else { return nil }
    return ReportTable(
      "sweep_progress", title: "Progress of the sweep",
      columns: ["key", "value", "units done", "units"],
      rows: status.values.map {
        [.text($0.key), .text($0.value.text), .integer($0.done), .integer($0.units)]
      })
  }

  func block(_ state: WorkbenchState, width: Int) -> TextBlock {
    TextBlock(lines(state, width: width), scroll: state.sweepPage.scroll, marks: state.marks)
  }

  private func lines(_ state: WorkbenchState, width: Int) -> [TextBlock.Line] {
    guard let path = state.sweepPage.path else {
      return [.init(":sweep FOLDER shows a sweep", .muted)]
    }
    if let problem = state.sweepPage.message?.problem, state.sweepPage.message?.status == nil {
      return state.marks.wrap(problem, width: max(1, width), rows: 6).map { .init($0, .error) }
    }
    guard let status = state.sweepPage.message?.status else {
      return [.init("reading \(SafeText.sanitized(path, limit: 200))", .muted)]
    }
    let bar = min(Self.widestBar, max(4, width / 3))
    let names = status.values.map { SafeText.sanitized($0.value.text, limit: 40) }
    let room = max(3, width - bar - 18)
    let longest = min(room, names.map(\.count).max() ?? 0)
    var lines = [
      TextBlock.Line("all  " + text(status.units.done, of: status.units.all, bar, state.marks))
    ]
    lines += facts(status).map { .init($0, .muted) }
    var key = ""
    for (value, name) in zip(status.values, names) {
      if value.key != key { lines.append(.init(value.key, .title, isBold: true)) }
      key = value.key
      let shown = state.marks.fit(name, width: longest)
      let pad = String(repeating: " ", count: max(0, longest - shown.count))
      lines.append(
        .init("  \(shown)\(pad)  " + text(value.done, of: value.units, bar, state.marks)))
    }
    return lines
  }

  private func facts(_ status: SweepStatus) -> [String] {
    var facts: [String] = []
    if let seconds = status.secondsPerUnit {
      facts.append("\(SweepWords.duration(seconds)) of a core for a unit")
    }
    if let left = status.left { facts.append("ETA \(SweepWords.duration(left))") }
    if status.isMerged { facts.append("merged") }
    return facts
  }

  /// A bar with its numbers, which say the same without a colour.
  private func text(_ done: Int, of all: Int, _ width: Int, _ marks: Marks) -> String {
    let filled = all > 0 ? done * width / all : 0
    let (full, open) = (Character(marks.pick("█", "#")), Character(marks.pick("·", ".")))
    return String(repeating: full, count: filled) + String(repeating: open, count: width - filled)
      + " \(done)/\(all)"
  }
}

/// Who works on what, and what failed.
struct SweepShardsPane: TextPane {
  let title = "Shards"
  var explanation: String {
    "The shards that are worked on, those that failed with the reason, and what to do next."
  }

  func note(_ state: WorkbenchState) -> String {
    guard let status = state.sweepPage.message?.status else { return "" }
    return "\(status.done) of \(status.shards) done"
  }

  func block(_ state: WorkbenchState, width: Int) -> TextBlock {
    TextBlock(lines(state, width: width), scroll: state.sweepPage.scroll, marks: state.marks)
  }

  private func lines(_ state: WorkbenchState, width: Int) -> [TextBlock.Line] {
    guard let message = state.sweepPage.message else { return [] }
    var lines: [TextBlock.Line] = []
    func add(_ text: String, _ role: StyleRole = .text) {
      lines += state.marks.wrap(text, width: max(1, width), rows: 6).map { .init($0, role) }
    }
    if let problem = message.problem { add(problem, .error) }
    guard let status = message.status else { return lines }
    add(
      "\(status.done) done, \(status.running) running, \(status.failed) failed, "
        + "\(status.missing) missing")
    if status.lost > 0 {
      add("\(NumberText.counted(status.lost, "attempt")) ended without a word", .warning)
    }
    if status.isComplete { add("every shard is done", .good) }
    add(SweepWords.next(status, path: message.path), .accent)
    for failure in status.failures { add(SweepWords.failure(failure, in: status), .error) }
    for attempt in status.attempts { add(SweepWords.attempt(attempt)) }
    return lines
  }
}
