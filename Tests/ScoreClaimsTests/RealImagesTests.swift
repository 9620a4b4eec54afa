import ScoreCore
import TestSupport
import Testing

@testable import ScoreClaims
@testable import ScoreLab

@Suite struct RealImagesTests {
  private func configuration(_ assignments: String...) throws -> ExperimentConfiguration {
    try ExperimentConfiguration("real_images").setting(
      [
        "steps=40", "run.network.hidden=[16]", "run.network.time_features=8",
        "run.optimizer.batch=32", "run.optimizer.learning_rate=0.01",
        "run.training_set.count=1000", "run.sampler.count=20", "run.sampler.steps=10",
        "run.probe.levels=3", "run.probe.points=256",
      ] + assignments)
  }

  private typealias Driver = UnitDriver<RealImagesPlan>

  private func run(
    _ configuration: ExperimentConfiguration, threads: Int = 1
  ) throws -> Driver {
    let run = try configuration.makeDriver(threads: threads, dataSource: DataFile())
    return try #require(run as? Driver)
  }

  private func finished(_ run: Driver) throws -> Driver {
    var run = run
    while !run.isFinished { try run.step() }
    return run
  }

  @Test("Every image is in exactly one part")
  func split() throws {
    let split = try run(configuration()).plan.split
    #expect(split.training.count == 1000 && split.heldOut.count == 797)
    let distribution = try configuration().run.distribution.makeDistribution(dataSource: DataFile())
    let images = try #require(distribution as? SmoothedPoints).data
    func sorted(_ points: Points) -> [[Double]] {
      (0..<points.count).map(points.row).sorted { $0.lexicographicallyPrecedes($1) }
    }
    var parts = split.training
    parts.append(split.heldOut)
    #expect(sorted(parts) == sorted(images))
    #expect(split.training.rows(0..<10) != images.rows(0..<10))
  }

  @Test("The report is the same for one and two threads, and its measurement is sound")
  func report() throws {
    let one = try finished(run(configuration()))
    let two = try finished(run(configuration(), threads: 2))
    #expect(one.report == two.report)
    #expect(one.report.faults.isEmpty)
    #expect(one.report.checks.allSatisfy { $0.outcome != .open })
  }

  @Test("A network of 40 steps does not pass for one that has learned the images")
  func untrained() throws {
    let report = try finished(run(configuration())).report
    #expect(report.verdict.answer == .didNotHold)
    #expect(report.verdict.deciding?.name == "network_over_gaussian")
  }

  @Test("The one Gaussian has the moments of the smoothed training part")
  func gaussian() throws {
    let split = try run(configuration()).plan.split
    let gaussian = split.trainingGaussian
    let distribution = try #require(split.trainingDistribution.moments)
    let other = try #require(gaussian.moments)
    #expect(zip(distribution.mean, other.mean).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(abs(distribution.variance - other.variance) < 1e-12)
    // Its score at the mean of a noisy distribution is zero, and minus the inverse covariance
    // next to it.
    let level = NoiseLevel(alpha: 1, sigma: 100)
    var shifted = other.mean
    shifted[3] += 1
    let score = gaussian.score(at: Points(rows: [other.mean, shifted]), level: level)
    #expect(score.row(0).allSatisfy { abs($0) < 1e-12 })
    // The covariance is at most its trace, 64, next to 10,000.
    #expect(abs(score[1, 3] * 10_000 + 1) < 0.01)
  }

  @Test("The interval of a ratio of errors holds the true ratio in 95% of samples")
  func ratioCoverage() {
    var hits = 0
    for index in 0..<1000 {
      var stream = RandomStream(seed: 3, purpose: .test, index: UInt64(index))
      // Squares of dependent normal numbers with variances 1.64 and 1.
      let common = stream.normals(count: 400, dimension: 2)
      let b = (0..<400).map { common[$0, 0] * common[$0, 0] }
      let a = (0..<400).map { row in
        let value = common[row, 0] + 0.8 * common[row, 1]
        return value * value
      }
      let ratio = ErrorRatio(paired: a, over: b)
      if ratio.interval?.contains(1.64.squareRoot()) == true { hits += 1 }
    }
    HeldShare.tell("ratio of two errors of the same points", hits, of: 1000, stated: 0.95)
    // Four standard errors of a share of 0.95 in 1000, and the third order of 400 points.
    let tolerance = 4 * (0.95 * 0.05 / 1000).squareRoot() + 0.005
    #expect(abs(Double(hits) / 1000 - 0.95) < tolerance)
  }

