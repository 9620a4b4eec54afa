import NumberFormatting
import RunDatabase
import ScoreLab
import TermPlot

/// Runs that are trained in turn, how their curves look, and the way back through training time.
enum RunComparison {
  /// The letter of a run among those compared; nil for one that is not.
  static func letter(of run: RunID, in snapshot: Snapshot) -> String? {
    snapshot.compared.firstIndex(of: run).map(RunLook.letter)
  }

  /// A curve of each run that is trained in turn with the one at the head.
  static func series(
    _ snapshot: Snapshot, _ name: String,
    points: (ComparedRun) -> (x: [Double], y: [Double])
  ) -> [LineChart.Series] {
    snapshot.others.compactMap { other in
      guard let place = snapshot.compared.firstIndex(of: other.run) else { return nil }
      let points = points(other)
      guard !points.x.isEmpty else { return nil }
      return LineChart.Series(
        "\(RunLook.letter(place)) \(name)", x: points.x, y: points.y, role: RunLook.role(place),
        stroke: RunLook.stroke(place))
    }
  }

  /// Every run of this start of the program as a tree, and what differs between those compared.
  static func text(_ state: WorkbenchState) -> TextView {
    guard let snapshot = state.run.snapshot else {
      return TextView(title: "Runs", paragraphs: ["no run yet"])
    }
    let tree = rows(snapshot)
    let hint =
      snapshot.others.isEmpty
      ? "C lets the run at the head go on next to the next change." : "C takes the head's run out."
    let width = min(90, state.size.columns - 8)
    return TextView(
      title: "Runs",
      paragraphs: tree + [""] + ComparisonTable(snapshot).lines(width: width, state.marks) + [hint])
  }

  /// A row a run, those that go on from another one under it.
  private static func rows(_ snapshot: Snapshot) -> [String] {
    let records = snapshot.runs.records
    func rows(of parent: RunID?, depth: Int) -> [String] {
      records.filter { $0.parent?.run == parent }.flatMap { record in
        [row(record, depth: depth, snapshot)] + rows(of: record.id, depth: depth + 1)
      }
    }
    // A run that was opened may go on from one that is not here.
    let known = Set(records.map(\.id))
    let strays = records.filter { $0.parent.map { !known.contains($0.run) } ?? false }
    return rows(of: nil, depth: 0)
      + strays.flatMap { [row($0, depth: 0, snapshot)] + rows(of: $0.id, depth: 1) }
  }

  private static func row(_ record: RunRecord, depth: Int, _ snapshot: Snapshot) -> String {
    let isHead = record.id == snapshot.runs.head
    let branch = depth == 0 ? "" : String(repeating: "  ", count: depth - 1) + "`-"
    let letter = letter(of: record.id, in: snapshot).map { " \($0)" } ?? ""
    let steps =
      record.parent.map { "from step \(grouped($0.executedSteps)) " } ?? ""
    let changes = NumberText.counted(record.log.entries.count, "change")
    return "\(branch)\(isHead ? "*" : "o") run \(record.id)\(letter): \(steps)to step "
      + "\(grouped(record.executedSteps)), \(changes)"
      + (isHead ? ", the head" : "") + difference(record, snapshot.runs.records)
  }

  /// The settings that a run ends with and the run it comes from has not: the one that it goes on from, or
  /// the one begun before it.
  private static func difference(_ record: RunRecord, _ records: [RunRecord]) -> String {
    let before =
      record.parent.map { record.log.prefix($0.entries).configuration }
      ?? records.prefix { $0.id != record.id }.last { $0.parent == nil }?.log.configuration
    guard let before else { return "" }
    let rows = SettingsTable([before, record.log.configuration]).rows
    let shown = rows.prefix(2).map { "\($0.key) \($0.values[1] ?? "-")" }
    let rest = rows.count > shown.count ? ["\(rows.count - shown.count) more"] : []
    return rows.isEmpty ? "" : ": " + (shown + rest).joined(separator: ", ")
  }
}

// MARK: - Commands

extension Command {
  static let comparison = [compare, showRuns, back(through: -1), back(through: 1)]

  private static let compare = Command(
    "run.compare", "let this run go on next to the next change, or no longer",
    keys: Shortcut("C", .character("C")),
    availability: {
      .when($0.run.snapshot?.runs.head != nil, otherwise: "there is no run yet")
    },
    perform: { state in
      guard let snapshot = state.run.snapshot, let head = snapshot.runs.head else { return [] }
      let isCompared = snapshot.compared.contains(head)
      state.notice = Notice(
        text: isCompared
          ? "this run is no longer compared"
          : "this run goes on next to the next change or restart, up to four in turn; E shows them",
        role: .accent)
      return [.send(.compare(nil))]
    })

  private static let showRuns = Command(
    "run.tree", "the runs as a tree, and what differs between those compared",
    keys: Shortcut("E", .character("E")),
    change: { $0.overlay = .text(RunComparison.text($0)) })

  /// Moves through training time by a twentieth of what was trained.
  private static func back(through direction: Int) -> Command {
    let isBack = direction < 0
    let key: Key = .character(isBack ? "B" : "F")
    return Command(
      isBack ? "run.earlier" : "run.later",
      isBack
        ? "back through training time, by a twentieth; all panes show that step"
        : "forward through training time, up to the newest step",
      keys: Shortcut(isBack ? "B" : "F", key),
      availability: { state in
        guard let snapshot = state.run.snapshot else { return .no("there is no run yet") }
        let end = snapshot.headSteps
        return isBack
          ? .when(snapshot.executedSteps > 0, otherwise: "this is the start of the run")
          : .when(snapshot.executedSteps < end, otherwise: "this is the newest step")
      },
      perform: { state in
        guard let snapshot = state.run.snapshot else { return [] }
        let stride = max(1, snapshot.headSteps / 20)
        let step = min(max(0, snapshot.executedSteps + direction * stride), snapshot.headSteps)
        state.run.status = .paused
        return state.moveHead(
          .goTo(executedStep: step),
          saying: "step \(grouped(step)) of \(grouped(snapshot.headSteps)); Space trains on from "
            + "here as a branch, u goes back")
      })
  }
}

extension Snapshot {
  /// The steps executed at the end of the run at the head.
  fileprivate var headSteps: Int {
    runs.head.flatMap { runs[$0]?.executedSteps } ?? executedSteps
  }
}
