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
    let sorted = runs.filter { $0.matches(filter) }.sorted { order.places($0, before: $1) }
    let found = Array(sorted.prefix(limit ?? sorted.count))
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
    let ends = records.map { $0.log.configuration }
    let (left, right) = (ends[0].settings(unlike: ends[1]), ends[1].settings(unlike: ends[0]))
    let keys = left.keys.sorted() + right.keys.filter { left[$0] == nil }.sorted()
    guard !isJSON else {
      for key in keys {
        var line = JSONLine()
        line.add("key", key)
        line.add("first", left[key] ?? "")
        line.add("second", right[key] ?? "")
        try StandardOutput.print(line.text)
      }
      return
    }
    let rows = keys.map { [$0, left[$0] ?? "-", right[$0] ?? "-"] }
    let table = [["", chosen[0].name, chosen[1].name]] + rows
    let lines =
      keys.isEmpty
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
    guard note.utf8.count <= 1000 else { throw Failure.Usage("a note has at most 1000 bytes.") }
    try database.setNote(note, of: run.id)
    try StandardOutput.print("\(run.name): " + (note.isEmpty ? "no note" : "noted"))
  }

  /// Takes runs away for good, once that was confirmed.
  ///
  /// - Parameters:
  ///   - texts: The runs.
  ///   - isConfirmed: Whether nobody has to be asked.
  /// - Throws: ``Failure/Usage`` where nobody can be asked.
  package func delete(_ texts: [String], isConfirmed: Bool) throws {
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
    for run in chosen { try database.delete(run.id) }
    try StandardOutput.print("deleted \(names)")
  }

  /// Takes away what is over the disk budget and what kills have left.
  package func clean(_ budget: CheckpointBudget) throws {
    let strays = try database.removeStrays()
    let freed = try database.clean(budget)
    let left = try database.checkpointCount()
    try StandardOutput.print(
      "freed \(RunPrinter.size(freed)) and \(strays) strays; \(left.count) checkpoints take "
        + "\(RunPrinter.size(left.bytes)) of \(RunPrinter.size(budget.total))")
  }
}

extension RunConfiguration {
  /// The settings that differ from those of another configuration, by their keys.
  fileprivate func settings(unlike other: RunConfiguration) -> [String: String] {
    let pairs = assignments(from: other).compactMap { assignment in
      assignment.firstIndex(of: "=").map { equals in
        (String(assignment[..<equals]), String(assignment[assignment.index(after: equals)...]))
      }
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
