public import ScoreCore

/// How samples are drawn from a score.
public struct SamplerConfiguration: ConfigurationSection {
  /// A member of the sampler catalog: the method that follows the reverse process.
  public var kind = CatalogChoice("exponential_integrator", of: SamplerCatalog.all)
  /// A member of the time grid catalog: how the steps are spread over time.
  public var grid = CatalogChoice("exponential_decay", of: TimeGridCatalog.all)
  /// The number of steps, 1 to 10,000.
  public var steps = 100
  /// The number of samples, 1 to 1,000,000.
  public var count = 2000
  /// The class of the samples of a network that is given classes, -1 to 99; -1 for all.
  public var classNumber = -1
  /// How far such samples are guided to their class, 0 to 20.
  public var guidance = 0.0

  public init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .member(
      "kind", "method that follows the reverse process", \.kind, of: SamplerCatalog.all,
      live: .sampler, place: FormPlace(.sampling, "sampler")),
    .member(
      "grid", "how the steps are spread over time", \.grid, of: TimeGridCatalog.all,
      live: .sampler, place: FormPlace(.sampling, "time grid")),
    .integer(
      "steps", "steps from the horizon to the stop", \.steps, in: 1...10_000, live: .sampler,
      place: FormPlace(.sampling, "steps")),
    .integer(
      "count", "samples drawn", \.count, in: 1...1_000_000, live: .sampler,
      place: FormPlace(.sampling, "samples")),
    .integer(
      "class", "class of the samples, from 0; -1 for all in their shares", \.classNumber,
      in: -1...PointLabels.classLimit - 1, live: .sampler,
      place: FormPlace(.sampling, "class", where: .classes)),
    .number(
      "guidance", "weight w of classifier-free guidance", \.guidance, in: 0...20, live: .sampler,
      place: FormPlace(.sampling, "guidance", where: .classes)),
  ]

  /// Makes the method.
  public func makeSampler() -> any Sampler { kind.make(from: SamplerCatalog.all) }

  /// Makes the rule for placing the steps.
  public func makeGrid() -> any TimeGrid { grid.make(from: TimeGridCatalog.all) }
}
