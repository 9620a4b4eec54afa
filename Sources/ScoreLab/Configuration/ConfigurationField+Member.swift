package import ScoreCore

extension ConfigurationField where Section: ConfigurationSection {
  /// A member of a catalog: its name under the key, its parameters as keys beside it.
  package static func member(
    _ key: String, _ summary: String, _ property: Property<CatalogChoice>,
    of catalog: [any CatalogItem], isLive: Bool = false
  ) -> Self {
    let name = FieldDescription(
      path: key, summary: summary,
      kind: .choice(default: Section()[keyPath: property].name, of: catalog.map(\.name)),
      isLive: isLive, choiceSummaries: FieldDescription.summaries(of: catalog))
    let parameters = catalog.flatMap { item in
      item.parameters.map {
        FieldDescription($0, owner: .init(path: key, name: item.name), isLive: isLive)
      }
    }
    return Self(
      key: key, descriptions: [name] + parameters,
      read: { (reader, section) throws(ConfigurationError) in
        try reader.readMember(key, of: catalog, into: &section[keyPath: property])
      },
      entries: { section in
        let choice = section[keyPath: property]
        return [(key, choice.name)]
          + choice.values(of: catalog).map { ($0.name, ConfigurationText.value($0.value)) }
      },
      leaves: { section in
        let choice = section[keyPath: property]
        return [ConfigurationLeaf(path: key, text: choice.name)]
          + choice.values(of: catalog).map { ConfigurationLeaf(path: $0.name, value: $0.value) }
      },
      needsRestart: { !isLive && $0[keyPath: property] != $1[keyPath: property] })
  }
}

extension ConfigurationField<RunConfiguration> {
  /// The distribution, a map of its own, read with the reader's catalog.
  package static func distribution(
    _ key: String, _ summary: String, _ property: Property<DistributionConfiguration>
  ) -> Self {
    let kind = FieldDescription.Kind.distribution(default: DistributionConfiguration())
    return Self(
      key: key,
      descriptions: [FieldDescription(path: key, summary: summary, kind: kind, isLive: false)],
      read: { (reader, section) throws(ConfigurationError) in
        guard var inner = try reader.section(key) else { return }
        let law = section[keyPath: property]
        var choice = CatalogChoice(name: law.kind, parameters: law.parameters)
        // Parameters of one name mean different things in different laws.
        try inner.readMember(
          "kind", of: reader.context.distributions, into: &choice, carriesOver: false)
        try inner.finish()
        section[keyPath: property] = DistributionConfiguration(
          kind: choice.name, parameters: choice.parameters)
      },
      entries: { [(key, $0[keyPath: property].text)] },
      leaves: { section in
        let law = section[keyPath: property]
        return [ConfigurationLeaf(path: "\(key).kind", text: law.kind)]
          + law.parameters.sorted { $0.key < $1.key }.map {
            ConfigurationLeaf(path: "\(key).\($0.key)", value: $0.value)
          }
      },
      needsRestart: { $0[keyPath: property] != $1[keyPath: property] })
  }
}

extension CatalogChoice {
  /// The parameters in the catalog's order.
  fileprivate func values(
    of catalog: [any CatalogItem]
  ) -> [(name: String, value: ParameterValue)] {
    let descriptions = catalog.first { $0.name == name }?.parameters ?? []
    return descriptions.compactMap { description in
      parameters[description.name].map { (description.name, $0) }
    }
  }
}

extension ConfigurationLeaf {
  /// A parameter; plain text comes without quotes, as a form shows it.
  fileprivate init(path: String, value: ParameterValue) {
    self.path = path
    text = if case .text(let text) = value { text } else { ConfigurationText.value(value) }
  }
}
