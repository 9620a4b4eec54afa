import Testing

@testable import ScoreCore
@testable import ScoreTheory

@Suite struct FlowVelocityTests {
  private let mixture = IsotropicMixture(
    means: Points(rows: [[-1, 0], [2, 1]]), weights: [1, 2], deviations: [0.4, 0.7])

  @Test("The velocity is the drift of the probability-flow ODE", arguments: [0.01, 0.4, 0.9])
  func drift(time: Double) {
    let process = FlowProcess()
    let level = process.level(at: time)
    var stream = RandomStream(seed: 3, purpose: .test)
    let x = stream.normals(count: 20, dimension: 2)
    let score = mixture.score(at: x, level: level)
    let velocity = FlowVelocity(at: level).velocity(at: x, score: score)
    for index in x.values.indices {
      let expected =
        process.drift(at: time) * x.values[index] - process.diffusionSquared(at: time) / 2
        * score.values[index]
      #expect(abs(velocity.values[index] - expected) < 1e-10 * max(1, abs(expected)))
      let closed = -(x.values[index] + level.sigma * score.values[index]) / level.alpha
      #expect(abs(velocity.values[index] - closed) < 1e-10 * max(1, abs(closed)))
    }
    let back = FlowVelocity(at: level).score(at: x, velocity: velocity)
    for (back, score) in zip(back.values, score.values) {
      #expect(abs(back - score) < 1e-9 * max(1, abs(score)))
    }
  }

  @Test("On N(0, v) it is the mean of z - x_0 given x")
  func normal() {
    let v = 2.5
    let law = IsotropicMixture(means: Points(rows: [[0]]), deviations: [v.squareRoot()])
    let level = FlowProcess().level(at: 0.3)
    let x = Points(rows: [[-1], [0.5], [3]])
    let found = FlowVelocity(at: level).velocity(at: x, score: law.score(at: x, level: level))
    let total = level.alpha * level.alpha * v + level.sigma * level.sigma
    for (x, found) in zip(x.values, found.values) {
      #expect(abs(found - (level.sigma - level.alpha * v) * x / total) < 1e-12)
    }
  }

  @Test("Errors of score and velocity are in proportion, sigma / alpha at every point")
  func errors() {
    let level = FlowProcess().level(at: 0.25)
    let flow = FlowVelocity(at: level)
    #expect(abs(flow.errorFactor - 1.0 / 3) < 1e-12)
    let x = Points(rows: [[0.3, -2]])
    let one = flow.velocity(at: x, score: Points(rows: [[1, 2]]))
    let other = flow.velocity(at: x, score: Points(rows: [[4, 6]]))
    let gap = zip(one.values, other.values).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
    #expect(abs(gap.squareRoot() - 5.0 / 3) < 1e-12)
  }
}
