import ScoreLab
import ScoreTables

extension SynthTask {
  /// Who makes tables, and one of so many of them.
  private typealias Maker = (name: String, count: Int, table: (Int) -> Table)

  /// How many rows of each table are judged.
  func tableRows(_ split: TableSplit) -> Int { min(JudgedRows.mostRows, split.trained.rowCount) }

  /// Measures the network's rows, real ones and those of simple ways.
  ///
  /// - Parameters:
  ///   - rows: As many rows of the network as its tables have.
  ///   - split: The real rows.
  ///   - target: The place of the target; nil without one.
  /// - Returns: The report.
  /// - Throws: ``Failure/Interrupted``.
  func judge(_ rows: Table, _ split: TableSplit, target: Int?) throws -> SynthesisReport {
    var line = ProgressLine(on: .errors)
    let encoding = TableEncoding(fitting: split.trained)
    let makers = makers(rows, split)
    var judged: [JudgedRows] = []
    for (index, maker) in makers.enumerated() {
      line.show { "judging \(maker.name), \(index + 1) of \(makers.count)" }
      judged.append(
        JudgedRows(
          maker.table(0), by: maker.name, split: split, encoding: encoding, target: nil,
          seed: configuration.seed))
      try line.stopIfInterrupted(at: "judging")
    }
    var report = SynthesisReport(judged, split: split)
    if let target {
      report.target = try learned(target, makers, split, &line)
      if report.target == nil {
        report.remarks.append("the target is a day or time, which no judge learns; choose another")
      }
    }
    line.clear()
    return report
  }

  private func makers(_ rows: Table, _ split: TableSplit) -> [Maker] {
    let count = tableRows(split)
    func part(_ table: Table, _ index: Int) -> Table {
      table.rows(Array(index * count..<min((index + 1) * count, table.rowCount)))
    }
    // Tables of real rows that share rows would not be independent.
    let realCount = max(1, min(repeats, split.trained.rowCount / count))
    let known: [Maker] = [
      ("network", repeats, { part(rows, $0) }),
      ("real (trained)", realCount, { part(split.trained, $0) }),
    ]
    return known
      + TableBaseline.allCases.map { baseline in
        (
          baseline.rawValue, repeats,
          {
            baseline.rows(
              count, from: split.trained, seed: TargetScores.seed(configuration.seed, $0))
          }
        )
      }
  }

  private func learned(
    _ target: Int, _ makers: [Maker], _ split: TableSplit, _ line: inout ProgressLine
  ) throws -> TargetTable? {
    guard
      let simplest = TargetScores.simplest(
        split.trained, testing: split.heldOut, target: target)
    else { return nil }
    var scores: [TargetScores] = []
    for (index, maker) in makers.enumerated() {
      let found = try TargetScores(
        (0..<maker.count).map(maker.table), by: maker.name, testing: split.heldOut,
        target: target, seeds: repeats, seed: configuration.seed
      ) {
        line.show { "learning the target from \(maker.name), \(index + 1) of \(makers.count)" }
        try line.stopIfInterrupted(at: "judging")
      }
      if let found { scores.append(found) }
    }
    return TargetTable(
      split.trained.columns[target], scores, simplest: simplest, rowCount: tableRows(split),
      testedCount: split.heldOut.rowCount, seedCount: repeats)
  }
}
