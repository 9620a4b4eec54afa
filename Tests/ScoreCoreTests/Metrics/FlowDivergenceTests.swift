import Glibc
import ScoreCore
import TestSupport
import Testing

@Suite struct FlowDivergenceTests {
  private func divergence(
    _ distribution: any KnownScoreDistribution, _ process: any ForwardProcess,
    score: any ScoreFunction,
    points: Int = 2000, steps: Int = 100, seed: UInt64 = 3
  ) throws -> FlowDivergence {
    var run = FlowDivergenceStepper(
      distribution: distribution, process: process, score: score, pointCount: points,
      stepCount: steps,
      seed: seed)
    #expect(run.divergence == nil)
    while !run.isFinished { run.step() }
    #expect(run.stepsDone == steps)
    return try #require(run.divergence)
  }

  /// KL(N(0, p I) || N(0, q I)) and the deviation of the log ratio of the densities under the
  /// first.
  private func gaussian(_ p: Double, _ q: Double, dimension: Int) -> (mean: Double, spread: Double)
  {
    let ratio = p / q
    return (
      Double(dimension) * (ratio - 1 - log(ratio)) / 2,
      abs(ratio - 1) * (Double(dimension) / 2).squareRoot()
    )
  }

  @Test(
    "The exact score of a Gaussian leaves the divergence of the horizon's distribution from the prior",
    arguments: try ProcessSubject.all())
  func exactScore(subject: ProcessSubject) throws {
    let process = subject.process
    let distribution = ReferenceGaussian(dimension: 2, variance: 0.6)
    let found = try divergence(distribution, process, score: ExactScore(distribution), steps: 200)
    let exact = gaussian(
      distribution.noisyVariance(at: process.level(at: process.horizon)),
      process.priorDeviation * process.priorDeviation, dimension: 2)
    // The flow itself is good to 1e-7.
    #expect(abs(found.value - exact.mean) < 5 * found.standardError + 1e-7, "\(found)")
    // The error of a variance estimated from 2000 heavy-tailed values is some 5%.
    let error = exact.spread / 2000.0.squareRoot()
    #expect(abs(found.standardError - error) < 0.25 * error + 1e-7, "\(found) for \(error)")
  }

  @Test("The exact score of a mixture is at zero when the horizon keeps no signal")
  func exactMixture() throws {
    let distribution = GaussianMixture([
      .init(weight: 1, mean: [0, 0], spread: .isotropic(0.5)),
      .init(weight: 2, mean: [1.5, 1], spread: .full([[1, 0.2], [0.2, 0.5]])),
    ])
    let found = try divergence(
      distribution, OrnsteinUhlenbeck(horizon: 18, stop: 0.001), score: ExactScore(distribution),
      steps: 400)
    // What is left at every point is below 1e-6, as the likelihood's own tests show.
    #expect(abs(found.value) < 1e-6 && found.standardError < 1e-7, "\(found)")
  }

  /// With `-c x / V`, `V = alpha^2 v + sigma^2`, the flow is `d log x = (1 - c) d log alpha + c/2 d
  /// log V`.
  @Test(
    "A score scaled by c carries the prior to the Gaussian of the closed form",
    arguments: [0.9, 1.1], [1, 2])
  func scaledScore(c: Double, dimension: Int) throws {
    let distribution = ReferenceGaussian(dimension: dimension, variance: 0.25)
    let scaled = TestScore(dimension: dimension) { x, level in
      Points(
        values: distribution.score(at: x, level: level).values.map { c * $0 }, dimension: dimension)
    }
    for process in [OrnsteinUhlenbeck(horizon: 4, stop: 0.01), VarianceExploding()]
      as [any ForwardProcess]
    {
      let (stop, end) = (process.level(at: process.stop), process.level(at: process.horizon))
      let carried =
        process.priorDeviation * process.priorDeviation
        * pow(stop.alpha / end.alpha, 2 * (1 - c))
        * pow(distribution.noisyVariance(at: stop) / distribution.noisyVariance(at: end), c)
      let exact = gaussian(distribution.noisyVariance(at: stop), carried, dimension: dimension)
      let found = try divergence(distribution, process, score: scaled, steps: 200)
      let error = exact.spread / 2000.0.squareRoot()
      #expect(exact.mean > 10 * error, "The case must show a difference.")
      #expect(abs(found.value - exact.mean) < 5 * error + 1e-6, "\(found) for \(exact.mean)")
      #expect(abs(found.standardError - error) < 0.25 * error, "\(found) for \(error)")
    }
  }

  @Test("The exact score of another Gaussian gives the divergence from that Gaussian")
  func otherGaussian() throws {
    let distribution = ReferenceGaussian(variance: 1)
    let process = OrnsteinUhlenbeck(horizon: 18, stop: 0.01)
    let other = ReferenceGaussian(variance: 2)
    let found = try divergence(distribution, process, score: ExactScore(other), steps: 200)
    let level = process.level(at: process.stop)
    let exact = gaussian(
      distribution.noisyVariance(at: level), other.noisyVariance(at: level), dimension: 1)
    #expect(abs(found.value - exact.mean) < 5 * exact.spread / 2000.0.squareRoot())
    // A part that is left out is dear: the right half of a pair.
    let pair = ReferencePair(separation: 1, variance: 0.1)
    let half = GaussianMixture([.init(mean: [-1], spread: .isotropic(0.1.squareRoot()))])
    let missing = try divergence(pair, process, score: ExactScore(half), steps: 200)
    // Of the two densities only that about the point counts, so at x the log ratio is 2 alpha x / v
    // - log 2 on the right, alpha^2 / v in the mean over both halves, and -log 2 left.
    let v = 0.1 * level.alpha * level.alpha + level.sigma * level.sigma
    let expected = level.alpha * level.alpha / v - log(2)
    #expect(abs(missing.value - expected) < 5 * missing.standardError, "\(missing) \(expected)")
  }

  @Test("Equal seeds give equal bits, others other points")
  func seeds() throws {
    let (distribution, process) = (ReferencePair(), OrnsteinUhlenbeck(horizon: 3, stop: 0.01))
    let score = ExactScore(ReferencePair(separation: 1.1))
    func value(_ seed: UInt64) throws -> FlowDivergence {
      try divergence(distribution, process, score: score, points: 50, steps: 20, seed: seed)
    }
    #expect(try value(1) == value(1))
    #expect(try value(1) != value(2))
  }
}
