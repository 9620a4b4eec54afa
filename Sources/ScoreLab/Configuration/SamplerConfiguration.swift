/// How samples are drawn from a score.
public struct SamplerConfiguration: ConfigurationSection {
  public enum Kind: String, CaseIterable, Sendable {
    case exponentialIntegrator = "exponential_integrator"
    case eulerMaruyama = "euler_maruyama"
    case probabilityFlowHeun = "probability_flow_heun"
  }
  /// How the steps are spread over time.
  public enum Grid: String, CaseIterable, Sendable {
    case exponentialDecay = "exponential_decay"
    case uniform
  }

  public var kind = Kind.exponentialIntegrator
  public var grid = Grid.exponentialDecay
  /// The number of steps, 1 to 10,000.
  public var steps = 100
  /// The number of samples, 1 to 1,000,000.
  public var count = 2000

  public init() {}

  static let fields: [ConfigurationField<Self>] = [
    .choice("kind", "method that follows the reverse process", \.kind, isLive: true),
    .choice("grid", "how the steps are spread over time", \.grid, isLive: true),
    .integer("steps", "steps from the horizon to the stop", \.steps, in: 1...10_000, isLive: true),
    .integer("count", "samples drawn", \.count, in: 1...1_000_000, isLive: true),
  ]
}
