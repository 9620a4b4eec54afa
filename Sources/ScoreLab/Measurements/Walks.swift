public import ScoreCore

/// Some particles on their way from noise to data under one sampler, by the learned score and by the
/// exact one from the same start with the same noise.
public struct Walk: Sendable, Equatable {
  /// The sampler's name.
  public var sampler: String
  /// Whether it follows the probability flow, not the reverse SDE.
  public var isDeterministic: Bool
  public var learned: Trajectories
  public var exact: Trajectories
  /// At every time of the learned way `sigma_t s_hat` where it is, `[times][particles, dimension]`.
  public var estimates: [[Float]] = []
  /// The same for `sigma_t s`.
  public var exactScores: [[Float]] = []

  /// The most particles that are followed: the first of the samples.
  public static let particleLimit = 20
}

/// The same particles by the reverse SDE and by the probability flow.
public struct Walks: Sendable, Equatable {
  /// The training step whose averaged weights they follow.
  public var step: Int
  /// The reverse SDE first; one of the two is the configured sampler.
  public var ways: [Walk]
}

/// A place and a time at which a person has put a particle down.
public struct PlacedParticle: Sendable, Equatable {
  /// In model coordinates, `[dimension]`.
  public var position: [Double]
  /// The time, by its place among the sampler's times.
  public var index: Int

  public init(position: [Double], index: Int) {
    self.position = position
    self.index = index
  }
}

/// The ways of a particle that was put down.
public struct PlacedWalks: Sendable, Equatable {
  /// The training step whose averaged weights it follows.
  public var step: Int
  public var particle: PlacedParticle
  /// By the reverse SDE from its place to the data; and by the probability flow from the noise
  /// through its place to the data.
  public var ways: [Walk]
}

/// The two samplers of a walk: the configured one, and one of the other kind.
struct WalkSamplers {
  var reverseSDE: (name: String, sampler: any Sampler)
  var flow: (name: String, sampler: any Sampler)

  init(_ configuration: SamplerConfiguration) {
    let configured = (name: configuration.kind.name, sampler: configuration.makeSampler())
    let isFlow = configured.sampler.isDeterministic
    reverseSDE = isFlow ? ("exponential_integrator", ExponentialIntegrator()) : configured
    flow = isFlow ? configured : ("probability_flow_heun", ProbabilityFlowHeun())
  }
}

/// A walk under way: the passes of both scores, and what the scores say where the learned one is.
struct WalkPass: Sendable {
  private let subject: MeasurementSubject
  private let score: any ScoreFunction
  private(set) var walk: Walk
  private var learned: SamplingPass
  private var exact: SamplingPass

  /// Starts at the first of some times.
  ///
  /// - Parameters:
  ///   - name: The sampler's name.
  ///   - sampler: What steps.
  ///   - subject: The run.
  ///   - score: The learned score.
  ///   - times: The times to come, decreasing, at least two.
  ///   - start: Where the particles are.
  ///   - block: The block of samples that they are the first of.
  init(
    _ name: String, _ sampler: any Sampler, of subject: MeasurementSubject,
    score: any ScoreFunction,
    times: [Double], start: Points, block: UInt32 = 0
  ) {
    func pass(_ score: any ScoreFunction) -> SamplingPass {
      SamplingPass(
        sampler: sampler, times: times, process: subject.process, score: score, start: start,
        seed: subject.configuration.seed, block: block)
    }
    self.subject = subject
    self.score = score
    learned = pass(score)
    exact = pass(ExactScore(subject.distribution))
    let empty = Trajectories(count: start.count, dimension: start.dimension, frames: times.count)
    walk = Walk(
      sampler: name, isDeterministic: sampler.isDeterministic, learned: empty, exact: empty)
    record(at: times[0])
  }

  var isFinished: Bool { learned.isFinished }

  mutating func step() {
    guard let time = learned.step() else { return }
    _ = exact.step()
    record(at: time)
  }

  private mutating func record(at time: Double) {
    walk.record(
      learned: learned.points, exact: exact.points, at: time, subject: subject, score: score)
  }
}

extension Walk {
  /// The same particles in another order.
  func taking(_ rows: [Int]) -> Walk {
    let dimension = learned.dimension
    func taken(_ values: [Float]) -> [Float] {
      rows.flatMap { values[$0 * dimension..<($0 + 1) * dimension] }
    }
    var walk = self
    walk.learned = learned.taking(rows)
    walk.exact = exact.taking(rows)
    walk.estimates = estimates.map(taken)
    walk.exactScores = exactScores.map(taken)
    return walk
  }

  /// Adds the particles at one time.
  mutating func record(
    learned points: Points, exact twins: Points, at time: Double, subject: MeasurementSubject,
    score: any ScoreFunction
  ) {
    let level = subject.process.level(at: time)
    func scaled(_ score: Points) -> [Float] { score.values.map { Float(level.sigma * $0) } }
    learned.record(points, at: time)
    exact.record(twins, at: time)
    estimates.append(scaled(score.score(at: points, level: level)))
    exactScores.append(scaled(subject.distribution.score(at: points, level: level)))
  }
}
