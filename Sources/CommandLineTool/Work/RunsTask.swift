import Glibc
import OutsideText
package import RunDatabase
import ScoreLab

/// What `scorefield runs` does with the runs of a store.
package struct RunsTask {
  private let database: RunDatabase
  private let runs: [RunSummary]

  /// Opens a store with its list.
  ///
  /// - Parameter store: Where it is.
  /// - Throws: What is wrong with it, or that it has no run.
  package init(_ store: StoreChoice) throws {
    guard let database = try store.openToRead() else {
      throw Failure.Usage("no run is kept in \(store.folder ?? "memory").")
    }
    self.database = database
    runs = try database.summaries()
  }

  private func find(_ text: String) throws(Failure.Usage) -> RunSummary {
    try RunChoice(text).find(among: runs)
  }

  private func record(of run: RunSummary) throws -> RunRecord {
    guard let record = try database.record(run.id) else {
      throw Failure.Failed(message: "the run \(run.name) was deleted meanwhile")
    }
    return record
  }

  /// Prints the runs that match, and what their checkpoints take.
  package func list(
    filter: String, order: RunSummary.Order, limit: Int?, isJSON: Bool
  ) throws {
    let index = RunIndex(runs, order: order)
    let found = index.places(matching: filter).prefix(limit ?? runs.count).map { index.runs[$0] }
    guard !isJSON else {
      for run in found { try StandardOutput.print(RunPrinter.line(run).text) }
      return
    }
    for line in RunPrinter.table(found) { try StandardOutput.print(line) }
    let bytes = try database.checkpointBytes()
    let place = SafeText.sanitized(database.folder ?? "", limit: 200)
    try StandardOutput.print(
      "\(found.count) of \(runs.count) runs in \(place); checkpoints take \(RunPrinter.size(bytes)) of "
        + RunPrinter.size(CheckpointBudget.standard.total))
  }

  /// Prints all about a run: facts, configuration, edits; as JSON lines also its series.
  package func show(_ text: String, isJSON: Bool) throws {
    let run = try find(text)
    let record = try record(of: run)
    guard !isJSON else {
      var line = RunPrinter.line(run)
      line.add("configuration", record.log.start.yaml)
      line.add("edits", RunPrinter.edits(record.log))
      try StandardOutput.print(line.text)
      for point in try database.series(of: run.id) {
        try StandardOutput.print(RunPrinter.line(point).text)
      }
      return
    }
    let count = try database.checkpointCount(of: run.id)
    for line in RunPrinter.facts(run, record, checkpoints: count)
      + record.log.start.yaml.split(separator: "\n").map({ "  \($0)" })
      + RunPrinter.edits(record.log)
    {
      try StandardOutput.print(line)
    }
  }

  /// Prints where the configurations of two runs differ at their ends, and their edits.
  package func diff(_ first: String, _ second: String, isJSON: Bool) throws {
    let chosen = [try find(first), try find(second)]
    let records = try chosen.map { try record(of: $0) }
    let differences = SettingsTable(records.map { $0.log.configuration }).rows
    guard !isJSON else {
      for row in differences {
        var line = JSONLine()
        line.add("key", row.key)
        line.add("first", row.values[0] ?? "")
        line.add("second", row.values[1] ?? "")
        try StandardOutput.print(line.text)
      }
      return
    }
    let rows = differences.map { row in
      [row.key] + row.values.map { SafeText.sanitized($0 ?? "-", limit: 60) }
    }
    let table = [["", chosen[0].name, chosen[1].name]] + rows
    let lines =
      rows.isEmpty
      ? ["the same settings at their ends"] : RunPrinter.columns(table, rightAligned: [])
    for line in lines { try StandardOutput.print(line) }
    for (run, record) in zip(chosen, records) {
      for edit in RunPrinter.edits(record.log) {
        try StandardOutput.print("\(run.name), \(edit)")
      }
    }
  }

  /// Gives a run another name.
  package func rename(_ text: String, to name: String) throws {
    let run = try find(text)
    if let problem = RunName.problem(name) { throw Failure.Usage("\(problem).") }
    guard try database.rename(run.id, to: name) else {
      throw Failure.Usage("another run is called \(name).")
    }
    try StandardOutput.print("\(run.name) is called \(name) now")
  }

  /// Adds tags to a run, or takes them away.
  package func tag(_ text: String, _ tags: [String], isRemoval: Bool) throws {
    let run = try find(text)
    for tag in tags {
      if let problem = RunName.problem(tag: tag) { throw Failure.Usage("\(problem).") }
    }
    let kept = isRemoval ? run.tags.filter { !tags.contains($0) } : run.tags + tags
    try database.setTags(kept, of: run.id)
    let words = Set(kept).sorted().joined(separator: ", ")
    try StandardOutput.print("\(run.name): " + (words.isEmpty ? "no tags" : words))
  }

  /// Gives a run a note.
  package func note(_ text: String, _ note: String) throws {
    let run = try find(text)
    guard note.utf8.count <= RunName.longestNote else {
      throw Failure.Usage("a note has at most \(RunName.longestNote) bytes.")
    }
    try database.setNote(note, of: run.id)
    try StandardOutput.print("\(run.name): " + (note.isEmpty ? "no note" : "noted"))
  }

  /// Takes runs away for good, once that was confirmed.
  ///
  /// - Parameters:
  ///   - texts: The runs.
  ///   - isConfirmed: Whether nobody has to be asked.
  ///   - isJSON: Whether an object is printed for each.
  /// - Throws: ``Failure/Usage`` where nobody can be asked.
  package func delete(_ texts: [String], isConfirmed: Bool, isJSON: Bool) throws {
    let chosen = try texts.map { try find($0) }
    let names = chosen.map(\.name).joined(separator: ", ")
    if !isConfirmed {
      guard isatty(STDIN_FILENO) != 0 else {
        throw Failure.Usage("with --yes \(names) would be deleted for good.")
      }
      printError("delete \(names) for good? [y/N] ")
      guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
        return try StandardOutput.print("nothing was deleted")
      }
    }
    for run in chosen {
      try database.delete(run.id)
      if isJSON { try StandardOutput.print(Self.line("deleted", run.name, run.id)) }
    }
    if !isJSON { try StandardOutput.print("deleted \(names)") }
  }

  /// Writes a run into a file that a store can take it from.
  package func export(_ text: String, to path: String?, isJSON: Bool) throws {
    let run = try find(text)
    let path = path ?? "\(run.name).run.safetensors"
    guard let file = try RunFile(run, in: database) else {
      throw Failure.Failed(message: "the run \(run.name) was deleted meanwhile")
    }
    let bytes = try file.write(to: path)
    guard !isJSON else {
      var line = JSONLine()
      line.add("file", path)
      line.add("bytes", bytes)
      line.add("name", run.name)
      line.add("id", "\(run.id)")
      return try StandardOutput.print(line.text)
    }
    try StandardOutput.print(
      "wrote \(run.name) into \(SafeText.sanitized(path, limit: 200)), \(RunPrinter.size(bytes))")
  }

  /// Takes away what is over the disk budget and what deletions and kills have left.
  package func clean(_ budget: CheckpointBudget, isJSON: Bool) throws {
    let deleted = try database.purge()
    let strays = try database.removeStrays()
    let freed = try database.clean(budget)
    let left = try database.checkpointCount()
    guard !isJSON else {
      var line = JSONLine()
      line.add("freed", freed)
      line.add("strays", strays)
      line.add("deleted", deleted)
      line.add("checkpoints", left.count)
      line.add("bytes", left.bytes)
      return try StandardOutput.print(line.text)
    }
    try StandardOutput.print(
      "freed \(RunPrinter.size(freed)) and \(strays) strays; \(left.count) checkpoints take "
        + "\(RunPrinter.size(left.bytes)) of \(RunPrinter.size(budget.total))")
  }

  /// What was done with a run, as a JSON object.
  static func line(_ verb: String, _ name: String, _ run: RunID) -> String {
    var line = JSONLine()
    line.add(verb, name)
    line.add("id", "\(run)")
    return line.text
  }
}

/// Runs that come from files into a store.
package struct RunImport {
  private let database: RunDatabase

  /// Opens a store, and makes it where it is missing.
  ///
  /// - Parameter store: Where it is.
  /// - Throws: What is wrong with it.
  package init(store: StoreChoice) throws {
    database = try store.openToWrite()
  }

  /// Takes runs from files and says what they are called.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - isJSON: Whether an object is printed for each.
  /// - Throws: What is wrong with a file; then those before it are kept.
  package func run(_ paths: [String], isJSON: Bool) throws {
    for path in paths {
      let added = try RunFile(reading: path).add(to: database)
      guard !isJSON else {
        try StandardOutput.print(
          RunsTask.line(added.isNew ? "imported" : "known", added.name, added.run))
        continue
      }
      try StandardOutput.print(
        added.isNew
          ? "\(SafeText.sanitized(path, limit: 200)) is kept as \(added.name)"
          : "\(SafeText.sanitized(path, limit: 200)) is there already, as \(added.name)")
    }
  }
}
