import OutsideText
public import ScoreCore

/// Sample metrics, some of their parameters set as by `--set mmd.length=0.5`.
public struct MetricChoices: Sendable, Equatable {
  /// The parameters that were set, by the name of the metric.
  private var given: [String: [String: ParameterValue]] = [:]

  /// Whether an assignment is one of a metric and not of a run's configuration.
  public static func isMetric(assignment: String) -> Bool {
    let name = assignment.prefix { $0 != "." && $0 != "=" }
    return SampleMetricCatalog.entry(named: String(name)) != nil
  }

  /// Reads assignments, of several for one key the last.
  ///
  /// - Parameter assignments: `metric.parameter=value`, the value in YAML.
  /// - Throws: ``ConfigurationError`` naming the key and what is allowed.
  public init(assignments: [String] = []) throws(ConfigurationError) {
    let root = try YAMLNode(assignments: assignments)
    let context = ConfigurationReader.Context(
      file: YAMLNode.assignmentOrigin, distributions: [])
    var reader = try ConfigurationReader(root, context: context)
    for entry in SampleMetricCatalog.all {
      guard var section = try reader.section(entry.name) else { continue }
      guard !entry.parameters.isEmpty else {
        throw reader.error(at: [entry.name], "\(entry.name) has no parameters to set")
      }
      given[entry.name] = try section.readParameters(of: entry)
    }
    try reader.finish()
  }

  /// The metrics with a parameter set.
  public var names: [String] { given.keys.sorted() }

  /// Makes a metric with what was set for it.
  public func make(_ entry: CatalogEntry<any SampleMetric>) -> any SampleMetric {
    do throws(ParameterError) {
      return try entry.make(given[entry.name] ?? [:])
    } catch {
      preconditionFailure("The parameters of \(entry.name) were checked: \(error)")
    }
  }
}
