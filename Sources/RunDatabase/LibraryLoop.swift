import ScoreLab

/// The body of the thread that reads the runs.
struct LibraryLoop {
  /// The seconds between two looks for runs that have grown.
  private static let patience = 2.0
  /// The runs that are read before all others, to have something to show.
  private static let firstRuns = 100
  /// The values of a small picture.
  private static let pictureSize = 12
  /// The pictures that are kept.
  private static let pictureLimit = 2000

  private let database: RunDatabase
  private let mailbox: Mailbox<LibraryMessage>
  private let commands: CommandQueue<LibraryCommand>
  private var message = LibraryMessage()
  private var request: LibraryRequest?
  private var isOver = false
  /// Whether something is known that is not published.
  private var isBehind = false
  /// How the list stood when it was read last; nil before.
  private var standing: RunDatabase.Standing?
  /// When runs were trained last whose pictures and series were read.
  private var pictured: [RunID: Double] = [:]
  private var looked: [RunID: Double] = [:]
  private var updates: [RunID: Double] = [:]

  init(
    _ database: RunDatabase, _ mailbox: Mailbox<LibraryMessage>,
    _ commands: CommandQueue<LibraryCommand>
  ) {
    self.database = database
    self.mailbox = mailbox
    self.commands = commands
  }

  mutating func run() {
    while !isOver {
      for order in commands.takeAll() {
        perform(order.command)
        message.commandsDone += order.weight
        isBehind = true
      }
      if isOver { break }
      guard request != nil else {
        publish()
        commands.wait()
        continue
      }
      read()
      let hasRead = readPiece()
      publish()
      if !hasRead { commands.wait(atMost: Self.patience) }
    }
  }

  private mutating func publish() {
    if isBehind { mailbox.publish(message) }
    isBehind = false
  }

  // MARK: - Reading

  /// Reads the list where it is another one than before, its first part first.
  private mutating func read() {
    do throws(FileError) {
      let now = try database.standing()
      guard now != standing else { return }
      if standing == nil {
        setList(try database.summaries(limit: Self.firstRuns), isWhole: now.count <= Self.firstRuns)
        publish()
      }
      if !(standing == nil && message.isWhole) { setList(try database.summaries(), isWhole: true) }
      standing = now
    } catch {
      note("\(error)")
    }
  }

  private mutating func setList(_ runs: [RunSummary], isWhole: Bool) {
    message.index = RunIndex(runs, order: request?.order ?? .updated)
    message.isWhole = isWhole
    isBehind = true
    updates = Dictionary(runs.map { ($0.id, $0.updated) }) { first, _ in first }
  }

  /// Reads a run or some pictures that are wanted and not read yet.
  ///
  /// - Returns: False where there is nothing left to read.
  private mutating func readPiece() -> Bool {
    guard let request else { return false }
    if let run = request.runs.first(where: { isNew($0, looked) }) {
      looked[run] = updates[run]
      attempt { loop throws(FileError) in loop.message.runs[run] = try loop.database.stored(run) }
      isBehind = true
      return true
    }
    let missing = request.pictures.filter { isNew($0, pictured) }.prefix(8)
    guard !missing.isEmpty else { return false }
    if message.pictures.count > Self.pictureLimit { (message.pictures, pictured) = ([:], [:]) }
    for run in missing {
      pictured[run] = updates[run]
      attempt { loop throws(FileError) in
        loop.message.pictures[run] = try loop.database.sparkline(of: run, count: Self.pictureSize)
      }
    }
    isBehind = true
    return true
  }

  private func isNew(_ run: RunID, _ read: [RunID: Double]) -> Bool {
    updates[run].map { $0 != read[run] } ?? false
  }

  /// Does something, or notes why it cannot be done.
  private mutating func attempt(_ body: (inout LibraryLoop) throws(FileError) -> Void) {
    do throws(FileError) {
      try body(&self)
    } catch {
      note("\(error)")
    }
  }

  private mutating func note(_ problem: String) {
    isBehind = isBehind || problem != message.problem
    message.problem = problem
  }

  // MARK: - Commands

  private mutating func perform(_ command: LibraryCommand) {
    if case .show(let request) = command { return show(request) }
    (message.problem, message.report) = (nil, nil)
    attempt { loop throws(FileError) in try loop.change(command) }
    // Names, tags and notes are in no number that says that the list is another one.
    if standing != nil { standing = RunDatabase.Standing.unknown }
  }

  private mutating func show(_ new: LibraryRequest?) {
    if let new, new.order != request?.order {
      message.index = RunIndex(message.index.runs, order: new.order)
    }
    let wanted = Set(new?.runs ?? [])
    message.runs = message.runs.filter { wanted.contains($0.key) }
    looked = looked.filter { wanted.contains($0.key) }
    request = new
  }

  private mutating func change(_ command: LibraryCommand) throws(FileError) {
    switch command {
    case .show: break
    case .rename(let run, let name):
      let isFree = try database.rename(run, to: name)
      if isFree {
        message.report = "it is called \(name) now"
      } else {
        message.problem = "another run is called \(name)"
      }
    case .tag(let run, let tags):
      try database.setTags(tags, of: run)
      message.report = tags.isEmpty ? "no tags" : "tags: \(tags.joined(separator: " "))"
    case .note(let run, let note):
      try database.setNote(note, of: run)
      message.report = note.isEmpty ? "no note" : "noted"
    case .delete(let run, let isOwn):
      guard let name = try database.name(of: run) else { return }
      try database.markDeleted(run, isOwn: isOwn)
      message.deleted.append(LibraryMessage.Deletion(run: run, name: name))
      message.report = "\(name) is deleted; u brings it back until the program ends"
    case .restore:
      guard let run = message.deleted.last else { return }
      let isBack = try database.restore(run.run)
      message.deleted.removeLast()
      if isBack {
        message.report = "\(run.name) is back"
      } else {
        message.problem = "\(run.name) is gone: another program has cleaned the store"
      }
    case .end:
      isOver = true
      try database.purge(message.deleted.map(\.run))
    }
  }
}
