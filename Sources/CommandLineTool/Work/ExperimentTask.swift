import CTerminalGuard
import NumberFormatting
import OutsideText
import ReportFiles
package import ScoreClaims
import ScoreLab

/// An experiment that is measured into a folder, whole or by some of its units.
package struct ExperimentTask {
  /// What is to be done with the units.
  package struct Units {
    /// Those to work on alone; nil for all.
    package var numbers: UnitNumbers?
    /// Whether they are only listed.
    package var isListed: Bool
    /// Whether the report is made from records that are all there.
    package var isCollected: Bool

    package init(numbers: UnitNumbers?, isListed: Bool, isCollected: Bool) {
      self.numbers = numbers
      self.isListed = isListed
      self.isCollected = isCollected
    }

    /// Whether records alone are looked at.
    package var isReading: Bool { isListed || isCollected }
  }

  package var configuration: ExperimentConfiguration
  /// The folder to write.
  package var path: String
  package var threads: Int
  package var units: Units
  /// Whether a claim that did not hold, or was not tested, is a failure.
  package var requireHeld: Bool

  package init(
    configuration: ExperimentConfiguration, path: String, threads: Int, units: Units,
    requireHeld: Bool
  ) {
    self.configuration = configuration
    self.path = path
    self.threads = threads
    self.units = units
    self.requireHeld = requireHeld
  }

  /// Works, writes the folder and prints a summary.
  ///
  /// - Returns: Whether the report is good: no fault, and the claim held where that is required.
  /// - Throws: What is wrong with the values, the units or the folder, or ``Failure/Interrupted``.
  package func run() throws -> Bool {
    // What cannot start leaves no folder behind.
    var run = try configuration.makeDriver(
      threads: threads, dataSource: DataFile(),
      store: units.isReading
        ? ReportFolder.storeToRead(path: path) { printWarnings([$0]) } : NoStore())
    if units.isListed {
      try StandardOutput.print(UnitTable.table(run.units), terminator: "")
      return true
    }
    if let numbers = units.numbers { try checkNumbers(numbers, of: run) }
    if units.isCollected { try checkComplete(run) }
    let folder = try ReportFolder(
      path: path, configuration: configuration, shared: units.numbers != nil)
    // Until here others are kept out, however this ends.
    defer { withExtendedLifetime(folder) {} }
    if !folder.isExclusive {
      printWarnings(["this file system keeps no locks; a second run in the folder would mix in"])
    }
    run = try configuration.makeDriver(
      threads: threads, dataSource: DataFile(),
      store: folder.store { printWarnings([$0]) })
    if let numbers = units.numbers { try restrict(&run, to: numbers) }
    sf_watch_interrupts()
    try run.finish(showing: "")
    if let numbers = units.numbers {
      try summarize(numbers, run)
      return true
    }
    return try write(run.report, in: folder)
  }

  private func write(_ report: ExperimentReport, in folder: ReportFolder) throws -> Bool {
    try folder.writeOrFail(report)
    try summarize(report, folder.path)
    return report.faults.isEmpty && (!requireHeld || report.verdict.answer == .held)
  }

  /// Refuses units that are not there, before anything is written.
  private func checkNumbers(_ units: UnitNumbers, of run: any ExperimentDriver) throws {
    if let unknown = units.numbers.max(), unknown > run.units.count {
      throw Failure.Usage("\(UnitError.unknown(unknown, count: run.units.count)).")
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

  private func summarize(_ units: UnitNumbers, _ run: any ExperimentDriver) throws {
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
