import ScoreCore

extension ConfigurationField<RunConfiguration> {
  /// The map of the distribution, checked against the catalog.
  static func distribution(
    _ key: String, _ summary: String, _ property: Property<DistributionConfiguration>
  ) -> Self {
    let kind = FieldDescription.Kind.distribution(default: DistributionConfiguration())
    return Self(
      key: key,
      descriptions: [FieldDescription(path: key, summary: summary, kind: kind, isLive: false)],
      read: { (reader, section) throws(ConfigurationError) in
        try reader.readDistribution(key, into: &section[keyPath: property])
      },
      text: { $0[keyPath: property].text },
      leaves: { section in
        let law = section[keyPath: property]
        return [ConfigurationLeaf(path: "\(key).kind", text: law.kind)]
          + law.parameters.sorted { $0.key < $1.key }.map { name, value in
            // Plain text without quotes, as a form shows it.
            let text =
              if case .text(let text) = value { text } else { ConfigurationText.value(value) }
            return ConfigurationLeaf(path: "\(key).\(name)", text: text)
          }
      },
      needsRestart: { $0[keyPath: property] != $1[keyPath: property] })
  }
}

/// Stands in for data files while a configuration is only checked.
private struct NoData: DataSource {
  struct NotRead: Error {}

  func table(file: String, columns: [String]) throws -> DataTable { throw NotRead() }
}

extension ConfigurationReader {
  /// Reads a distribution on top of the current one, whose parameters stay unless the kind changes.
  fileprivate mutating func readDistribution(
    _ key: String, into current: inout DistributionConfiguration
  ) throws(ConfigurationError) {
    guard var inner = try section(key) else { return }
    let kind = try inner.choice("kind", of: context.distributions.map(\.name)) ?? current.kind
    guard let entry = context.distributions.first(where: { $0.name == kind }) else {
      throw inner.error(at: ["kind"], "no distribution is called \(SafeText.sanitized(kind))")
    }
    var values = kind == current.kind ? current.parameters : [:]
    for description in entry.parameters {
      if let value = try inner.parameter(description) { values[description.name] = value }
    }
    try inner.finish()
    let complete = try inner.complete(values, for: entry)
    current = DistributionConfiguration(kind: kind, parameters: complete)
  }

  private mutating func parameter(
    _ description: ParameterDescription
  ) throws(ConfigurationError) -> ParameterValue? {
    let name = description.name
    switch description.kind {
    case .number(_, let range): return try number(name, in: range).map { .number($0) }
    case .integer(_, let range): return try integer(name, in: range).map { .number(Double($0)) }
    case .flag: return try flag(name).map { .flag($0) }
    case .text: return try text(name).map { .text($0) }
    case .choice(_, let names): return try choice(name, of: names).map { .text($0) }
    case .structured: return try parameter(name)
    }
  }

  /// Fills in defaults, and lets the distribution check what only it understands.
  private func complete(
    _ values: [String: ParameterValue], for entry: DistributionCatalog.Entry
  ) throws(ConfigurationError) -> [String: ParameterValue] {
    var complete = values
    do {
      let parameters = try CatalogParameters(values, describedBy: entry.parameters)
      complete = parameters.values
      _ = try entry.make(parameters, NoData())
    } catch let failure as ParameterError {
      throw error(at: failure.path, SafeText.sanitized(failure.message, limit: 400))
    } catch {
      // Data that cannot be read is told when it is read, by the file's own error.
    }
    return complete
  }
}
