import OutsideText
public import ScoreCore

/// The distribution to learn, by its name in the catalog.
public struct DistributionConfiguration: Equatable, Sendable {
  /// A name in the distribution catalog.
  public var kind: String
  /// Its parameters by name; those that are missing take the catalog's defaults.
  public var parameters: [String: ParameterValue]

  public init(kind: String, parameters: [String: ParameterValue] = [:]) {
    self.kind = kind
    self.parameters = parameters
  }

  /// Two moons with noise 0.08, every parameter written out.
  public init() { self = DistributionConfiguration.standard }

  private static let standard: DistributionConfiguration = {
    let kind = "two_moons"
    let given: [String: ParameterValue] = ["noise": .number(0.08)]
    let descriptions = DistributionCatalog.entry(named: kind)?.parameters ?? []
    let complete = try? CatalogParameters(given, describedBy: descriptions).values
    return DistributionConfiguration(kind: kind, parameters: complete ?? given)
  }()

  /// The path of the name in the configuration.
  public static let namePath = "distribution.kind"

  /// A distribution's parameters as keys of the configuration.
  static func descriptions(ofKind kind: String) -> [FieldDescription] {
    let parameters = DistributionCatalog.entry(named: kind)?.parameters ?? []
    return parameters.map {
      FieldDescription($0, owner: .init(path: "kind", name: kind), live: nil)
        .under("distribution")
    }
  }

  /// Whether its points have classes.
  public var hasLabels: Bool {
    if kind == "digits" { return true }
    return ["label", "labels"].contains { key in
      if case .text(let name)? = parameters[key] { !name.isEmpty } else { false }
    }
  }

  /// The distribution as a YAML map on one line.
  public var text: String {
    ConfigurationText.map(
      [("kind", ConfigurationText.text(kind))]
        + parameters.sorted { $0.key < $1.key }.map { ($0.key, ConfigurationText.value($0.value)) })
  }

  /// Makes the distribution.
  ///
  /// - Parameters:
  ///   - data: Where tables are read from.
  ///   - catalog: The distributions that can be named.
  /// - Returns: The distribution, in model coordinates.
  /// - Throws: `ParameterError` for parameters that do not fit, and whatever the data source
  ///   throws.
  public func distribution(
    reading data: any DataSource,
    from catalog: [DistributionCatalog.Entry] = DistributionCatalog.all
  ) throws -> any KnownScoreDistribution {
    guard let entry = catalog.first(where: { $0.name == kind }) else {
      throw ParameterError(
        path: ["kind"], message: "no distribution is called \"\(SafeText.sanitized(kind))\"")
    }
    return try entry.make(
      CatalogParameters(parameters, describedBy: entry.parameters), data)
  }
}
