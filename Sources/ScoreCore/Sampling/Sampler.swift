/// One move of a sampler, from a noisier time to a cleaner one.
public struct TimeStep: Sendable, Equatable {
  /// The time the points are at, in process time.
  public var from: Double
  /// The time they go to; smaller than `from`.
  public var to: Double

  public init(from: Double, to: Double) {
    precondition(to < from, "A sampler moves towards smaller times.")
    self.from = from
    self.to = to
  }
}

/// A rule that moves points one step down in noise.
public protocol Sampler: Sendable {
  /// Whether `step` ignores the random stream.
  var isDeterministic: Bool { get }
  /// The weak order of accuracy in the step size; a test holds the method to it.
  var order: Int { get }
  /// Moves the points, `[count, dimension]`, from `step.from` to `step.to`.
  func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout RandomStream)
}

/// Every sampler on offer.
public enum SamplerCatalog {
  /// A sampler under the name people type.
  public struct Entry: Sendable {
    public let name: String
    public let summary: String
    public let source: String
    public let sampler: any Sampler
  }

  public static let all: [Entry] = [
    Entry(
      name: "exponential_integrator", summary: "reverse SDE, linear part exact",
      source: "Gupta et al. 2024 (arXiv:2311.13745), section 1",
      sampler: ExponentialIntegrator()),
    Entry(
      name: "euler_maruyama", summary: "reverse SDE, plain Euler-Maruyama",
      source: "Maruyama 1955; Song et al. 2021 (arXiv:2011.13456), appendix D",
      sampler: EulerMaruyama()),
    Entry(
      name: "probability_flow_heun", summary: "probability-flow ODE, second order",
      source: "Song et al. 2021 (arXiv:2011.13456), eq. 13; Heun's rule",
      sampler: ProbabilityFlowHeun()),
  ]

  public static func entry(named name: String) -> Entry? { all.first { $0.name == name } }
}
