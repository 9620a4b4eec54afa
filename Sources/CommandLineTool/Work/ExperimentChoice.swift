package import ScoreClaims
import ScoreCore
import ScoreLab

/// Which experiment is meant, with what values.
package struct ExperimentChoice {
  /// The name of an experiment, or a file that names it.
  package var name: String?
  /// A YAML configuration of the experiment.
  package var config: String?
  package var seed: UInt64?
  /// Values that are set, such as `delta=0.01`.
  package var set: [String]

  package init(name: String?, config: String?, seed: UInt64?, set: [String]) {
    self.name = name
    self.config = config
    self.seed = seed
    self.set = set
  }

  /// The configuration of the file or the name, with what the options set.
  package func load() throws -> ExperimentConfiguration {
    guard let name else {
      throw Failure.Usage(
        "name an experiment: \(ExperimentCatalog.names.joined(separator: ", ")).")
    }
    var configuration: ExperimentConfiguration
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      guard config == nil else { throw Failure.Usage("one CONFIG is enough.") }
      configuration = try ExperimentConfiguration.load(file: name)
    } else {
      guard ExperimentCatalog.entry(named: name) != nil else {
        throw Failure.Usage(
          UnknownName.message(name, for: "experiment", among: ExperimentCatalog.names))
      }
      configuration = ExperimentConfiguration(name)
      if let config {
        configuration = try ExperimentConfiguration.load(file: config)
        guard configuration.choice.name == name else {
          throw Failure.Usage("\(config) is of the experiment \(configuration.choice.name).")
        }
      }
    }
    if let seed { configuration.seed = seed }
    return try configuration.setting(set)
  }
}
