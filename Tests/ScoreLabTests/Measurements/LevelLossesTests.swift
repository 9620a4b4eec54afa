import ScoreCore
import Testing

@testable import ScoreLab

/// Floor and excess by noise level add up to the loss, and their history stays short.
@Suite struct LevelLossesTests {
  private func measured(_ edits: String..., steps: [Int] = [20]) throws -> (Session, LevelLosses) {
    var session = try Session(try RunConfiguration.small("probe.points=4096").setting(edits))
    session.show(MeasurementRequest([LevelLossesMeasurement.self]))
    for step in steps {
      session.train(to: step)
      session.measureFully()
    }
    return (session, try #require(session.measurements.levelLosses))
  }

  /// What is known in closed form of a target on N(0, I), by the level's alpha and sigma.
  private func closedForm(_ name: String, _ level: NoiseLevel) -> (floor: Double, share: Double)? {
    switch name {
    case "noise": (level.alpha * level.alpha, level.sigma * level.sigma)
    case "data": (level.sigma * level.sigma, level.alpha * level.alpha)
    case "velocity": (1, 0)
    default: nil
    }
  }

  @Test("While training goes on, others are measured as well")
  func sharing() throws {
    var session = try Session(try RunConfiguration.small("probe.points=256"))
    session.show(
      MeasurementRequest([LevelLossesMeasurement.self, IntrinsicDimensionMeasurement.self]))
    session.measureFully()
    let first = try #require(session.measurements.foundDimensions?.step)
    // A pass of each has as many units as there are levels; three take turns.
    let units = 6 * session.configuration.probe.levels
    for _ in 0..<units {
      _ = session.trainStep()
      session.measure()
    }
    #expect(try #require(session.measurements.foundDimensions?.step) > first)
    #expect(try #require(session.measurements.levelLosses?.history.last?.step) > first)
  }

  @Test(
    "On N(0, I) the floors are d alpha^2, d sigma^2 and d, and what is recoverable sigma^2, alpha^2 and 0",
    arguments: ["noise", "data", "velocity"])
  func normal(name: String) throws {
    let (_, losses) = try measured(
      "distribution.kind=linear_subspace", "distribution.intrinsic=2", "distribution.dimension=2")
    let target = try #require(TrainingTargetCatalog.all.first { $0.name == name }).make()
    for (index, level) in losses.levels.enumerated() {
      let expected = try #require(closedForm(name, level.level))
      // Closed forms on both sides: rounding alone is between them, more where hardly anything is told.
      #expect(abs(losses.floor(of: target, at: index) - 2 * expected.floor) <= 1e-9)
      let share = try #require(losses.recoverable(of: target, at: index))
      #expect(abs(share - expected.share) <= 1e-9)
    }
  }

  @Test("Floor plus excess is the loss of fresh draws, for every target")
  func sum() throws {
    let (session, losses) = try measured("distribution.kind=gaussian_mixture")
    let score = session.score
    var stream = RandomStream(seed: 5, purpose: .test)
    let count = 20_000
    for entry in TrainingTargetCatalog.all {
      let target = try entry.make()
      for index in losses.levels.indices {
        let level = losses.levels[index].level
        let y = target.coefficients(at: level)
        let clean = session.distribution.sample(count: count, using: &stream)
        let noise = stream.normals(count: count, dimension: clean.dimension)
        let x = level.noisy(clean, noise: noise)
        let s = score.score(at: x, level: level)
        // F follows from the score as the target's own conversion says.
        let conversion = ScoreConversion(y, at: level)
        let squares = (0..<count).map { row in
          (0..<clean.dimension).reduce(0.0) { sum, axis in
            let prediction =
              (s[row, axis] - conversion.scoreFromPoint * x[row, axis])
              / conversion.scoreFromTarget
            let miss = prediction - y.data * clean[row, axis] - y.noise * noise[row, axis]
            return sum + miss * miss
          }
        }
        let found = Estimate(squares)
        let loss =
          losses.floor(of: target, at: index)
          + losses.factor(of: target, at: index)
          * (try #require(losses.history.last)).excess[index]
        // Five standard errors of the draws, and 0.15 of the excess for that of 4,096 probe points.
        let excess = loss - losses.floor(of: target, at: index)
        #expect(
          abs(found.value - loss) <= 5 * found.standardError + 0.15 * excess,
          "\(entry.name), level \(index): \(found.value) against \(loss)")
      }
    }
  }

  @Test("The history has the newest step and grows with the logarithm of the steps")
  func history() throws {
    var losses = LevelLosses(levels: [])
    for step in 1...100_000 { losses.add(.init(step: step, excess: [])) }
    #expect(losses.history.last?.step == 100_000 && losses.history.first?.step == 1)
    #expect(losses.history.count < 300)
    let steps = losses.history.map(\.step)
    #expect(
      zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 && Double($1) <= 1.11 * Double($0) + 2 })
    losses.forget(after: 500)
    #expect(try #require(losses.history.last).step <= 500)
    losses.add(.init(step: 10, excess: [3]))
    #expect(try #require(losses.history.last) == .init(step: 10, excess: [3]))
  }

  @Test("Each probe adds an entry, of its own step")
  func entries() throws {
    let (session, losses) = try measured(steps: [10, 20, 40])
    #expect(losses.history.map(\.step) == [10, 20, 40])
    let probe = try #require(session.measurements.probe)
    #expect(losses.history.last?.excess == probe.levels.map { $0.l2 * $0.l2 })
  }
}
