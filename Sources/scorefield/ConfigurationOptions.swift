import ArgumentParser
import ScoreCore
import ScoreLab

/// Where a run's configuration comes from; shared by every command that runs one.
struct ConfigurationOptions: ParsableArguments {
  @Argument(help: "A YAML configuration; the built-in start configuration without one.")
  var config: String?

  @Option(help: "Learn your own CSV or npy file (distribution kind points).")
  var data: String?

  @Option(help: "Columns of --data, by name or number from 1, separated by commas.")
  var columns: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: "Set a key, such as --set optimizer.learning_rate=0.01; may be repeated.")
  var set: [String] = []

  /// Reads, overrides and checks the configuration.
  func load() throws -> RunConfiguration {
    var configuration = RunConfiguration.start
    if let config { configuration = try RunConfiguration.load(file: config) }
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
      throw ValidationError("--columns needs --data.")
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
      throw ValidationError(
        "\(option) and --set \(assignment) both choose the distribution; leave one out.")
    }
  }
}
