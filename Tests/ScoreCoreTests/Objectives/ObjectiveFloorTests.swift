import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// Bayes floors of every target and weighting by independent routes.
@Suite struct ObjectiveFloorTests {
  static let process = OrnsteinUhlenbeck(horizon: 3, stop: 0.02)
  static let distribution = ReferencePair(separation: 1, variance: 0.04)

  private func floor(
    _ objective: Objective, of distribution: any KnownScoreDistribution
  ) throws -> BayesFloor {
    var run = BayesFloorStepper(
      distribution: distribution, process: Self.process, objective: objective, seed: 4)
    while !run.isFinished { run.step() }
    return try #require(run.floor)
  }

  @Test("At one level the floors of targets of N(0, I) are their closed forms")
  func closedForms() throws {
    let distribution = ReferenceGaussian(dimension: 3)
    let level = Self.process.level(at: 0.4)
    let (a2, s2) = (level.alpha * level.alpha, level.sigma * level.sigma)
    let exact: [(any TrainingTarget, Double)] = [
      (NoiseTarget(), 3 * a2), (DataTarget(), 3 * s2), (VelocityTarget(), 3),
      (ScoreTarget(), 3 * a2 / s2),
      // Var(z - x_0 | x) = 2 - (sigma - alpha)^2, and alpha^2 + sigma^2 = 1.
      (FlowTarget(), 3 * (1 + 2 * level.alpha * level.sigma)),
    ]
    for (target, value) in exact {
      let found = try floor(
        Objective(target: target, levels: FixedLevel(time: 0.4)), of: distribution)
      #expect(abs(found.value / value - 1) < 1e-12 && found.method == .exact)
    }
  }

  /// `E w Var(y | x)` from the definition: the conditional mean of x_0 by quadrature over x_0.
  private func conditionalVariance(of objective: Objective, at level: NoiseLevel) -> Double {
    let c = objective.target.coefficients(at: level)
    let h = 0.01
    let x0 = stride(from: -2.2, through: 2.2, by: h).map { $0 }
    let prior = Self.distribution.logDensity(at: Points(values: x0, dimension: 1), level: .clean)
      .map { exp($0) * h }
    var total = 0.0
    let step = min(0.02, level.sigma / 8)
    for x in stride(from: -7.0, through: 7, by: step) {
      var (mass, mean, square) = (0.0, 0.0, 0.0)
      for (value, weight) in zip(x0, prior) {
        let z = (x - level.alpha * value) / level.sigma
        let joint = weight * exp(-z * z / 2) / (level.sigma * (2 * Double.pi).squareRoot())
        let y = c.data * value + c.noise * z
        mass += joint
        mean += joint * y
        square += joint * y * y
      }
      if mass > 0 { total += (square - mean * mean / mass) * step }
    }
    return total * objective.weight(at: level, process: Self.process)
  }

  @Test("The floor is the conditional variance of the target, for every target")
  func definition() throws {
    for entry in TrainingTargetCatalog.all {
      for time in [0.05, 0.5] {
        let objective = Objective(
          target: try entry.make(), weighting: P2Weighting(), levels: FixedLevel(time: time))
        let found = try floor(objective, of: Self.distribution)
        let exact = conditionalVariance(of: objective, at: Self.process.level(at: time))
        // Quadrature to five digits; the distribution gives no Fisher information, so the floor is
        // drawn.
        #expect(
          abs(found.value - exact) <= 5 * found.error + 2e-5 * exact,
          "\(entry.name) at \(time): \(found.value) +- \(found.error) for \(exact)")
      }
    }
  }

  @Test("The loss of a wrong score lies above the floor by its weighted error")
  func excess() throws {
    let wrong = TestScore(dimension: 1) { x, level in
      Points(
        values: zip(Self.distribution.score(at: x, level: level).values, x.values).map {
          0.9 * $0 + 0.2 * sin(3 * $1)
        }, dimension: 1)
    }
    for entry in TrainingTargetCatalog.all {
      let objective = Objective(target: try entry.make(), weighting: MinSNRWeighting())
      let floor = try floor(objective, of: Self.distribution)
      let held = HeldOutLoss(
        distribution: Self.distribution, process: Self.process, objective: objective, seed: 2,
        pointsPerLevel: 500)
      let (loss, error) = plainLoss(of: wrong, objective)
      let sum = floor.value + held.excess(of: wrong)
      // Three Monte Carlo estimates; the held-out one has far less variance than the loss.
      #expect(
        abs(loss - sum) < 5 * (error + floor.error) + 0.01 * held.excess(of: wrong),
        "\(entry.name): loss \(loss) +- \(error), floor plus excess \(sum)")
    }
  }

  /// The loss by its definition, with the prediction that belongs to the score.
  private func plainLoss(
    of score: any ScoreFunction, _ objective: Objective
  ) -> (mean: Double, error: Double) {
    let (levels, count) = (400, 500)
    var (sum, variance) = (0.0, 0.0)
    for k in 0..<levels {
      let u = (Double(k) + 0.5) / Double(levels)
      let level = objective.levels.level(atQuantile: u, of: Self.process)
      var stream = RandomStream(seed: 1, purpose: .test, index: UInt64(k))
      let clean = Self.distribution.sample(count: count, using: &stream)
      let noise = stream.normals(count: count, dimension: 1)
      let x = zip(clean.values, noise.values).map { level.alpha * $0 + level.sigma * $1 }
      let s = score.score(at: Points(values: x, dimension: 1), level: level)
      let c = objective.target.coefficients(at: level)
      let weight = objective.weight(at: level, process: Self.process)
      let losses = (0..<count).map { i in
        let z = -level.sigma * s.values[i]
        let x0 = (x[i] - level.sigma * z) / level.alpha
        let gap = c.data * (x0 - clean.values[i]) + c.noise * (z - noise.values[i])
        return weight * gap * gap
      }
      let mean = losses.reduce(0, +) / Double(count)
      sum += mean
      variance += losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count * count)
    }
    return (sum / Double(levels), variance.squareRoot() / Double(levels))
  }

  @Test("The loss of the zero prediction is stated for data of unit variance")
  func zeroLoss() throws {
    // Noise: d. Velocity: alpha^2 + sigma^2 a coordinate. Score at one level: d / sigma^2.
    #expect(abs(Objective().zeroLoss(dimension: 3, process: Self.process) - 3) < 1e-12)
    let velocity = Objective(target: VelocityTarget())
    #expect(abs(velocity.zeroLoss(dimension: 2, process: Self.process) - 2) < 1e-12)
    let flow = Objective(target: FlowTarget())
    #expect(abs(flow.zeroLoss(dimension: 2, process: FlowProcess()) - 4) < 1e-12)
    let score = Objective(target: ScoreTarget(), levels: FixedLevel(time: 0.4))
    let sigma = Self.process.level(at: 0.4).sigma
    let exact = 2 / (sigma * sigma)
    #expect(abs(score.zeroLoss(dimension: 2, process: Self.process) / exact - 1) < 1e-12)
    // Huber: errors of 100 sqrt(d) lose 2 c 100 sqrt(d) - c^2 in place of 1e4 d.
    let huber = Objective(huberLength: 2)
    let far = huber.zeroLoss(dimension: 4, process: Self.process, factor: 100)
    #expect(abs(far - (2 * 2 * 200 - 4)) < 1e-9)
    #expect(
      abs(Objective().zeroLoss(dimension: 4, process: Self.process, factor: 100) - 4e4) < 1e-6)
  }
}
