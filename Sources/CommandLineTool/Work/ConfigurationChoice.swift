import Lessons
import OutsideText
import ScoreCore
package import ScoreLab

/// Which configuration a run has: a file, a preset or the built-in one, one's own data, and single keys.
package struct ConfigurationChoice {
  /// A YAML file or a code; the built-in start configuration without one.
  package var file: String?
  /// The name of a preset in place of a file.
  package var preset: String?
  /// A CSV or npy file to learn.
  package var data: String?
  /// Columns of it, separated by commas.
  package var columns: String?
  /// Keys that are set, such as `optimizer.learning_rate=0.01`.
  package var set: [String]

  package init(
    file: String?, preset: String? = nil, data: String?, columns: String?, set: [String]
  ) {
    self.file = file
    self.preset = preset
    self.data = data
    self.columns = columns
    self.set = set
  }

  /// Reads, overrides and checks the configuration, for a command that follows no edits.
  package func load() throws -> RunConfiguration {
    let run = try loadRun()
    guard run.edits.isEmpty else {
      throw Failure.Usage(
        "this run has edits at training steps, which train and the workbench alone follow.")
    }
    return run.start
  }

  /// Reads, overrides and checks the configuration with what is changed on the way.
  package func loadRun() throws -> SharedRun {
    var run = SharedRun(RunConfiguration.start)
    if let file { run = try Self.read(file) }
    if let preset {
      guard file == nil else {
        throw Failure.Usage(
          "--preset \(preset) is a configuration; leave out the file or the code.")
      }
      run = SharedRun(try PresetFolders.preset(named: preset).configuration)
    }
    run.start = try overridden(run.start)
    _ = try run.log()
    return run
  }

  private static func read(_ file: String) throws -> SharedRun {
    guard SharedRun.isCode(file) else { return try SharedRun.load(file: file) }
    let run = try SharedRun(code: file)
    for path in run.dataFiles {
      printError(
        "scorefield: the code reads the data file \(SafeText.sanitized(path, limit: 1000))\n")
    }
    return run
  }

  private func overridden(_ start: RunConfiguration) throws -> RunConfiguration {
    var configuration = start
    if let data {
      try refuseAnotherDistribution(than: data)
      var parameters: [String: ParameterValue] = ["file": .text(data)]
      if let columns {
        parameters["columns"] = .list(columns.split(separator: ",").map { .text(String($0)) })
      }
      guard let entry = DistributionCatalog.entry(named: "points") else {
        preconditionFailure("The catalog has the points distribution.")
      }
      configuration.distribution = DistributionConfiguration(
        kind: "points",
        parameters: try CatalogParameters(parameters, describedBy: entry.parameters).values)
    } else if columns != nil {
      throw Failure.Usage("--columns needs --data.")
    }
    return try configuration.setting(set)
  }

  /// Refuses a second say, next to `--data`, in what the distribution is.
  private func refuseAnotherDistribution(than data: String) throws {
    let given =
      ["distribution", "distribution.kind", "distribution.file"]
      + (columns == nil ? [] : ["distribution.columns"])
    for assignment in set {
      let key = assignment.prefix { $0 != "=" }
      guard given.contains(String(key)) else { continue }
      let option = key == "distribution.columns" ? "--columns" : "--data \(data)"
      throw Failure.Usage(
        "\(option) and --set \(assignment) both choose the distribution; leave one out.")
    }
  }
}
