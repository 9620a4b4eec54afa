/// Every key of the configuration, from the same table the reader checks with.
public enum ConfigurationCatalog {
  /// All keys in the order they are written, those of sections as `section.key`.
  public static let fields: [FieldDescription] = RunConfiguration.fields.flatMap(\.descriptions)

  /// The description of a key, or nil.
  public static func field(at path: String) -> FieldDescription? {
    fields.first { $0.path == path }
  }
}
