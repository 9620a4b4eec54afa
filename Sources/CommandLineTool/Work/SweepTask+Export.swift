import BuildInformation
import NumberFormatting
import OutsideText
import ReportFiles
import ScoreClaims
import ScoreCore
import ScoreLab
import ScoreSweeps

extension SweepTask {
  /// Writes what was merged as a table, or as a folder with tables, figures and a text.
  ///
  /// - Parameters:
  ///   - path: A name that ends in .csv or .npy, or a folder.
  ///   - metric: The number that is summarised.
  ///   - over: The key along which.
  ///   - by: A second key.
  /// - Throws: What is missing or cannot be written.
  package func export(to path: String, metric: String?, over: String?, by: String?) throws {
    let folder = try existing()
    let report = SweepReport(folder: folder, path: path)
    let format = TableFormat(file: path)
    guard format == nil || (metric == nil && over == nil && by == nil) else {
      throw Failure.Usage("--metric, --over and --by are for a report; give a folder, no table.")
    }
    let table = try SweepTable(folder, dataSource: DataFile()) { run, configuration, found in
      if format == nil {
        report.failures += [report.write(found, run, configuration)].compactMap { $0 }
      }
    }
    if let failure = report.failures.first { throw failure }
    if table.isPartial {
      printWarnings(["the results are partial: some shards were missing when they were merged"])
    }
    switch format {
    case .npy: try writeMatrix(table, of: folder, to: path)
    case .csv:
      try FileWriter.writeAtomically(table.table.csv, to: path)
      try StandardOutput.print(
        "\(NumberText.counted(table.rows.count, "row")) in \(SafeText.sanitized(path, limit: 200))")
    case nil:
      try report.write(table, SweepSummary(table, metric: metric, over: over, by: by))
      try StandardOutput.print("Report: \(SafeText.sanitized(path, limit: 200))/report.md")
    }
  }

  private func writeMatrix(_ table: SweepTable, of folder: SweepFolder, to path: String) throws {
    guard let file = SampleFile(path: path) else { return }
    let (names, points) = table.matrix
    let columns = "# columns: \(names.joined(separator: ", "))\n"
    var writing = try file.writing(
      names: names, rows: points.count,
      configuration: columns + folder.manifest.specification)
    _ = try writing.append(points)
    _ = try writing.commit()
    let origin = SafeText.sanitized(file.configurationPath, limit: 200)
    try StandardOutput.print(
      "\(NumberText.counted(points.count, "row")) in \(SafeText.sanitized(path, limit: 200)); "
        + "\(origin) names the columns")
  }
}

/// The folder of a sweep's report.
private final class SweepReport {
  private let folder: SweepFolder
  private let path: String
  /// What went wrong with the reports of experiments.
  var failures: [any Error] = []
  private var experiments = 0

  init(folder: SweepFolder, path: String) {
    self.folder = folder
    self.path = path
  }

  /// Writes the report of one experiment into a folder of its own.
  func write(
    _ report: ExperimentReport, _ run: Int, _ configuration: ExperimentConfiguration
  ) -> (any Error)? {
    let digits = "\(run)"
    let name = "run-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    do {
      let place = try ReportFolder(path: "\(path)/\(name)", configuration: configuration)
      try place.write(
        report, command: "scorefield experiment configuration.yaml",
        program: folder.manifest.program)
      experiments += 1
      return nil
    } catch {
      return error
    }
  }

  /// Writes tables, figures and the text.
  func write(_ table: SweepTable, _ summary: SweepSummary?) throws {
    try Folder.create(path)
    var text = """
      # Sweep \(folder.manifest.sweep)

      \(NumberText.counted(table.rows.count, "run")) by \(folder.manifest.program)\
      \(table.isPartial ? ", PARTIAL" : "").
      The specification is in [sweep.yaml](sweep.yaml), every number in [results.csv](results.csv).


      """
    if experiments > 0 {
      text += "Every experiment has its own report, in run-00000 and so on.\n\n"
    }
    if let summary { text += try write(summary) }
    try FileWriter.writeAtomically(table.table.csv, to: "\(path)/results.csv")
    try FileWriter.writeAtomically(folder.manifest.specification, to: "\(path)/sweep.yaml")
    try FileWriter.writeAtomically(text, to: "\(path)/report.md")
  }

  private func write(_ summary: SweepSummary) throws -> String {
    var text = ""
    if let figure = summary.figure {
      try FileWriter.writeAtomically(FigureFile.svg(figure), to: "\(path)/\(figure.name).svg")
      try FileWriter.writeAtomically(FigureFile.png(figure), to: "\(path)/\(figure.name).png")
      text +=
        "## \(figure.title)\n\n![\(figure.title)](\(figure.name).png)\n\n\(figure.caption)\n\n"
    }
    if let map = summary.heatMap {
      try FileWriter.writeAtomically(FigureFile.svg(map), to: "\(path)/\(map.name).svg")
      try FileWriter.writeAtomically(FigureFile.png(map), to: "\(path)/\(map.name).png")
      text += "## \(map.title)\n\n![\(map.title)](\(map.name).png)\n\n\(map.caption)\n\n"
    }
    for table in [summary.slopes, summary.means].compactMap({ $0 }) {
      try FileWriter.writeAtomically(table.csv, to: "\(path)/\(table.name).csv")
      text += "## \(table.title)\n\n\(ReportText.markdown(table))\n\(table.note)\n\n"
    }
    return text
  }
}
