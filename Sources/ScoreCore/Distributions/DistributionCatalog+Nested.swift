extension DistributionCatalog {
  /// Makes the distribution that a structured parameter describes, as `{kind: two_moons, noise:
  /// 0.1}`.
  ///
  /// - Parameters:
  ///   - name: The parameter; two moons if it is not given.
  ///   - parameters: The parameters of the distribution that holds the other one.
  ///   - source: Where tables are read from.
  /// - Returns: The inner distribution.
  /// - Throws: ``ParameterError`` with the path inside the parameter, and whatever the data source
  ///   throws.
  static func distribution(
    _ name: String, in parameters: CatalogParameters, reading source: any DataSource
  ) throws -> any KnownScoreDistribution {
    guard let value = parameters.values[name] else { return TwoMoons.mixture(noise: 0.08) }
    guard case .map(var values) = value, let kind = values.removeValue(forKey: "kind") else {
      throw ParameterError(
        path: [name],
        message: "expected a distribution, such as {kind: two_moons, noise: 0.1}, "
          + "found \(value.found)")
    }
    let known = try kind.text(at: [name, "kind"])
    guard let entry = entry(named: known) else {
      throw ParameterError(
        path: [name, "kind"],
        message: "expected one of \(names.joined(separator: ", ")), found \(kind.found)")
    }
    return try ParameterError.naming(name) {
      try entry.make(CatalogParameters(values, describedBy: entry.parameters), source)
    }
  }
}

extension ParameterDescription {
  /// A distribution inside another one.
  static let distribution = ParameterDescription(
    "base", "a distribution with its kind and parameters; two moons if not given", .structured)
}
