import CTerminalGuard
import OutsideText
import ReportFiles
package import ScoreClaims
import ScoreCore
import ScoreLab

/// Every claim of the papers: listed, or measured for some seeds into a folder.
package struct ClaimsTask {
  /// The experiments wanted; all without a name.
  package var names: [String]
  /// Whether the claims are measured, and not only listed.
  package var isMeasuring: Bool
  /// Whether each is printed as a JSON object.
  package var json: Bool
  package var seeds: UnitNumbers
  /// The folder to write.
  package var output: String
  package var threads: Int

  package init(
    names: [String], isMeasuring: Bool, json: Bool, seeds: UnitNumbers, output: String, threads: Int
  ) {
    self.names = names
    self.isMeasuring = isMeasuring
    self.json = json
    self.seeds = seeds
    self.output = output
    self.threads = threads
  }

  /// Measures what is to be measured and prints the table.
  ///
  /// - Throws: What is wrong with the names, a folder or a file, or ``Failure/Interrupted``.
  package func run() throws {
    var table = ClaimTable(try entries().map { ClaimTable.Row($0) })
    if isMeasuring {
      sf_watch_interrupts()
      for index in table.rows.indices {
        let name = table.rows[index].claim.name
        // Of all, those without their data are left out; one that was asked for says what it lacks.
        if names.isEmpty, let missing = ExperimentConfiguration(name).experiment.missingParameter {
          printWarnings([
            "\(name) is left out, for it has no \(missing): scorefield experiment \(name) --set "
              + "\(missing)=..."
          ])
          continue
        }
        for seed in seeds.numbers.sorted() {
          table.rows[index].reports.append(
            try report(name, seed: UInt64(seed)))
        }
      }
      try write(table)
    }
    if json {
      for row in table.rows { try StandardOutput.print(line(row)) }
    } else {
      try StandardOutput.print(table.markdown, terminator: "")
    }
  }

  private func entries() throws -> [Claim] {
    let all = ExperimentCatalog.claims
    for name in names where !all.contains(where: { $0.name == name }) {
      throw Failure.Usage(
        UnknownName.message(name, for: "experiment", among: ExperimentCatalog.names))
    }
    return names.isEmpty ? all : all.filter { names.contains($0.name) }
  }

  /// The report of an experiment at standard values, made unless the folder has it.
  private func report(_ name: String, seed: UInt64) throws -> FinishedReport {
    var configuration = ExperimentConfiguration(name)
    configuration.seed = seed
    let path = "\(output)/\(name)-\(seed)"
    if let found = try FinishedReport.read(path: path, configuration: configuration) {
      return found
    }
    let folder = try ReportFolder(path: path, configuration: configuration)
    defer { withExtendedLifetime(folder) {} }
    var driver = try configuration.makeDriver(
      threads: threads, dataSource: DataFile(),
      store: folder.store { printWarnings([$0]) })
    try driver.finish(showing: "\(name), seed \(seed)  ")
    try folder.writeOrFail(driver.report)
    guard let made = try FinishedReport.read(path: path, configuration: configuration) else {
      throw Failure.Failed(message: "\(SafeText.sanitized(path, limit: 200)): the report is gone")
    }
    return made
  }

  private func write(_ table: ClaimTable) throws {
    do throws(FileError) {
      try FileWriter.writeAtomically(table.markdown, to: "\(output)/claims.md")
      for part in [table.verdicts, table.digests] {
        try FileWriter.writeAtomically(part.csv, to: "\(output)/\(part.name).csv")
      }
    } catch {
      throw Failure.Failed(message: "\(error)")
    }
  }

  private func line(_ row: ClaimTable.Row) -> String {
    var line = JSONLine()
    let claim = row.claim
    line.add("experiment", claim.name)
    line.add("paper", claim.paper.name)
    line.add("arxiv", claim.paper.arXiv)
    line.add("version", claim.paper.version)
    line.add("claim", claim.statement)
    line.add("source", claim.source)
    line.add("standing", claim.standing.rawValue)
    if let first = row.reports.first {
      line.add("seed", Int(first.seed))
      line.add("verdict", first.answer.rawValue)
      line.add("decided_by", first.statement)
      line.add("measured", first.measured ?? .nan)
      line.add("low", first.interval?.lowerBound ?? .nan)
      line.add("high", first.interval?.upperBound ?? .nan)
      line.add("seeds", row.reports.count)
      line.add("held", row.reports.count { $0.answer == .held })
      line.add("digests", row.reports.map(\.digest))
    }
    return line.text
  }
}
