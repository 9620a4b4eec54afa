/// Every key of the configuration, from the same table the reader checks with.
public enum ConfigurationCatalog {
  /// All keys in the order they are written, those of sections as `section.key`; the parameters of
  /// every member follow the key that names the member, each with its owner.
  public static let fields: [FieldDescription] = RunConfiguration.fields.flatMap(\.descriptions)

  /// The description of a key that is always there, or nil.
  public static func field(at path: String) -> FieldDescription? {
    fields.first { $0.path == path && $0.owner == nil }
  }

  /// The description of a key that a configuration has, parameters of its members included.
  public static func field(
    at path: String, in configuration: RunConfiguration
  ) -> FieldDescription? {
    fields.first { $0.path == path && $0.applies(to: configuration) }
  }

  /// The parameters of the member that a key names.
  ///
  /// - Parameters:
  ///   - path: The path of the name, such as `sampler.kind` or `distribution.kind`.
  ///   - configuration: The configuration that names the member.
  /// - Returns: Their descriptions in the catalog's order; none for other keys.
  public static func parameters(
    ofMemberAt path: String, in configuration: RunConfiguration
  ) -> [FieldDescription] {
    if path == DistributionConfiguration.namePath {
      return configuration.distribution.descriptions
    }
    return fields.filter { $0.owner?.path == path && $0.applies(to: configuration) }
  }
}

extension FieldDescription {
  fileprivate func applies(to configuration: RunConfiguration) -> Bool {
    owner.map { configuration.text(at: $0.path) == $0.name } ?? true
  }
}
