/// The runs of a session, with those they go on from, and the one at the head.
public struct RunTree: Sendable, Equatable {
  /// In the order in which they began or were opened.
  public private(set) var records: [RunRecord]
  /// The run that is trained and shown; nil in an empty tree.
  public private(set) var head: RunID?

  public init(_ records: [RunRecord] = []) { self.records = records }

  public subscript(run: RunID) -> RunRecord? { records.first { $0.id == run } }

  /// Starts a run of its own and makes it the head.
  mutating func start(_ log: RunLog, as id: RunID) -> RunRecord {
    addHead(RunRecord(id: id, parent: nil, log: log, executedSteps: 0))
  }

  /// Starts a run that goes on from a place of another, and makes it the head.
  mutating func branch(from place: RunPlace, _ log: RunLog, as id: RunID) -> RunRecord {
    addHead(RunRecord(id: id, parent: place, log: log, executedSteps: place.executedSteps))
  }

  private mutating func addHead(_ record: RunRecord) -> RunRecord {
    add(record)
    head = record.id
    return record
  }

  /// Takes in a run that was kept; the head stays.
  mutating func add(_ record: RunRecord) {
    precondition(self[record.id] == nil, "A run is on the tree once.")
    records.append(record)
  }

  /// Notes how far a run has grown.
  mutating func grow(_ run: RunID?, _ log: RunLog, executedSteps: Int) {
    guard let place = records.firstIndex(where: { $0.id == run }) else { return }
    records[place].log = log
    records[place].executedSteps = executedSteps
  }

  /// Makes another run the head.
  mutating func moveHead(to run: RunID) {
    precondition(self[run] != nil, "The head is one of the runs.")
    head = run
  }

  /// The same place in the run and in those that it goes on from, nearest first.
  func lineage(of place: RunPlace) -> [RunPlace] { place.lineage { self[$0] } }
}
