import ArgumentParser
import CTerminalGuard
import Glibc
import NumberFormatting
import OutsideText
import ReportFiles
import ScoreClaims
import ScoreCore
import ScoreLab

/// `scorefield experiment NAME [CONFIG]`: measures a claim and writes a report.
struct ExperimentCommand: ThreadedCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "Measure a claim of the theory and write a report.",
    discussion: """
      Writes a folder with the resolved configuration, tables (CSV), figures (SVG, PNG) and a \
      report (Markdown). The last line is the verdict on the claim: held, did not hold or not \
      tested. Exit status 1 when a check of the measurement itself fails (an agreement or an \
      identity), and with --require-held also when the claim did not hold or was not tested. \
      Ctrl-C ends with status 130; the same command resumes with what was finished. \
      `scorefield list experiments` says what there is, with every value that can be set.

        scorefield experiment outlier_score --set switch_point=2.326 --set samples=100

      To divide the work among machines that share a folder, give each some units by number, and \
      collect their records when all are there:

        scorefield experiment relu_erm --output shared --units 1-10
        scorefield experiment relu_erm --output shared --units 11-20
        scorefield experiment relu_erm --output shared --collect
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
  @OptionGroup var unitOptions: UnitOptions

  @Flag(help: "Exit with status 1 unless the claim held.")
  var requireHeld = false

  var threads: Int { threading.threads }

  func run() throws {
    let configuration = try load()
    let path = output ?? "results/\(configuration.choice.name)-\(configuration.seed)"
    // What cannot start leaves no folder behind.
    var run = try configuration.makeDriver(
      threads: threads, dataSource: DataFile(),
      store: unitOptions.isReading
        ? ReportFolder.storeToRead(path: path) { printWarnings([$0]) } : NoStore())
    if unitOptions.listUnits {
      return try StandardOutput.print(UnitOptions.table(run.units), terminator: "")
    }
    if let units = unitOptions.units { try checkNumbers(units, of: run) }
    if unitOptions.collect { try checkComplete(run) }
    let folder = try ReportFolder(
      path: path, configuration: configuration, shared: unitOptions.units != nil)
    // Until here others are kept out, however this ends.
    defer { withExtendedLifetime(folder) {} }
    if !folder.isExclusive {
      printWarnings(["this file system keeps no locks; a second run in the folder would mix in"])
    }
    run = try configuration.makeDriver(
      threads: threads, dataSource: DataFile(),
      store: folder.store { printWarnings([$0]) })
    if let units = unitOptions.units { try restrict(&run, to: units) }
    sf_watch_interrupts()
    try run.finish(showing: "")
    if let units = unitOptions.units { return try summarize(units, run, path) }
    try write(run.report, in: folder)
  }

  private func write(_ report: ExperimentReport, in folder: ReportFolder) throws {
    try folder.writeOrFail(report)
    try summarize(report, folder.path)
    if !report.faults.isEmpty || requireHeld && report.verdict.answer != .held {
      throw ExitCode(1)
    }
  }

  /// The configuration of the file or the name, with what the options set.
  private func load() throws -> ExperimentConfiguration {
    let known = ExperimentCatalog.names.joined(separator: ", ")
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

  /// Refuses units that are not there, before anything is written.
  private func checkNumbers(_ units: UnitNumbers, of run: any ExperimentDriver) throws {
    if let unknown = units.numbers.max(), unknown > run.units.count {
      throw ValidationError("\(UnitError.unknown(unknown, count: run.units.count)).")
    }
  }

  private func restrict(_ run: inout any ExperimentDriver, to units: UnitNumbers) throws {
    do throws(UnitError) {
      try run.restrict(to: units.numbers)
    } catch {
      throw Failure.Failed(message: "\(error)")
    }
  }

  private func checkComplete(_ run: any ExperimentDriver) throws {
    let missing = run.units.filter { !$0.isFinished }.map(\.number)
    guard missing.isEmpty else {
      throw Failure.Failed(
        message: "\(missing.count) of \(run.units.count) units are not finished; work on them with "
          + "--units \(UnitNumbers(missing))")
    }
  }

  private func summarize(
    _ units: UnitNumbers, _ run: any ExperimentDriver, _ path: String
  ) throws {
    let left = run.units.count { !$0.isFinished }
    try StandardOutput.print(
      "Records of units \(units): \(SafeText.sanitized(path, limit: 200))/units; "
        + (left == 0 ? "all are there, --collect writes the report" : "\(left) units are left"))
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
