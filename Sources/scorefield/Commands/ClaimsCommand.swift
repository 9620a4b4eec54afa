import ArgumentParser
import CTerminalGuard
import OutsideText
import ReportFiles
import ScoreClaims
import ScoreLab

/// `scorefield claims`: every claim of every paper, and what was found of it.
struct ClaimsCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims",
    abstract: "List every claim of the papers, or measure them all.",
    discussion: """
      Without --run, lists what is claimed, in which version of which paper, and how sure it is \
      that the paper says so. With --run, measures every claim at standard values for every seed \
      and writes a folder: a report for each, claims.md, verdicts.csv and digests.csv, whose \
      checksums show whether another machine found the same bits. Finished reports in the folder \
      are not made again; Ctrl-C ends with status 130 and the same command resumes.

        scorefield claims --run --seeds 1-20 --output results/claims
      """)

  @Argument(help: "Experiments to leave the others out; all without a name.")
  var names: [String] = []

  @Flag(name: .customLong("run"), help: "Measure the claims.")
  var isMeasuring = false

  @Flag(help: "Print a JSON object a claim and line.")
  var json = false

  @Option(help: "With --run: the seeds, such as 1-20.", transform: UnitNumbers.argument)
  var seeds = UnitNumbers([7])

  @Option(help: "With --run: the folder to write.")
  var output = "results/claims"

  @OptionGroup var threading: ThreadOptions

  var threads: Int { threading.threads }

  func run() throws {
    var table = ClaimTable(try entries().map { ClaimTable.Row($0) })
    if isMeasuring {
      sf_watch_interrupts()
      for index in table.rows.indices {
        for seed in seeds.numbers.sorted() {
          table.rows[index].reports.append(
            try report(table.rows[index].claim.name, seed: UInt64(seed)))
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
      let known = all.map(\.name).joined(separator: ", ")
      throw ValidationError("no experiment is called \"\(name)\"; there are \(known).")
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
