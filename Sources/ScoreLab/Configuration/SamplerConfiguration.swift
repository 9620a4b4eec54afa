import ScoreCore

/// How samples are drawn from a score.
public struct SamplerConfiguration: ConfigurationSection {
  /// A name in the sampler catalog.
  public var kind = "exponential_integrator"
  /// A name in the time grid catalog: how the steps are spread over time.
  public var grid = "exponential_decay"
  /// The number of steps, 1 to 10,000.
  public var steps = 100
  /// The number of samples, 1 to 1,000,000.
  public var count = 2000

  public init() {}

  /// The grids that can be made without parameters, which a configuration cannot give yet.
  private static let gridNames = TimeGridCatalog.all.filter { (try? $0.make()) != nil }.map(\.name)

  static let fields: [ConfigurationField<Self>] = [
    .name(
      "kind", "method that follows the reverse process", \.kind,
      of: SamplerCatalog.all.map(\.name), isLive: true),
    .name(
      "grid", "how the steps are spread over time", \.grid,
      of: gridNames, isLive: true),
    .integer("steps", "steps from the horizon to the stop", \.steps, in: 1...10_000, isLive: true),
    .integer("count", "samples drawn", \.count, in: 1...1_000_000, isLive: true),
  ]
}
