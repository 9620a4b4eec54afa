import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct RealImagesTests {
  private func configuration(_ assignments: String...) throws -> ExperimentConfiguration {
    try ExperimentConfiguration("real_images").setting(
      [
        "steps=40", "run.network.hidden=[16]", "run.network.time_features=8",
        "run.optimizer.batch=32", "run.optimizer.learning_rate=0.01",
        "run.training_set.count=1000", "run.sampler.count=20", "run.sampler.steps=10",
        "run.probe.levels=3", "run.probe.points=64",
      ] + assignments)
  }

  private func run(
    _ configuration: ExperimentConfiguration, threads: Int = 1
  ) throws -> RealImagesRun {
    let run = try configuration.makeRun(threads: threads, dataSource: DataFile())
    return try #require(run as? RealImagesRun)
  }

  private func finished(_ run: RealImagesRun) -> RealImagesRun {
    var run = run
    while !run.isFinished { run.step() }
    return run
  }

  @Test("Every image is in exactly one part")
  func split() throws {
    let split = try run(configuration()).split
    #expect(split.training.count == 1000 && split.heldOut.count == 797)
    let law = try configuration().run.distribution.makeLaw(dataSource: DataFile())
    let images = try #require(law as? SmoothedPoints).data
    func sorted(_ points: Points) -> [[Double]] {
      (0..<points.count).map(points.row).sorted { $0.lexicographicallyPrecedes($1) }
    }
    var parts = split.training
    parts.append(split.heldOut)
    #expect(sorted(parts) == sorted(images))
    #expect(split.training.rows(0..<10) != images.rows(0..<10))
  }

  @Test("The report is the same for one and two threads, and its checks pass")
  func report() throws {
    let one = finished(try run(configuration()))
    let two = finished(try run(configuration(), threads: 2))
    #expect(one.report == two.report)
    for check in one.report.checks { #expect(check.outcome == .passed, "\(check)") }
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
    let split = try run(configuration()).split
    let pixels = split.pixels(split.training).map { $0 * 16 }
    // Standardising and back rounds a few times.
    #expect(pixels.allSatisfy { abs($0 - $0.rounded()) < 1e-9 && $0 > -1 && $0 < 17 })
    #expect(pixels.contains { $0.rounded() == 16 } && pixels.contains { $0.rounded() == 0 })
  }

  @Test("The exact score has no error at training images, and its loss is the floor")
  func exactScore() throws {
    let run = try run(configuration())
    var stream = RandomStream(seed: 1, purpose: .test)
    let place = run.levels[1]
    let found = ImageErrors.Training(
      ExactScore(run.split.trainingLaw), law: run.split.trainingLaw, time: place.time,
      level: place.level, count: 64, delta: 0.05, stream: &stream)
    #expect(found.network.l2 == 0 && found.network.quantile == 0)
    #expect(found.loss == found.floor && found.remainder.value == 0)
  }

  @Test("The floor is dimension minus sigma^2 E|score|^2, by another route")
  func floor() throws {
    let run = try run(configuration())
    var stream = RandomStream(seed: 2, purpose: .test)
    let (law, level) = (run.split.trainingLaw, run.levels[1].level)
    let found = ImageErrors.Training(
      ExactScore(law), law: law, time: 1, level: level, count: 512, delta: 0.05, stream: &stream)
    let points = level.noisy(
      law.sample(count: 512, using: &stream), noise: stream.normals(count: 512, dimension: 64))
    let squares = law.score(at: points, level: level).squaredNorms()
    let estimates = squares.map { 64 - level.sigma * level.sigma * $0 }
    let other = Estimate(estimates)
    // Two independent means; the spread of |z|^2 in 64 dimensions, sqrt(128), bounds the other's.
    let tolerance = 5 * (128 / 512.0 + other.standardError * other.standardError).squareRoot()
    #expect(abs(found.floor - other.value) < tolerance)
  }

  @Test("Nearest training images are found, and a training image is its own")
  func nearest() throws {
    let split = try run(configuration()).split
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
