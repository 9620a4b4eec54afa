import Glibc
import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreLab

/// The minimisers of a run's class and the parts of its error, against closed forms.
@Suite struct ErrorPartsTests {
  private static func configuration(_ assignments: String...) throws -> RunConfiguration {
    try RunConfiguration().setting(
      [
        "network.kind=linear", "network.time_embedding=plain", "training_set.count=200",
        "objective={levels: fixed, level_time: 0.5}", "probe.levels=4", "probe.points=2048",
      ] + assignments)
  }

  /// The minimisers of a configuration, and the level that it trains.
  private static func found(
    _ configuration: RunConfiguration
  ) throws -> (measurement: MinimisersMeasurement, session: Session, level: NoiseLevel) {
    let session = try Session(configuration)
    var subject = MeasurementSubject(
      distribution: session.distribution, process: configuration.process.make(),
      objective: configuration.objective.make(), configuration: configuration)
    if let count = configuration.trainingSet.fixedCount {
      let set = TrainingSet.make(
        from: session.distribution, count: count, seed: configuration.seed)
      if case .fixed(let points) = set { subject.trainingPoints = points }
    }
    var measurement = MinimisersMeasurement(of: subject)
    measurement.begin(MeasurementInput(step: 0, score: { session.score }))
    while !measurement.step() {}
    return (measurement, session, configuration.process.make().level(at: 0.5))
  }

  /// The slope and the value at 0 of a score that is a line.
  private static func line(
    _ score: (any ScoreFunction)?, _ level: NoiseLevel
  ) throws -> (slope: Double, offset: Double) {
    let x = Points(values: [-1, 0, 1], dimension: 1)
    let values = try #require(score).score(at: x, level: level).values
    // Inputs are float32.
    #expect(abs(values[0] + values[2] - 2 * values[1]) < 1e-5)
    return ((values[2] - values[0]) / 2, values[1])
  }

  @Test("For atoms at -1 and 1 the linear class misses I - 1 / Var = 0.0202556 at time 0.5")
  func approximation() throws {
    let (found, session, level) = try Self.found(
      Self.configuration("distribution.kind=two_point"))
    let rule = PopulationRule(line: session.distribution, level: level, range: -1...1)
    let score = try #require(found.population)
    let gap = rule.gap(
      between: rule.scores, and: score.score(at: rule.points, level: level), deltas: [])
    // By quadrature elsewhere, to the digits that are given; inputs are float32.
    #expect(abs(gap.squared / (level.sigma * level.sigma) - 0.0202556) < 1e-6)
    #expect(found.reading.value?.population == .known(.exact))
  }

