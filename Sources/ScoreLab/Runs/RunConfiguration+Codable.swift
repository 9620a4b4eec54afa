extension RunConfiguration: Codable {
  /// Reads the configuration from its YAML.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    self = try RunConfiguration.parse(text: text, file: "a kept run")
  }

  /// Writes all of it as YAML, which a person can read and ``parse(text:file:catalog:)`` takes back.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(yaml)
  }
}
