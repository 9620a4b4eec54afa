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
  private func reportPath(_ output: String) -> String { output + ".report.txt" }

  /// Reads the table, shows its schema, and makes rows if they are asked for.
  ///
  /// - Throws: What is wrong with the table, its schema or a file, or ``Failure/Interrupted``.
  package func run() throws {
    for path in [savedSchema, output, output.map(reportPath)].compactMap({ $0 }) {
      try refuseInput(path)
      try FileWriter.check(path)
    }
    sf_watch_interrupts()
    let stamp = FileStamp(of: file)
    let raw = try RawTable.read(file: file)
    var (schema, notes) = try self.schema(of: raw)
    if let target { try schema.setTarget(target, file: file) }
    printWarnings(notes)
    let table = try Table(raw, schema: schema)
    if let savedSchema { try FileWriter.writeAtomically(schema.yaml, to: savedSchema) }
    guard let output else {
      for line in schema.lines(for: raw) { try StandardOutput.print(line) }
      return
    }
    try schema.check(table, file: file)
    let condition = try TableCondition(conditions, schema: schema, file: file)
    guard condition.places.isEmpty || TableModel.takesConditions(configuration.network) else {
      throw Failure.Usage("--condition needs a network.kind of mlp or linear.")
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
    let judgedCount = min(JudgedRows.mostRows, split.trained.rowCount)
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
    }
    // What was read stands, but it is no longer what the name says.
    if FileStamp(of: file) != stamp {
      report.remarks.append(
        "\(SafeText.sanitized(file, limit: 200)) changed or vanished during the run; the rows are "
          + "made from what was in it at the start")
    }
    try write(made.csv, report.text, output: output)
    printWarnings(report.warnings)
    try StandardOutput.print(report.text, terminator: "")
  }

  private func train(_ model: inout TableModel) throws {
    var line = ProgressLine(on: .errors)
    let start = ContinuousClock.now
    for step in 1...steps {
      let loss = model.train()
      guard loss.isFinite else {
        throw Failure.Failed(
          message: "training diverged at step \(step); nothing was written "
            + "(a smaller optimizer.learning_rate may help)")
      }
      let rate = Double(step) / max(1e-9, (ContinuousClock.now - start) / .seconds(1))
      line.show(
        done: step, of: steps, note: "loss \(NumberText.short(loss))", stepsPerSecond: rate)
      try line.stopIfInterrupted(at: "training step \(step)")
    }
    line.clear()
  }

  private func draw(_ drawing: TableDrawing) throws -> Table {
    var line = ProgressLine(on: .errors)
    var drawing = drawing
    let start = ContinuousClock.now
    while drawing.step() {
      let rate = Double(drawing.stepsDone) / max(1e-9, (ContinuousClock.now - start) / .seconds(1))
      line.show(
        done: drawing.stepsDone, of: drawing.stepCount, note: "sampling", stepsPerSecond: rate)
      try line.stopIfInterrupted(at: "sampling step \(drawing.stepsDone)")
    }
    line.clear()
    guard let table = drawing.table() else {
      throw Failure.Failed(
        message: "a row is not finite; nothing was written "
          + "(more sampler.steps or another sampler.kind may help)")
    }
    return table
  }

  private func judge(
    _ rows: Table, _ split: TableSplit, target: Int?
  ) throws -> SynthesisReport {
    var line = ProgressLine(on: .errors)
    let encoding = TableEncoding(fitting: split.trained)
    let count = min(JudgedRows.mostRows, split.trained.rowCount)
    let seed = configuration.seed
    func part(_ table: Table) -> Table {
      table.rows(Array(0..<min(count, table.rowCount)))
    }
    var makers: [(name: String, rows: () -> Table)] = [("network", { part(rows) })]
    makers.append(("real (trained)", { part(split.trained) }))
    for baseline in TableBaseline.allCases {
      makers.append(
        (baseline.rawValue, { baseline.rows(count, from: split.trained, seed: seed) }))
    }
    var judged: [JudgedRows] = []
    for (index, maker) in makers.enumerated() {
      line.show { "judging \(maker.name), \(index + 1) of \(makers.count)" }
      judged.append(
        JudgedRows(
          maker.rows(), by: maker.name, split: split, encoding: encoding, target: target,
          seed: seed))
      try line.stopIfInterrupted(at: "judging")
    }
    line.clear()
    return SynthesisReport(judged, split: split)
  }

  /// Writes both files, or neither.
  private func write(_ csv: String, _ report: String, output: String) throws {
    let line = ProgressLine(on: .errors)
    do {
      var second = try PendingFile(reportPath(output))
      try second.append(Array(report.utf8))
      try second.synchronize()
      var first = try PendingFile(output)
      try first.append(Array(csv.utf8))
      try first.synchronize()
      try line.stopIfInterrupted(at: "writing")
      try second.commit()
      try first.commit()
    } catch let error as FileError {
      throw Failure.Failed(message: "\(error)")
    }
    let names = [output, reportPath(output)].map { SafeText.sanitized($0, limit: 200) }
    line.finish("wrote \(names[0]) and \(names[1])")
  }
}
