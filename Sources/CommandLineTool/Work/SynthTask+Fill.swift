import Foundation
import NumberFormatting
import OutsideText
import ScoreCore
import ScoreLab
import ScoreTables

extension SynthTask {
  /// The files that are written besides the report: `OUT.csv`, or `OUT.1.csv` and so on for several
  /// fillings.
  func outputs(_ output: String) -> [String] {
    guard let fillings, fillings > 1 else { return [output] }
    let stem = output.dropLast(".csv".count)
    return (1...fillings).map { "\(stem).\($0).csv" }
  }

  /// Fills the gaps of a table and writes it, with a report.
  func fill(
    _ text: TableText, _ schema: TableSchema, _ table: Table, _ stamp: FileStamp?, output: String
  ) throws {
    guard FillingModel.takes(configuration) else {
      throw Failure.Usage("--fill needs a network.kind of mlp or linear, and no bank of networks.")
    }
    let gaps = GapPatterns(table)
    try gaps.check(table, file: file)
    let split = try TableSplit(
      table.rows(gaps.completeRows), file: file, seed: configuration.seed)
    var model = FillingModel(
      split.trained, gaps: gaps, configuration: configuration, threads: threads)
    try train { model.train() }
    var files: [(path: String, bytes: [UInt8])] = []
    for (number, path) in outputs(output).enumerated() {
      let filled = try draw(model.filling(table, number: number))
      files.append((path, try text.filling(table, with: filled)))
    }
    var report = try judge(model, table, gaps, split)
    report.leftOut = leftOut(text.raw, schema)
    report.remarks += changes(since: stamp)
    try write(files, report.text, output: output)
    printWarnings(report.warnings)
    try StandardOutput.print(report.text, terminator: "")
  }

  private func draw(_ drawing: FillingDrawing) throws -> Table {
    var drawing = drawing
    try takeSteps(drawing.stepCount) { drawing.step() }
    return try finite(drawing.filled())
  }

  private func judge(
    _ model: FillingModel, _ table: Table, _ gaps: GapPatterns, _ split: TableSplit
  ) throws -> FillingReport {
    let seed = configuration.seed
    let hidden = FillingJudgement.Hidden(split.heldOut, gaps: gaps, seed: seed)
    let filled = try draw(model.filling(hidden.rows))
    var line = ProgressLine(on: .errors)
    var judged = [
      FillingJudgement(filled, by: "network", hidden: hidden, trained: split.trained, seed: seed)
    ]
    for baseline in FillingBaseline.allCases {
      line.show { "judging \(baseline.rawValue)" }
      judged.append(
        FillingJudgement(
          baseline.fill(hidden.rows, from: split.trained, seed: seed), by: baseline.rawValue,
          hidden: hidden, trained: split.trained, seed: seed))
      try line.stopIfInterrupted(at: "judging")
    }
    line.clear()
    return FillingReport(
      table, gaps: gaps, hidden: hidden, judged: judged, trainedCount: split.trained.rowCount)
  }

  private func leftOut(_ raw: RawTable, _ schema: TableSchema) -> [(name: String, count: Int)] {
    let kept = Set(schema.kept.compactMap { try? raw.place(of: $0.name) })
    return raw.columns.enumerated().filter { !kept.contains($0.0) && $0.1.missingCount > 0 }
      .map { (SafeText.sanitized($0.1.name, limit: 30), $0.1.missingCount) }
  }
}
