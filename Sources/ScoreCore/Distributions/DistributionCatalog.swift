/// Every distribution on offer.
public enum DistributionCatalog: Catalog {
  /// A kind of distribution under the name people type, and how to make one.
  public struct Entry: Sendable {
    public let name: String
    /// One line for lists and help.
    public let summary: String
    /// Where the distribution or the data are from.
    public let source: String
    public let parameters: [ParameterDescription]
    /// Makes the distribution from checked parameters.
    ///
    /// Throws ``ParameterError`` for structured values, and whatever the data source throws.
    public let make:
      @Sendable (CatalogParameters, any DataSource) throws ->
        any KnownScoreDistribution

    public init(
      name: String, summary: String, source: String, parameters: [ParameterDescription],
      make:
        @escaping @Sendable (CatalogParameters, any DataSource) throws ->
        any KnownScoreDistribution
    ) {
      self.name = name
      self.summary = summary
      self.source = source
      self.parameters = parameters
      self.make = make
    }
  }

  /// The members, in the order in which lists show them.
  public static let all: [Entry] = [
    .gaussianMixture,
    .pair,
    .twoMoons,
    .ringOfGaussians,
    .gridOfGaussians,
    .spiral,
    .pinwheel,
    .banana,
    .funnel,
    .letters,
    .checkerboard,
    .uniform,
    .laplace,
    .twoPoint,
    .linearSubspace,
    .circle,
    .sphere,
    .torus,
    .swissRoll,
    .embedded,
    .contaminated,
    .affine,
    .galaxies,
    .iris,
    .penguins,
    .digits,
    .images,
    .oldFaithful,
    .points,
  ]
}
