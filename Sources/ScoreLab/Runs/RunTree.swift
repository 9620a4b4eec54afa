/// The runs of a session, with those they go on from, and the one at the head.
public struct RunTree: Sendable, Equatable {
  /// In the order in which they began.
  public private(set) var records: [RunRecord]
  /// The run that is trained and shown; nil in an empty tree.
  public private(set) var head: RunID?

  public init(_ records: [RunRecord] = []) { self.records = records.sorted { $0.id < $1.id } }

  public subscript(run: RunID) -> RunRecord? { records.first { $0.id == run } }

  /// Starts a run of its own and makes it the head.
  mutating func start(_ log: RunLog) -> RunRecord {
    add(log, parent: nil, executedSteps: 0)
  }

  /// Starts a run that goes on from a place of another, and makes it the head.
  mutating func branch(from place: RunPlace, _ log: RunLog) -> RunRecord {
    add(log, parent: place, executedSteps: place.executedSteps)
  }

  private mutating func add(_ log: RunLog, parent: RunPlace?, executedSteps: Int) -> RunRecord {
    let id = RunID((records.last?.id.number ?? 0) + 1)
    let record = RunRecord(id: id, parent: parent, log: log, executedSteps: executedSteps)
    records.append(record)
    head = id
    return record
  }

  /// Notes how far the head has grown.
  mutating func growHead(_ log: RunLog, executedSteps: Int) {
    guard let place = records.firstIndex(where: { $0.id == head }) else { return }
    records[place].log = log
    records[place].executedSteps = executedSteps
  }

  /// Makes another run the head.
  mutating func moveHead(to run: RunID) {
    precondition(self[run] != nil, "The head is one of the runs.")
    head = run
  }

  /// The same place in the run and in those that it goes on from, nearest first.
  func lineage(of place: RunPlace) -> [RunPlace] {
    var places = [place]
    while let last = places.last, let parent = self[last.run]?.parent {
      places.append(
        RunPlace(
          run: parent.run, executedSteps: min(last.executedSteps, parent.executedSteps),
          entries: min(last.entries, parent.entries)))
    }
    return places
  }
}
