import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct FreshNoiseTests {
  @Test("Times in the wrong order are refused with the place")
  func refusal() {
    do {
      _ = try ExperimentConfiguration("fresh_noise").setting(["first_time=1", "last_time=0.5"])
        .makeDriver(dataSource: DataFile())
      Issue.record("nothing was refused")
    } catch { #expect("\(error)".contains("first_time")) }
  }

  @Test("The rows of fresh noise have the best line of the points, by their mean square")
  func freshLine() {
    let level = OrnsteinUhlenbeck(horizon: 1, stop: 0.1).level(at: 0.3)
    let points = Points(rows: [[-1.5], [0.2], [0.9], [3]])
    let found = FreshNoisePlan.minimiser(
      LinearFeatures(dimension: 1, hasIntercept: false),
      FreshNoisePlan.freshRows(points, level: level, resolution: 4), ridge: 0)
    let square = points.values.reduce(0) { $0 + $1 * $1 } / 4
    let expected =
      level.sigma / (level.alpha * level.alpha * square + level.sigma * level.sigma)
    #expect(abs(found.weights[0] - expected) < 1e-10)
  }

  @Test("The closed form falls from that of one noise a point to that of fresh noise")
  func closedForm() {
    let level = OrnsteinUhlenbeck(horizon: 1, stop: 0.1).level(at: 0.2)
    let u = level.sigma * level.sigma
    #expect(abs(FreshNoise.expectedNormal(1, level: level) - (1 - u)) < 1e-12)
    let fresh = FreshNoise.expectedNormal(nil, level: level)
    #expect(abs(fresh - 2 * u * (1 - u) * (1 - u)) < 1e-12)
    #expect(abs(FreshNoise.expectedNormal(1_000_000_000, level: level) - fresh) < 1e-8)
  }
}