  @Test("An error over itself is 1 without doubt, and over none it has no interval")
  func ratioEnds() {
    let errors = [1.0, 4, 9]
    #expect(ErrorRatio(paired: errors, over: errors).interval == 1...1)
    #expect(ErrorRatio(paired: errors, over: [0, 0, 0]).interval == nil)
  }

  @Test("Before anything is measured every check is open and no picture is missing its place")
  func start() throws {
    let report = try run(configuration()).report
    #expect(report.checks.allSatisfy { $0.outcome == .open })
    guard case .images(let grid)? = report.figures.last?.content else {
      Issue.record("no images")
      return
    }
    #expect(grid.count == 20 && grid.rowLabels.count == 2)
  }

  @Test("Pixels of the grid are those of the data, from 0 to 16 sixteenths")
  func pixels() throws {
    let split = try run(configuration()).plan.split
    let images = try #require(split.images)
    let pixels = images.pixels(split.frame.userUnits(split.training)).map { $0 * 16 }
    // Standardising and back rounds a few times.
    #expect(pixels.allSatisfy { abs($0 - $0.rounded()) < 1e-9 && $0 > -1 && $0 < 17 })
    #expect(pixels.contains { $0.rounded() == 16 } && pixels.contains { $0.rounded() == 0 })
  }

  @Test("The exact score has no error at training images, and its loss is the floor")
  func exactScore() throws {
    let run = try run(configuration())
    var stream = RandomStream(seed: 1, purpose: .test)
    let place = run.plan.places[1]
    let found = ImageErrors.Training(
      ExactScore(run.plan.split.trainingDistribution),
      exact: ExactScore(run.plan.split.trainingDistribution),
      distribution: run.plan.split.trainingDistribution, time: place.time, level: place.level,
      count: 64, delta: 0.05,
      stream: &stream)
    #expect(found.network.l2 == 0 && found.network.quantile.orderStatistic == 0)
    #expect(found.loss == found.floor && found.remainder.value == 0)
  }

  @Test("The floor is dimension minus sigma^2 E|score|^2, by another route")
  func floor() throws {
    let run = try run(configuration())
    var stream = RandomStream(seed: 2, purpose: .test)
    let (distribution, level) = (run.plan.split.trainingDistribution, run.plan.places[1].level)
    let found = ImageErrors.Training(
      ExactScore(distribution), exact: ExactScore(distribution), distribution: distribution,
      time: 1, level: level, count: 512,
      delta: 0.05, stream: &stream)
    let points = level.noisy(
      distribution.sample(count: 512, using: &stream),
      noise: stream.normals(count: 512, dimension: 64))
    let squares = distribution.score(at: points, level: level).squaredNorms()
    let estimates = squares.map { 64 - level.sigma * level.sigma * $0 }
    let other = Estimate(estimates)
    // Two independent means; the spread of |z|^2 in 64 dimensions, sqrt(128), bounds the other's.
    let tolerance = 5 * (128 / 512.0 + other.standardError * other.standardError).squareRoot()
    #expect(abs(found.floor - other.value) < tolerance)
  }

  @Test("Nearest training images are found, and a training image is its own")
  func nearest() throws {
    let split = try run(configuration()).plan.split
    var near = split.training.rows(3..<6)
    for i in near.values.indices { near.values[i] += 0.01 }
    #expect(split.nearest(to: near) == split.training.rows(3..<6))
  }

  @Test("What cannot be split or drawn is refused")
  func refusals() throws {
    for bad in [
      "run.distribution={kind: two_moons}", "run.training_set.count=1790",
      "run.training_set.count=unlimited", "run.objective.noise=fixed",
      "run.optimizer.kind=gradient_descent",
    ] {
      let configuration = try configuration(bad)
      #expect(throws: ParameterError.self, "\(bad)") { try run(configuration) }
    }
  }
}
