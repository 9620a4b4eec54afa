import CTerminalGuard
import NumberFormatting
import OutsideText
import ScoreCore
package import ScoreLab
import ScoreTables

/// Rows like those of a table, from a score network that is trained on it.
package struct SynthTask {
  /// The table.
  package var file: String
  /// Its schema; nil for a guess.
  package var schema: String?
  /// The target, by name; nil for that of the schema.
  package var target: String?
  /// Where the schema goes; nil not to write it.
  package var savedSchema: String?
  /// Where the rows go; nil to show the schema and make none.
  package var output: String?
  /// How many rows; nil for as many as the table has.
  package var rowCount: Int?
  /// What all rows are to have, each a column, `=` and a value.
  package var conditions: [String] = []
  /// How often the table's gaps are filled, each time into a file; nil to make rows.
  package var fillings: Int?
  /// How many tables of each maker models learn the target from, and how many seeds each of them has.
  package var repeats = 1
  package var steps: Int
  package var threads: Int
  /// Seed, network, process, objective, optimiser and sampler.
  package var configuration: RunConfiguration

  package init(file: String, steps: Int, threads: Int, configuration: RunConfiguration) {
    self.file = file
    self.steps = steps
    self.threads = threads
    self.configuration = configuration
  }

  /// Where the report goes.
  func reportPath(_ output: String) -> String { output + ".report.txt" }

  /// Reads the table, shows its schema, and makes rows if they are asked for.
  ///
  /// - Throws: What is wrong with the table, its schema or a file, or ``Failure/Interrupted``.
  package func run() throws {
    let outputs = output.map(outputs) ?? []
    let paths = [savedSchema].compactMap { $0 } + outputs + (output.map { [reportPath($0)] } ?? [])
    for path in paths {
      try refuseInput(path)
      try FileWriter.check(path)
    }
    sf_watch_interrupts()
    let stamp = FileStamp(of: file)
    let text = fillings == nil ? nil : try TableText.read(file: file)
    let raw = try text?.raw ?? RawTable.read(file: file)
    var (schema, notes) = try self.schema(of: raw)
    if let target { try schema.setTarget(target, file: file) }
    printWarnings(notes)
    let yaml = schema.yaml
    if text != nil { schema.clearTarget() }
    let table = try Table(raw, schema: schema)
    if let savedSchema { try FileWriter.writeAtomically(yaml, to: savedSchema) }
    guard let output else {
      for line in schema.lines(for: raw) { try StandardOutput.print(line) }
      return
    }
    try schema.check(table, file: file)
    if let text { return try fill(text, schema, table, stamp, output: output) }
    let condition = try TableCondition(conditions, schema: schema, file: file)
    guard condition.places.isEmpty || TableModel.takesConditions(configuration.network) else {
      throw Failure.Usage("--condition needs a network.kind of mlp or linear.")
    }
    guard repeats == 1 || schema.targetPlace != nil else {
      throw Failure.Usage("--repeats needs a target: add --target with a column.")
    }
    try make(schema, table, condition, stamp, output: output)
  }

  private func refuseInput(_ path: String) throws {
    guard let target = FileName.resolved(path),
      [file, schema].compactMap({ $0 }).contains(where: { FileName.resolved($0) == target })
    else { return }
    throw Failure.Usage("\(SafeText.sanitized(path)) would be replaced; it is read.")
  }

  private func schema(of raw: RawTable) throws -> (TableSchema, notes: [String]) {
    if let schema { return (try TableSchema.read(file: schema), []) }
    let guess = SchemaGuess(raw)
    return (guess.schema, guess.notes)
  }

  private func make(
    _ schema: TableSchema, _ table: Table, _ condition: TableCondition, _ stamp: FileStamp?,
    output: String
  ) throws {
    let split = try TableSplit(table, file: file, seed: configuration.seed)
    let count = rowCount ?? table.rowCount
    var model = TableModel(
      split.trained, given: condition.places, configuration: configuration, threads: threads)
    try train(&model)
    // As many tables as the target is learned from; the rows of one drawing are independent.
    let judgedCount = tableRows(split) * (schema.targetPlace == nil ? 1 : repeats)
    let (made, judged): (Table, Table)
    if condition.places.isEmpty {
      let rows = try draw(model.drawing(max(count, judgedCount)))
      (made, judged) = (rows.rows(Array(0..<count)), rows)
    } else {
      // Rows of one value cannot be judged by all held-out rows, so others are made for that.
      made = try draw(model.drawing(given: condition.rows(count, like: split.trained)))
      let seed = configuration.seed
      let drawn = TableBaseline.bootstrap.rows(judgedCount, from: split.trained, seed: seed)
      judged = try draw(model.drawing(given: drawn))
    }
    var report = try judge(judged, split, target: schema.targetPlace)
    if !condition.places.isEmpty {
      report.condition = (condition, condition.count(in: split.trained))
      report.guidance = configuration.sampler.guidance
    }
    report.remarks += changes(since: stamp)
    try write([(output, Array(made.csv.utf8))], report.text, output: output)
    printWarnings(report.warnings)
    try StandardOutput.print(report.text, terminator: "")
  }

  /// A line if the file changed: what was read stands, but it is no longer what the name says.
  func changes(since stamp: FileStamp?) -> [String] {
    guard FileStamp(of: file) != stamp else { return [] }
    return [
      "\(SafeText.sanitized(file, limit: 200)) changed or vanished during the run; the rows are "
        + "made from what was in it at the start"
    ]
  }

  private func train(_ model: inout TableModel) throws {
    try train { model.train() }
  }

  /// Takes all steps; `step` takes one and gives its loss.
  func train(_ step: () -> Double) throws {
    var line = ProgressLine(on: .errors)
    let start = ContinuousClock.now
    for number in 1...steps {
      let loss = step()
      guard loss.isFinite else {
        throw Failure.Failed(
          message: "training diverged at step \(number); nothing was written "
            + "(a smaller optimizer.learning_rate may help)")
      }
      let rate = Double(number) / max(1e-9, (ContinuousClock.now - start) / .seconds(1))
      line.show(
        done: number, of: steps, note: "loss \(NumberText.short(loss))", stepsPerSecond: rate)
      try line.stopIfInterrupted(at: "training step \(number)")
    }
    line.clear()
  }

  private func draw(_ drawing: TableDrawing) throws -> Table {
    var drawing = drawing
    try takeSteps(drawing.stepCount) { drawing.step() }
    return try finite(drawing.table())
  }

  /// Takes sampling steps until `step` has no more.
  func takeSteps(_ count: Int, _ step: () -> Bool) throws {
    var line = ProgressLine(on: .errors)
    let start = ContinuousClock.now
    var done = 0
    while step() {
      done += 1
      let rate = Double(done) / max(1e-9, (ContinuousClock.now - start) / .seconds(1))
      line.show(done: done, of: count, note: "sampling", stepsPerSecond: rate)
      try line.stopIfInterrupted(at: "sampling step \(done)")
    }
    line.clear()
  }

  /// A table that was drawn.
  func finite(_ table: Table?) throws -> Table {
    guard let table else {
      throw Failure.Failed(
        message: "a row is not finite; nothing was written "
          + "(more sampler.steps or another sampler.kind may help)")
    }
    return table
  }

  /// Writes the files and the report, or nothing.
  func write(_ files: [(path: String, bytes: [UInt8])], _ report: String, output: String) throws {
    let line = ProgressLine(on: .errors)
    do {
      try write((files + [(reportPath(output), Array(report.utf8))])[...], line)
    } catch let error as FileError {
      throw Failure.Failed(message: "\(error)")
    }
    let names = files.map(\.path) + [reportPath(output)]
    line.finish(
      "wrote \(names.map { SafeText.sanitized($0, limit: 200) }.joined(separator: " and "))")
  }

  /// Writes files next to their names, all of them before the first gets its name.
  private func write(
    _ files: ArraySlice<(path: String, bytes: [UInt8])>, _ line: ProgressLine
  ) throws {
    guard let file = files.first else { return try line.stopIfInterrupted(at: "writing") }
    var pending = try PendingFile(file.path)
    try pending.append(file.bytes)
    try pending.synchronize()
    try write(files.dropFirst(), line)
    try pending.commit()
  }
}
