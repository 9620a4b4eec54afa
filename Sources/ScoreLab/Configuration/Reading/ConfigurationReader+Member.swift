import OutsideText
import ScoreCore

extension ConfigurationReader {
  /// Reads the name and parameters of a catalog's member on top of the current choice.
  ///
  /// Parameters stay where the name does. Another member starts from its defaults.
  ///
  /// - Parameters:
  ///   - key: The key of the name; the parameters stand next to it.
  ///   - catalog: The members that can be named.
  ///   - current: What the map changes; left alone when the parameters do not fit one another,
  ///     which ``finish()`` reports, after keys that are unknown.
  ///   - carriesOver: Whether another member keeps parameters of the same name that were changed
  ///     from their default, as far as they fit.
  /// - Throws: ``ConfigurationError`` for a name, a type or a range.
  mutating func readMember(
    _ key: String, of catalog: [any CatalogItem], into current: inout CatalogChoice,
    carriesOver: Bool = true
  ) throws(ConfigurationError) {
    let name = try choice(key, of: catalog.map(\.name)) ?? current.name
    guard let item = catalog.first(where: { $0.name == name }) else {
      throw error(at: [key], "nothing here is called \(SafeText.sanitized(name))")
    }
    noteForeign(catalog, chosen: item)
    var given: [String: ParameterValue] = [:]
    for description in item.parameters {
      if let value = try parameter(description) { given[description.name] = value }
    }
    do throws(ConfigurationError) {
      current = try choose(
        item, given, of: catalog, insteadOf: current, carriesOver: carriesOver)
    } catch {
      postpone(error)
    }
  }

  /// A member with what was given for it, on top of the current choice.
  ///
  /// - Parameters:
  ///   - item: The member.
  ///   - given: Parameters of it.
  ///   - catalog: The members that can be named.
  ///   - current: What is chosen now; its parameters stay where its name does.
  ///   - carriesOver: As in ``readMember(_:of:into:carriesOver:)``.
  /// - Returns: The choice, with every parameter of the member.
  /// - Throws: ``ConfigurationError`` where parameters do not fit one another.
  func choose(
    _ item: any CatalogItem, _ given: [String: ParameterValue], of catalog: [any CatalogItem],
    insteadOf current: CatalogChoice, carriesOver: Bool
  ) throws(ConfigurationError) -> CatalogChoice {
    if item.name != current.name, carriesOver,
      let old = catalog.first(where: { $0.name == current.name })
    {
      // What was set for the old member must not make the new one impossible to choose.
      let kept = current.changes(from: old).filter { item.accepts($0.key, $0.value) }
      if let values = try? checked(kept.merging(given) { $1 }, for: item) {
        return CatalogChoice(name: item.name, parameters: values)
      }
    }
    let base = item.name == current.name ? current.parameters : [:]
    return CatalogChoice(
      name: item.name, parameters: try checked(base.merging(given) { $1 }, for: item))
  }

  /// Reads the parameters of one member, all keys of this map.
  ///
  /// - Parameter item: The member.
  /// - Returns: Those that the map has.
  /// - Throws: ``ConfigurationError`` for an unknown key, a type or a range, or where values do not
  ///   fit one another.
  mutating func readParameters(
    of item: any CatalogItem
  ) throws(ConfigurationError) -> [String: ParameterValue] {
    var given: [String: ParameterValue] = [:]
    for description in item.parameters {
      if let value = try parameter(description) { given[description.name] = value }
    }
    try finish()
    _ = try checked(given, for: item)
    return given
  }

  /// Remembers whose parameters the others' are, for the message that refuses them.
  private mutating func noteForeign(_ catalog: [any CatalogItem], chosen: any CatalogItem) {
    let own = chosen.parameters.map(\.name)
    for parameter in Set(catalog.flatMap { $0.parameters.map(\.name) }).subtracting(own) {
      let owners = catalog.filter { $0.parameters.contains { $0.name == parameter } }
      let belonging = FieldDescription.alternatives(owners.map(\.name))
      refuse(
        parameter, saying: "\(parameter) belongs to \(belonging), not to \(chosen.name)")
    }
  }

  private mutating func parameter(
    _ description: ParameterDescription
  ) throws(ConfigurationError) -> ParameterValue? {
    let name = description.name
    switch description.kind {
    case .number(_, let range): return try number(name, in: range).map { .number($0) }
    case .integer(_, let range, let divisor):
      return try integer(name, in: range, multipleOf: divisor).map { .number(Double($0)) }
    case .flag: return try flag(name).map { .flag($0) }
    case .text: return try text(name).map { .text($0) }
    case .choice(_, let names): return try choice(name, of: names).map { .text($0) }
    case .seed, .integers, .size, .structured, .map: return try parameter(name)
    }
  }

  /// Fills in defaults and lets the member check what only it understands.
  private func checked(
    _ values: [String: ParameterValue], for item: any CatalogItem
  ) throws(ConfigurationError) -> [String: ParameterValue] {
    do throws(ParameterError) {
      let complete = try CatalogParameters(values, describedBy: item.parameters).values
      try item.check(complete)
      return complete
    } catch {
      throw self.error(error)
    }
  }
}

extension CatalogItem {
  /// Whether the member has a parameter that takes the value.
  fileprivate func accepts(_ name: String, _ value: ParameterValue) -> Bool {
    let descriptions = parameters.filter { $0.name == name }
    return !descriptions.isEmpty
      && (try? CatalogParameters([name: value], describedBy: descriptions)) != nil
  }
}
