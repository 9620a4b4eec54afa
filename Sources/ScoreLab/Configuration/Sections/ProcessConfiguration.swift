public import ScoreCore

/// The forward process that turns data into noise.
public struct ProcessConfiguration: ConfigurationSection {
  /// A member of the process catalog.
  public var kind = CatalogChoice("ornstein_uhlenbeck", of: ProcessCatalog.all)

  public init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .member(
      "kind", "forward process from data to noise", \.kind, of: ProcessCatalog.all,
      place: FormPlace(.process, "process"))
  ]

  /// Makes the process.
  public func make() -> any ForwardProcess { kind.make(from: ProcessCatalog.all) }
}