  @Test("With fresh noise s^b is the line through the moments of the training points")
  func freshNoise() throws {
    let configuration = try Self.configuration("distribution.kind=gaussian_mixture")
    let (found, session, level) = try Self.found(configuration)
    let points = try #require(
      TrainingSet.make(from: session.distribution, count: 200, seed: configuration.seed).points)
    let mean = points.reduce(0, +) / 200
    let variance = points.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / 200
    // The score of the normal distribution with the points' mean and variance, by the normal equations.
    let noisy = level.alpha * level.alpha * variance + level.sigma * level.sigma
    let line = try Self.line(found.empirical, level)
    #expect(abs(line.slope + 1 / noisy) < 1e-5)
    #expect(abs(line.offset - level.alpha * mean / noisy) < 1e-5)
  }

  @Test("With fixed noise on Gaussian data s^b errs as least squares does with a random regressor")
  func fixedNoise() throws {
    let m = 30.0
    var (errors, level, v) = ([Double](), NoiseLevel.clean, 0.0)
    for seed in 1...200 {
      let (found, _, own) = try Self.found(
        Self.configuration(
          "distribution={kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}",
          "objective.noise=fixed", "training_set.count=30", "seed=\(seed)"))
      level = own
      v = level.alpha * level.alpha * 4 + level.sigma * level.sigma
      let (a, b) = try (
        Self.line(found.population, level), Self.line(found.empirical, level)
      )
      #expect(abs(a.slope + 1 / v) < 1e-5)
      errors.append(pow(level.sigma * (a.slope - b.slope), 2) * v + pow(level.sigma * b.offset, 2))
    }
    // (1/sigma^2 - 1/v) / (m - 2) for a slope alone; an intercept takes a point from it and errs itself.
    let share = 1 - level.sigma * level.sigma / v
    let expected = share * (1 / m + (1 + 1 / m) / (m - 3))
    let mean = Estimate(errors)
    #expect(abs(mean.value - expected) < 4 * mean.standardError)
    #expect(mean.standardError < 0.15 * expected)
  }

  @Test("Descent on fixed pairs makes the optimisation part small and leaves the others")
  func descent() throws {
    var session = try Session(
      Self.configuration(
        "distribution.kind=two_point", "objective.noise=fixed", "optimizer.learning_rate=0.05"))
    let request = MeasurementRequest([ErrorPartsMeasurement.self])
    session.measureNow(request)
    let first = try #require(session.measurements.errorParts?.levels)
    session.train(to: 3000)
    session.measureNow(request)
    let parts = try #require(session.measurements.errorParts)
    #expect(parts.step == session.step)
    for (before, after) in zip(first, parts.levels) {
      #expect(before.approximation == after.approximation)
      #expect(before.statistical == after.statistical)
    }
    let trained = parts.levels.indices.min {
      abs(parts.levels[$0].whole.time - 0.5) < abs(parts.levels[$1].whole.time - 0.5)
    }
    let level = try #require(trained)
    let (before, after) = (first[level], parts.levels[level])
    #expect((after.optimization?.l2 ?? 1) < 0.05 * (before.optimization?.l2 ?? 0))
  }

  @Test("The parts of a network's error add up to the whole at least")
  func inequalities() throws {
    var session = try Session(
      try .small("distribution.kind=gaussian_mixture", "probe.points=2048"))
    session.train(to: 200)
    session.measureNow(MeasurementRequest([ErrorPartsMeasurement.self]))
    let parts = try #require(session.measurements.errorParts)
    guard case .known(.descent(let steps, _, let norm, _?)) = parts.minimisers.empirical else {
      Issue.record("a network's minimiser is found by descent")
      return
    }
    #expect(steps > 10 && norm < 0.1)
    for level in parts.levels {
      #expect(level.parts.count == 3)
      // Float32 rounding of each error.
      let ratios = [
        try #require(level.l2).ratio(), try #require(level.squares).ratio(factor: 3),
        try #require(level.quantiles(delta: 0.05)).ratio(),
      ]
      #expect(ratios.allSatisfy { $0 <= 1 + 1e-6 && $0 > 0.01 })
    }
  }

  @Test("A quantile of three times delta that is no share, or of too few points, is not compared")
  func noQuantile() throws {
    var session = try Session(Self.configuration("distribution.kind=two_point"))
    session.measureNow(MeasurementRequest([ErrorPartsMeasurement.self]))
    let level = try #require(session.measurements.errorParts?.levels.first)
    #expect(level.quantiles(delta: 0.05) != nil)
    #expect(level.quantiles(delta: 0.4) == nil && level.quantiles(delta: 0.001) == nil)
  }

  @Test("Minimisers of the two-layer network come from a descent that leaves its signs alone")
  func twoLayers() throws {
    let (found, session, _) = try Self.found(
      Self.configuration(
        "distribution.kind=two_point", "network={kind: ntk, width: 40}", "objective.noise=fixed"))
    for score in [found.population, found.empirical] {
      let parameters = try #require(score as? NetworkScore).parameters
      #expect(parameters[..<40].allSatisfy { abs($0) == 1 })
      #expect(parameters[40...] != session.parameters[40...])
    }
    guard case .known(.descent(let steps, _, _, let ending)) = found.reading.value?.empirical
    else {
      Issue.record("a descent, found \(String(describing: found.reading.value))")
      return
    }
    #expect(steps > 3 && ending != nil)
  }

  @Test("Fresh points have no s^b, and two parts instead of three")
  func freshPoints() throws {
    var session = try Session(
      Self.configuration("distribution.kind=two_point", "training_set.count=unlimited"))
    session.measureNow(MeasurementRequest([ErrorPartsMeasurement.self]))
    let parts = try #require(session.measurements.errorParts)
    #expect(parts.minimisers.population == .known(.exact))
    #expect(parts.minimisers.empirical == .missing(.freshPoints))
    #expect(parts.levels.allSatisfy { $0.parts.count == 2 && $0.statistical == nil })
  }

  @Test(
    "What has no minimisers says why, and the whole is measured all the same",
    arguments: [
      ("objective={huber_length: 1}", Minimisers.Obstacle.huber),
      ("objective={levels: bank}", .bank),
      (
        "network={kind: random_features, hidden: [2500]}",
        .tooMany("random features (network.hidden)", limit: 2000)
      ),
      (
        "network={kind: mlp, hidden: [600, 600]}",
        .tooMany("weights (network.hidden)", limit: 200_000)
      ),
      (
        "network={kind: ntk, width: 16384, time_embedding: log_snr}",
        .tooMany("weights (network.width)", limit: 200_000)
      ),
      ("objective={target: data, support_radius: 0.5}", .projected),
    ])
  func obstacles(assignment: String, obstacle: Minimisers.Obstacle) throws {
    var session = try Session(
      Self.configuration("distribution.kind=two_point", "probe.points=64", assignment))
    session.measureNow(MeasurementRequest([ErrorPartsMeasurement.self]))
    let parts = try #require(session.measurements.errorParts)
    #expect(parts.minimisers.population == .missing(obstacle))
    #expect(parts.levels.allSatisfy { $0.parts.isEmpty && $0.l2 == nil && $0.whole.l2 > 0 })
  }
}

extension TrainingSet {
  /// The coordinates of a fixed set on the line.
  fileprivate var points: [Double]? {
    if case .fixed(let points) = self { points.values } else { nil }
  }
}
