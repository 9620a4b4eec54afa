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

  /// The parameters of a member in its catalog's order.
  ///
  /// - Parameters:
  ///   - path: The path of the key that names it, such as `sampler.kind` or `distribution.kind`.
  ///   - name: The member's name.
  /// - Returns: Their descriptions; none for other keys and names.
  public static func parameters(ofMemberAt path: String, named name: String) -> [FieldDescription] {
    if path == DistributionConfiguration.namePath {
      return DistributionConfiguration.descriptions(ofKind: name)
    }
    return fields.filter { $0.owner == .init(path: path, name: name) }
  }
}

extension FieldDescription {
  fileprivate func applies(to configuration: RunConfiguration) -> Bool {
    owner.map { configuration.text(at: $0.path) == $0.name } ?? true
  }
}
