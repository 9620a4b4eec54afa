import ScoreCore
package import ScoreLab

/// Which configuration a run has: a file or the built-in one, one's own data, and single keys.
package struct ConfigurationChoice {
  /// A YAML file; the built-in start configuration without one.
  package var file: String?
  /// A CSV or npy file to learn.
  package var data: String?
  /// Columns of it, separated by commas.
  package var columns: String?
  /// Keys that are set, such as `optimizer.learning_rate=0.01`.
  package var set: [String]

  package init(file: String?, data: String?, columns: String?, set: [String]) {
    self.file = file
    self.data = data
    self.columns = columns
    self.set = set
  }

  /// Reads, overrides and checks the configuration.
  package func load() throws -> RunConfiguration {
    var configuration = RunConfiguration.start
    if let file { configuration = try RunConfiguration.load(file: file) }
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
