package import ScoreCore

extension ConfigurationField where Section: ConfigurationSection {
  /// A member of a catalog: its name under the key, its parameters as keys next to it.
  package static func member(
    _ key: String, _ summary: String, _ property: Property<CatalogChoice>,
    of catalog: [any CatalogItem], live: LivePart? = nil, place: FormPlace? = nil
  ) -> Self {
    let name = FieldDescription(
      path: key, summary: summary,
      kind: .choice(default: Section()[keyPath: property].name, of: catalog.map(\.name)),
      live: live, choiceSummaries: FieldDescription.summaries(of: catalog), place: place)
    let parameters = catalog.flatMap { item in
      item.parameters.map {
        FieldDescription($0, owner: .init(path: key, name: item.name), live: live)
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
        return [ConfigurationLeaf(path: key, value: .text(choice.name))]
          + choice.values(of: catalog).map {
            ConfigurationLeaf(path: $0.name, value: ConfigurationValue($0.value, kind: $0.kind))
          }
      },
      set: { (section, path, value, reader) throws(ConfigurationError) in
        try section[keyPath: property].set(path, to: value, nameKey: key, of: catalog, reader)
      },
      needsRestart: { live == nil && $0[keyPath: property] != $1[keyPath: property] })
  }
}

extension ConfigurationField<RunConfiguration> {
  /// The distribution, a map of its own, read with the reader's catalog.
  package static func distribution(
    _ key: String, _ summary: String, _ property: Property<DistributionConfiguration>,
    place: FormPlace? = nil
  ) -> Self {
    let kind = ValueKind.map(default: DistributionConfiguration().text)
    return Self(
      key: key,
      descriptions: [FieldDescription(path: key, summary: summary, kind: kind, place: place)],
      read: { (reader, section) throws(ConfigurationError) in
        guard var inner = try reader.section(key) else { return }
        let distribution = section[keyPath: property]
        var choice = CatalogChoice(name: distribution.kind, parameters: distribution.parameters)
        // Parameters of one name mean different things in different distributions.
        try inner.readMember(
          "kind", of: reader.context.distributions, into: &choice, carriesOver: false)
        try inner.finish()
        section[keyPath: property] = DistributionConfiguration(
          kind: choice.name, parameters: choice.parameters)
      },
      entries: { [(key, $0[keyPath: property].text)] },
      leaves: { section in
        let distribution = section[keyPath: property]
        let kinds = DistributionCatalog.entry(named: distribution.kind)?.parameters ?? []
        return [ConfigurationLeaf(path: "\(key).kind", value: .text(distribution.kind))]
          + distribution.parameters.sorted { $0.key < $1.key }.map { name, value in
            ConfigurationLeaf(
              path: "\(key).\(name)",
              value: ConfigurationValue(value, kind: kinds.first { $0.name == name }?.kind))
          }
      },
      set: { (section, path, value, reader) throws(ConfigurationError) in
        let distribution = section[keyPath: property]
        var choice = CatalogChoice(name: distribution.kind, parameters: distribution.parameters)
        try choice.set(
          String(path.dropFirst(key.count + 1)), to: value, nameKey: "kind",
          of: reader.context.distributions, try reader.under(key), carriesOver: false)
        section[keyPath: property] = DistributionConfiguration(
          kind: choice.name, parameters: choice.parameters)
      },
      needsRestart: { $0[keyPath: property] != $1[keyPath: property] })
  }
}

extension CatalogChoice {
  /// Chooses another member, or sets a parameter of this one.
  fileprivate mutating func set(
    _ path: String, to value: ConfigurationValue, nameKey: String, of catalog: [any CatalogItem],
    _ reader: ConfigurationReader, carriesOver: Bool = true
  ) throws(ConfigurationError) {
    guard let parameter = value.parameter else {
      preconditionFailure("No member takes such a value.")
    }
    var (name, given) = (name, [path: parameter])
    if path == nameKey, case .text(let chosen) = parameter { (name, given) = (chosen, [:]) }
    guard let item = catalog.first(where: { $0.name == name }) else {
      preconditionFailure("\(name) is no member.")
    }
    self = try reader.choose(item, given, of: catalog, insteadOf: self, carriesOver: carriesOver)
  }

  /// The parameters in the catalog's order.
  fileprivate func values(
    of catalog: [any CatalogItem]
  ) -> [(name: String, kind: ValueKind, value: ParameterValue)] {
    let descriptions = catalog.first { $0.name == name }?.parameters ?? []
    return descriptions.compactMap { description in
      parameters[description.name].map { (description.name, description.kind, $0) }
    }
  }
}
