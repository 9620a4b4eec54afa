import OutsideText
import ArgumentParser
import CTerminalGuard
import Glibc
import ReportFiles
import ScoreClaims
import ScoreCore
import ScoreLab
import TermPlot

/// `scorefield experiment NAME [CONFIG]`: measures a claim and writes a report.
struct ExperimentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "Measure a claim of the theory and write a report.",
    discussion: """
      Writes a folder with the resolved configuration, tables (CSV), figures (SVG, PNG) and a \
      report (Markdown). The last line is the verdict on the claim: held, did not hold or not \
      tested. Exit status 1 when a check of the measurement itself fails (an agreement or an \
      identity), and with --require-held also when the claim did not hold or was not tested. \
      Ctrl-C ends with status 130; the same command resumes with what was finished. `scorefield list experiments` says what \
      there is, with every value that can be set.

        scorefield experiment outlier_score --set switch_point=2.326 --set samples=100
      """)

  @Argument(help: "The name of an experiment, or nothing with a CONFIG that names it.")
  var name: String?

  @Argument(help: "A YAML configuration of the experiment; its standard values without one.")
  var config: String?

  @Option(help: "The folder to write. (default: results/NAME-SEED)")
  var output: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: "Set a value, such as --set delta=0.01 or --set run.optimizer.batch=128.")
  var set: [String] = []

  @Option(help: "Seed of every random choice; that of the configuration without it.")
  var seed: UInt64?

  @OptionGroup var threading: ThreadOptions

  @Flag(help: "Exit with status 1 unless the claim held.")
  var requireHeld = false

  func run() throws {
    let configuration = try load()
    let path = output ?? "results/\(configuration.choice.name)-\(configuration.seed)"
    // What cannot start leaves no folder behind.
    _ = try configuration.makeDriver(threads: threading.threads, dataSource: DataFile())
    let folder = try ReportFolder(path: path, configuration: configuration)
    // Until here others are kept out, however this ends.
    defer { withExtendedLifetime(folder) {} }
    if !folder.isExclusive {
      printWarnings(["this file system keeps no locks; a second run in the folder would mix in"])
    }
    var run = try configuration.makeDriver(
      threads: threading.threads, dataSource: DataFile(),
      store: folder.store { printWarnings([$0]) })
    sf_watch_interrupts()
    try finish(&run)
    do throws(FileError) {
      try folder.write(run.report, command: command(configuration, path))
    } catch {
      throw Failure.Failed(message: "\(error)")
    }
    try summarize(run.report, path)
    let isHeld = run.report.verdict.answer == .held
    if !run.report.faults.isEmpty || requireHeld && !isHeld { throw ExitCode(1) }
  }

  /// The configuration of the file or the name, with what the options set.
  private func load() throws -> ExperimentConfiguration {
    let known = ExperimentCatalog.all.map(\.name).joined(separator: ", ")
    guard let name else {
      throw ValidationError("name an experiment: \(known).")
    }
    var configuration: ExperimentConfiguration
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      guard config == nil else { throw ValidationError("one CONFIG is enough.") }
      configuration = try ExperimentConfiguration.load(file: name)
    } else {
      guard ExperimentCatalog.entry(named: name) != nil else {
        throw ValidationError("no experiment is called \"\(name)\"; there are \(known).")
      }
      configuration = ExperimentConfiguration(name)
      if let config {
        configuration = try ExperimentConfiguration.load(file: config)
        guard configuration.choice.name == name else {
          throw ValidationError("\(config) is of the experiment \(configuration.choice.name).")
        }
      }
    }
    if let seed { configuration.seed = seed }
    return try configuration.setting(set)
  }

  private func finish(_ run: inout any ExperimentDriver) throws {
    var line = ProgressLine(on: .errors)
    let start = ContinuousClock.now
    let first = run.unitsDone
    while !run.isFinished {
      try run.step()
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      line.show(run, unitsPerSecond: Double(run.unitsDone - first) / max(seconds, 1e-9))
      guard sf_interrupted() == 0 else {
        line.finish("interrupted; the same command resumes with what is finished")
        throw ExitCode(130)
      }
    }
    line.clear()
  }

  /// The line that makes the report again.
  private func command(_ configuration: ExperimentConfiguration, _ path: String) -> String {
    "scorefield experiment \(FileName.shellWord("\(path)/configuration.yaml"))"
  }

  private func summarize(_ report: ExperimentReport, _ path: String) throws {
    try StandardOutput.print(report.title)
    for kind in Check.Kind.allCases {
      let checks = report.checks.filter { $0.kind == kind }
      if !checks.isEmpty { try StandardOutput.print(ReportText.heading(kind)) }
      for check in checks { try StandardOutput.print("  " + line(check)) }
    }
    try StandardOutput.print("Report: \(SafeText.sanitized(path, limit: 200))/report.md")
    try StandardOutput.print(ReportText.verdict(report))
  }

  private func line(_ check: Check) -> String {
    let measured = check.measured.map { NumberText.short($0, digits: 4) } ?? "not measured"
    let interval = check.interval.map { " (95%: \(ReportText.interval($0)))" } ?? ""
    return "\(check.outcome.rawValue): \(check.statement): \(measured)\(interval), required "
      + "\(ReportText.requirement(check)) (\(check.basis))"
  }
}
