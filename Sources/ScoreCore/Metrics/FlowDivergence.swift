/// The Kullback-Leibler divergence of a distribution from what a score's probability flow makes of
/// the prior.
///
/// ```
/// KL(p || q) = E_p [log p(x) - log q(x)]
/// ```
/// with p the noisy distribution at the process's stop, whose density is exact, and q the
/// distribution of deterministic samples: the prior carried from the horizon to the stop by the
/// flow of the score. It is a metric of the score and the steps together, needs no sample, and sees
/// parts left out: there log q is small.
///
/// The flow of the exact score carries the noisy distribution at the horizon to that at the stop,
/// and a divergence does not change under a map of both distributions. What the exact score leaves
/// is therefore `KL(p_T || prior)`, nearly 0 when the horizon keeps no signal: the null of this
/// metric, besides the errors of finitely many points and steps.
///
/// Source: Song et al. 2021, "Score-based generative modeling through stochastic differential
/// equations" (arXiv:2011.13456), section 4.3; Song, Durkan, Murray and Ermon 2021
/// (arXiv:2101.09258).
public struct FlowDivergence: Sendable, Equatable {
  /// The mean log ratio of the densities in nats; not finite where the flow leaves all bounds.
  public var value: Double
  /// One standard error over the points, in nats.
  public var standardError: Double
  public var pointCount: Int
  /// The steps from the stop to the horizon, even in log SNR.
  public var stepCount: Int
}

/// Computes the divergence of a flow step by step.
public struct FlowDivergenceStepper: Sendable {
  /// The most coordinates; a step takes `4 + 16 dimension` scores of every point.
  public static let largestDimension = 8

  private let logDensity: [Double]
  private var pass: LikelihoodStepper

  /// Draws the points at the process's stop.
  ///
  /// - Parameters:
  ///   - distribution: The distribution, of at most ``largestDimension`` coordinates.
  ///   - process: Gives the noise levels and the prior.
  ///   - score: The score whose flow is followed.
  ///   - pointCount: The points of the mean, at least 2.
  ///   - stepCount: The steps of the flow.
  ///   - seed: Equal seeds give equal points, whatever the score.
  public init(
    distribution: any KnownScoreDistribution, process: any ForwardProcess,
    score: any ScoreFunction, pointCount: Int = 1000, stepCount: Int = 100, seed: UInt64
  ) {
    precondition(pointCount >= 2, "A standard error needs two points.")
    precondition(distribution.dimension <= Self.largestDimension, "Traces are for few dimensions.")
    let level = process.level(at: process.stop)
    var stream = RandomStream(seed: seed, purpose: .flowDivergence)
    let points = distribution.noisySample(count: pointCount, level: level, using: &stream)
    logDensity = distribution.logDensity(at: points, level: level)
    pass = LikelihoodStepper(process: process, score: score, stepCount: stepCount, points: points)
  }

  public var stepCount: Int { pass.times.count - 1 }
  public var stepsDone: Int { pass.stepsDone }
  public var isFinished: Bool { pass.isFinished }

  /// Takes one step of the flow; does nothing when finished.
  public mutating func step() {
    _ = pass.step()
  }

  /// The divergence, nil until the pass is finished.
  public var divergence: FlowDivergence? {
    guard let flow = pass.logDensity else { return nil }
    let ratio = Estimate(zip(logDensity, flow).map { $0 - $1 })
    return FlowDivergence(
      value: ratio.value, standardError: ratio.standardError, pointCount: logDensity.count,
      stepCount: stepCount)
  }
}
