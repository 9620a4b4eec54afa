import Glibc
import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct LocalisedRegressionTests {
  private static let small = [
    "points=60", "repeats=3", "last_step=300", "run_points=30", "width=32", "network_steps=30",
    "dense_points=50",
  ]

  @Test("The report is the same for one and two threads")
  func threads() throws {
    let one = try ExperimentConfiguration.finished(
      "localised_regression", Self.small, threads: 1)
    #expect(
      try "\(one)" == "\(ExperimentConfiguration.finished("localised_regression", Self.small))")
    #expect(one.faults.isEmpty)
  }

  @Test("Means over the laid-out points are those of the mixture's closed forms")
  func grid() {
    let values = LocalisedRegression()
    let grid = NoisyLine(values, values.distribution, timeCount: 6)
    // E x^2 = alpha^2 Var X_0 + sigma^2 and E[truth x] = alpha Var X_0, averaged over the six times.
    let variance = 0.95 * (1 + 0.04) + 0.05 * 16
    let levels = (0..<6).map { values.level(at: 0.1 + 0.9 * (Double($0) + 0.5) / 6) }
    let square = levels.reduce(0) { $0 + $1.alpha * $1.alpha * variance + $1.sigma * $1.sigma } / 6
    let product = levels.reduce(0) { $0 + $1.alpha * variance } / 6
    #expect(abs(grid.mean(grid.x.map { _ in 1 }) - 1) < 1e-12)
    // Beyond six deviations of the widest part lie 2e-9 of it.
    #expect(abs(grid.mean(grid.x.map { $0 * $0 }) - square) < 1e-6)
    #expect(abs(grid.mean(zip(grid.x, grid.truth).map { $0 * $1 }) - product) < 1e-6)
  }

  @Test("A quantile is exceeded by delta of the distribution, and no less")
  func quantile() {
    let values = LocalisedRegression()
    let grid = NoisyLine(values, values.distribution, timeCount: 2)
    let sizes = grid.x.map { abs($0) }
    let found = grid.quantile(sizes, delta: 0.05)
    #expect(grid.mean(sizes.map { $0 > found ? 1 : 0 }) <= 0.05)
    #expect(grid.mean(sizes.map { $0 >= found ? 1 : 0 }) > 0.05)
  }

  @Test("Without radius and ball no label is changed, and less of either changes more")
  func mismatch() {
    let plan = LocalisedRegressionPlan(values: LocalisedRegression(), seed: 7)
    #expect(plan.mismatch(radius: .infinity, ball: .infinity) == 0)
    let byRadius = plan.values.radii.map { plan.mismatch(radius: $0, ball: .infinity) }
    let byBall = plan.values.balls.map { plan.mismatch(radius: .infinity, ball: $0) }
    for found in [byRadius, byBall] {
      #expect(zip(found, found.dropFirst()).allSatisfy { $0 > $1 })
    }
  }

  @Test("A constant is one input more, for kernel and network alike")
  func constant() throws {
    let report = try ExperimentConfiguration.finished(
      "localised_regression", Self.small + ["inputs=with_constant"])
    #expect(report.faults.isEmpty)
    var values = LocalisedRegression()
    #expect(
      LocalisedRegressionPlan(values: values, seed: 7).inputs([2], [0.4]).values == [2, 0.4 - 0.1])
    values.inputs = .withConstant
    #expect(
      LocalisedRegressionPlan(values: values, seed: 7).inputs([2], [0.4]).values == [
        2, 0.4 - 0.1, 1,
      ])
  }

  @Test("Points of a run lie within the radius, however small, and are as many as are asked for")
  func withinRadius() {
    var values = LocalisedRegression()
    values.radius = 0.1
    let plan = LocalisedRegressionPlan(values: values, seed: 7)
    var stream = plan.stream(0, isRun: true)
    let sample = plan.sample(20, radius: 0.1, using: &stream)
    #expect(sample.x.count == 20 && sample.x.allSatisfy { abs($0) <= 0.1 })
  }

  @Test("Shells cover every point once: thirds of R and what is beyond, thirds of the time")
  func shells() {
    let values = LocalisedRegression()
    #expect([0, -0.9, 1.1, -2.5, 3, 40].map { values.shell(of: $0) } == [0, 0, 1, 2, 3, 3])
    #expect([0.1, 0.39, 0.41, 0.71, 1].map { values.timeShell(of: $0) } == [0, 0, 1, 2, 2])
  }

  @Test(
    "Values that do not fit are refused with the place",
    arguments: [(["first_time=1", "last_time=0.5"], "first_time"), (["width=9"], "width")])
  func refusals(assignments: [String], place: String) throws {
    do {
      _ = try ExperimentConfiguration.finished("localised_regression", assignments)
      Issue.record("nothing was refused")
    } catch { #expect("\(error)".contains(place)) }
  }
}
