import Glibc
import ScoreCore
import Testing

@testable import ScoreLab

/// Tangent kernel, features and gradients of the live network, against closed forms and their nulls.
@Suite struct NetworkLevelsTests {
  private func session(_ edits: [String], steps: Int = 5) throws -> Session {
    var session = try Session(
      try RunConfiguration.small("probe.points=200", "probe.levels=4").setting(edits))
    session.show(
      MeasurementRequest([
        TangentRankMeasurement.self, FeatureLevelMeasurement.self, GradientLevelMeasurement.self,
      ]))
    session.train(to: steps)
    session.measureFully()
    return session
  }

  private func levels<Level>(_ found: NetworkLevels<Level>?) throws -> [Level] {
    guard case .known(_, let levels) = try #require(found) else {
      Issue.record("nothing was measured: \(String(describing: found))")
      return []
    }
    return levels
  }

  @Test("Every level has a rank between 1 and the number of points, and an interval about it")
  func ranks() throws {
    let found = try session([], steps: 5)
    #expect(found.measurements.tangentRanks?.step == 5)
    let ranks = try levels(found.measurements.tangentRanks)
    #expect(ranks.count == 4)
    for rank in ranks {
      for number in [rank.trained, rank.untrained] {
        #expect((1...Double(rank.pointCount)).contains(number.value))
        #expect(number.interval.contains(number.value))
        #expect(number.interval.upperBound > number.interval.lowerBound)
      }
    }
  }

  @Test("Before the first step the network is its own null")
  func start() throws {
    let found = try session([], steps: 0)
    for rank in try levels(found.measurements.tangentRanks) {
      #expect(rank.trained == rank.untrained)
    }
    for level in try levels(found.measurements.featureLevels) {
      #expect(level.trained == level.untrained)
    }
    let trained = try session(["optimizer.learning_rate=0.01"], steps: 300)
    let ranks = try levels(trained.measurements.tangentRanks)
    #expect(ranks.contains { $0.trained != $0.untrained })
  }

  @Test("The kernel of directions is that of the outputs: on the line the sign cancels")
  func gram() throws {
    let session = try session(["distribution.kind=laplace"], steps: 5)
    let level = session.training.process.level(at: 0.3)
    var stream = RandomStream(seed: 2, purpose: .test)
    let x = stream.normals(count: 6, dimension: 1)
    let directions = stream.normals(count: 6, dimension: 1)
    let one = session.score.directionalTangentGram(at: x, along: directions, level: level)
    let other = session.score.tangentGram(at: x, level: level)
    for i in 0..<36 {
      let sign = (directions[i / 6, 0] * directions[i % 6, 0]).sign == .minus ? -1.0 : 1
      // Sums in float32 in another order.
      #expect(abs(one[i] - sign * other[i]) <= 1e-4 * abs(other[i]) + 1e-6)
    }
  }

  @Test("The eigenvalues of a covariance are those of its rows, whichever side is longer")
  func covariance() throws {
    // Variances 4 and 1 along the axes, on the corners of a rectangle.
    let rows: [Double] = [2, 1, 2, -1, -2, 1, -2, -1]
    #expect(CovarianceEigenvalues.ofRows(rows, width: 2) == [4, 16])
    let wide = CovarianceEigenvalues.ofRows([1, 0, 0, 0, 0, -1, 0, 0, 0, 0], width: 5)
    #expect(wide.count == 2 && abs(wide[1] - 2) <= 1e-12 && abs(wide[0]) <= 1e-12)
  }

  @Test("Parts of a ring are told with little noise and not with much, and permuted ones never")
  func features() throws {
    let found = try session(
      [
        "distribution.kind=ring_of_gaussians", "distribution.count=6",
        "training_set.count=unlimited", "network.hidden=[32, 32]", "process.stop=0.001",
        "optimizer.learning_rate=0.005",
      ], steps: 300)
    let features = try levels(found.measurements.featureLevels)
    let (least, most) = (try #require(features.first), try #require(features.last))
    #expect(least.partCount == 6 && least.width == 32)
    #expect(try #require(least.trained.separability).value > 0.8)
    #expect(try #require(least.pointSeparability) > 0.95)
    for level in features {
      let told = try #require(level.trained.separability)
      #expect(told.interval.contains(told.value))
      // 19 guesses among six parts, 200 points each: five deviations above a sixth.
      #expect(try #require(level.permuted) < 0.32)
      #expect(level.trained.firstAxis.value <= level.trained.firstTwoAxes.value)
      #expect(level.trained.firstTwoAxes.value <= 1 + 1e-9)
    }
    #expect(try #require(most.trained.separability).value < 0.45)
  }

  @Test("The two moons are two parts, a Swiss roll and a single Gaussian have none")
  func parts() throws {
    func parts(_ edits: String...) throws -> MixtureParts? {
      MixtureParts(
        of: try RunConfiguration.small().setting(edits).distribution.makeDistribution(
          dataSource: DataFile()))
    }
    let moons = try #require(try parts("distribution.kind=two_moons"))
    #expect(moons.count == 2)
    var stream = RandomStream(seed: 1, purpose: .test)
    let drawn = moons.sample(count: 400, using: &stream)
    // The upper moon is the one with the larger mean height; both have half of the points.
    let shares = (0..<2).map { part in drawn.labels.count { $0 == part } }
    #expect(shares.allSatisfy { $0 > 140 })
    #expect(try parts("distribution.kind=ring_of_gaussians", "distribution.count=7")?.count == 7)
    #expect(try parts("distribution.kind=swiss_roll") == nil)
    #expect(
      try parts(
        "distribution={kind: gaussian_mixture, components: [{mean: [0, 1], deviation: 0.5}]}")
        == nil)
  }

  @Test(
    "The nearer the network is to the exact one, the more of the gradients' noise is the floor's")
  func gradients() throws {
    let found = try session(
      ["training_set.count=unlimited", "optimizer.learning_rate=0.01"], steps: 400)
    let gradients = try levels(found.measurements.gradientLevels)
    #expect(gradients.count == 4)
    for level in gradients {
      #expect(level.floorShare.value > 0 && level.floorShare.value <= 1)
      #expect(level.drawn.low <= level.drawn.value && level.drawn.value <= level.drawn.high)
    }
    let start = try levels(try session([], steps: 0).measurements.gradientLevels)
    #expect(
      gradients.map(\.floorShare.value).reduce(0, +) > start.map(\.floorShare.value).reduce(0, +))
  }

  @Test("What cannot be measured is said")
  func obstacles() throws {
    func obstacle<Level>(_ found: NetworkLevels<Level>?) -> NetworkObstacle? {
      guard case .missing(let obstacle) = found else { return nil }
      #expect(!obstacle.text.isEmpty && obstacle.text.last != ".")
      return obstacle
    }
    let linear = try session(["network.kind=linear"]).measurements
    #expect(obstacle(linear.featureLevels) == .withoutHiddenLayer)
    #expect(obstacle(linear.tangentRanks) == nil)
    let tangent = try session(["network.kind=ntk"]).measurements
    #expect(obstacle(tangent.featureLevels) == .notPerceptron)
    #expect(obstacle(tangent.gradientLevels) == nil)
    let huber = try session(["objective.huber_length=1"]).measurements
    #expect(obstacle(huber.gradientLevels) == .huber)
  }

  @Test("A ratio has its value and an interval; a spread without a mean has no end")
  func numbers() {
    let ratio = DrawnNumber(ofRatio: [1, 2, 3], to: [2, 4, 6], reach: 4.3)
    #expect(abs(ratio.value - 0.5) <= 1e-12)
    #expect(abs(ratio.interval.upperBound - 0.5) <= 1e-12)
    let spread = GradientLevel.Spread(
      signalToNoise: DrawnNumber(value: 0.25, interval: -0.1...1))
    #expect(spread.value == 2 && spread.low == 1 && spread.high == .infinity)
    #expect(DrawnNumber(ofRatio: [1, 1], to: [0, 0], reach: 1).value.isNaN)
  }
}
