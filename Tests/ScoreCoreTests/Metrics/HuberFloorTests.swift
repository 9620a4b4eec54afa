import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// Huber's loss of scores of N(0, v), where every error of the noise is normal.
@Suite struct HuberFloorTests {
  static let process = OrnsteinUhlenbeck(horizon: 4, stop: 0.01)
  static let distribution = ReferenceGaussian(variance: 0.5)

  /// `E rho(e)` for `e ~ N(0, q)`, from the moments of the truncated normal distribution.
  private func huberLoss(variance q: Double, length c: Double) -> Double {
    let a = c / q.squareRoot()
    let density = exp(-a * a / 2) / (2 * Double.pi).squareRoot()
    let tail = erfc(a / 2.0.squareRoot()) / 2
    return q * (1 - 2 * tail - 2 * a * density) + 4 * c * q.squareRoot() * density
      - 2 * c * c * tail
  }

  private func floor(_ objective: Objective) throws -> BayesFloor {
    var run = BayesFloorStepper(
      distribution: Self.distribution, process: Self.process, objective: objective, seed: 6)
    while !run.isFinished { run.step() }
    return try #require(run.floor)
  }

  @Test("The exact score's loss and the excess at one level are their closed forms")
  func oneLevel() throws {
    let level = Self.process.level(at: 0.4)
    let v = Self.distribution.noisyVariance(at: level)
    let left = level.alpha * level.alpha * 0.5 / v
    for target: any TrainingTarget in [NoiseTarget(), DataTarget(), VelocityTarget()] {
      for length in [0.2, 0.7, 3] {
        let objective = Objective(
          target: target, levels: FixedLevel(time: 0.4), huberLength: length)
        let scale = objective.point(at: level, process: Self.process).targetPerNoise
        let exact = huberLoss(variance: scale * left, length: length)
        let floor = try floor(objective)
        #expect(!floor.isLeast)
        #expect(abs(floor.value - exact) <= 4 * floor.error, "\(floor) for \(exact)")
        #expect(floor.error < 0.03 * exact)
        // z + sigma s_hat for s_hat = 1.5 s: the error grows by half the explained part.
        let wrong = TestScore(dimension: 1) { x, level in
          Points(
            values: Self.distribution.score(at: x, level: level).values.map { 1.5 * $0 },
            dimension: 1)
        }
        let excess = HeldOutLoss(
          distribution: Self.distribution, process: Self.process, objective: objective, seed: 7
        ).estimate(of: wrong)
        let difference =
          huberLoss(variance: scale * (left + 0.25 * (1 - left)), length: length) - exact
        #expect(
          abs(excess.value - difference) <= 4 * excess.standardError,
          "\(excess) for \(difference)")
        #expect(excess.standardError < 0.2 * difference)
      }
    }
  }

  @Test("The loss of a run at rest is the exact score's loss plus its excess")
  func training() throws {
    let objective = Objective(weighting: P2Weighting(), huberLength: 0.5)
    var run = Trainer(
      architecture: Perceptron(dimension: 1, hidden: [8], timePairs: 2), process: Self.process,
      trainingSet: .unlimited(Self.distribution), objective: objective,
      optimization: Optimization(learningRate: 0), batch: 512, seed: 2)
    let losses = Estimate((0..<300).map { _ in run.step().loss })
    let floor = try floor(objective)
    let excess = HeldOutLoss(
      distribution: Self.distribution, process: Self.process, objective: objective, seed: 3,
      pointsPerLevel: 200
    ).estimate(of: run.averagedScore)
    let error = hypot(losses.standardError, hypot(floor.error, excess.standardError))
    #expect(abs(losses.value - floor.value - excess.value) <= 4 * error)
    #expect(error < 0.01 * losses.value && excess.value > 20 * error)
    // The squared loss of the same run is another number.
    var squared = run
    squared = Trainer(
      architecture: run.architecture, process: Self.process,
      trainingSet: .unlimited(Self.distribution),
      objective: Objective(weighting: P2Weighting()),
      optimization: Optimization(learningRate: 0), batch: 512, seed: 2)
    #expect(squared.step().loss > losses.value + 20 * error)
  }
}
