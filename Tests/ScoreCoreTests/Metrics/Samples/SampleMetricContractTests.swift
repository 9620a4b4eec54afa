import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// What every metric of the catalog promises, against distributions and samples in several
/// dimensions.
@Suite struct SampleMetricContractTests {
  /// One metric against one reference.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var metric: any SampleMetric
    var distribution: any KnownScoreDistribution
    var isDistribution: Bool
    var testDescription: String {
      "\(name), \(isDistribution ? "distribution" : "sample"), \(distribution.dimension)-D"
    }

    /// A reference of the case; samples have a size of their own.
    func reference(_ seed: UInt64) -> MetricReference {
      var stream = RandomStream(seed: seed, purpose: .test, index: 1)
      let training = distribution.sample(count: 80, using: &stream)
      if isDistribution { return .distribution(distribution, training: training) }
      return .sample(distribution.sample(count: 70, using: &stream))
    }

    func sample(_ seed: UInt64, count: Int = 60) -> Points {
      var stream = RandomStream(seed: seed, purpose: .test, index: 2)
      return distribution.sample(count: count, using: &stream)
    }
  }

  static let distributions: [any KnownScoreDistribution] = [
    GaussianMixture([
      .init(weight: 1, mean: [-1], spread: .isotropic(0.3)),
      .init(weight: 2, mean: [1], spread: .isotropic(0.5)),
    ]),
    RingOfGaussians.mixture(count: 4, radius: 1, deviation: 0.2),
    GaussianMixture([
      .init(mean: [0, 0, 0], spread: .diagonal([1, 0.5, 2])),
      .init(mean: [1, 1, -1], spread: .isotropic(1)),
    ]),
  ]

  static func cases() throws -> [Case] {
    try SampleMetricCatalog.all.flatMap { entry in
      let metric = try entry.make()
      return distributions.flatMap { distribution in
        [true, false].map {
          Case(name: entry.name, metric: metric, distribution: distribution, isDistribution: $0)
        }.filter {
          metric.obstacle(dimension: distribution.dimension, reference: $0.reference(0)) == nil
        }
      }
    }
  }

  /// Of every metric and kind of reference the case in the most dimensions: `MetricCalibrationTests`
  /// covers the line and the plane.
  static func widestCases() throws -> [Case] {
    let cases = try cases()
    return cases.indices.filter { i in
      !cases[(i + 1)...].contains {
        $0.name == cases[i].name && $0.isDistribution == cases[i].isDistribution
      }
    }.map { cases[$0] }
  }

  @Test("Names are unique, can be found, and every member can be measured somewhere")
  func names() throws {
    let names = SampleMetricCatalog.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(SampleMetricCatalog.entry(named: name)?.name == name) }
    #expect(SampleMetricCatalog.entry(named: "nothing") == nil)
    #expect(Set(try Self.cases().map(\.name)) == Set(names))
  }

  @Test("Without any difference the position in the null is uniform", arguments: try widestCases())
  func nullIsCalibrated(subject: Case) throws {
    let runs = 100
    var positions: [Double] = []
    for seed in 0..<UInt64(runs) {
      let report = try subject.metric.measure(
        subject.sample(seed), against: subject.reference(seed),
        settings: MetricSettings(seed: seed, draws: 19))
      positions.append(report.pValue)
      #expect(report.nullDraws == 19 && report.nullLow <= report.nullHigh)
    }
    // Of 100 with probability 0.1 more than 24 are a 1 in 30,000 event, fewer than 2 a 1 in 3000
    // one. Ties, as of shares, only make positions larger.
    let low = positions.count { $0 <= 0.1 + 1e-9 }
    let high = positions.count { $0 > 0.9 + 1e-9 }
    #expect(low <= 24, "\(low) of \(runs) at or below 0.1")
    let hasTies = [
      "c2st_neighbors", "c2st_quadratic", "c2st_network", "memorization", "total_variation",
    ].contains(subject.name)
    if !hasTies { #expect(low >= 2 && high >= 2 && high <= 24, "\(low) low, \(high) high") }
    // The mean of uniform positions on 1/20 ... 1 is 0.525, with a deviation of 0.029.
    let mean = positions.reduce(0, +) / Double(runs)
    #expect(mean > 0.525 - 5 * 0.029, "mean position \(mean)")
    if !hasTies { #expect(mean < 0.525 + 5 * 0.029, "mean position \(mean)") }
  }

  @Test("A sample that is far off is above the null", arguments: try cases())
  func seesWhatIsFarOff(subject: Case) throws {
    // Copies of training points are what that metric is for; others see a shift and a part missing.
    var sample = subject.sample(200, count: 100)
    switch subject.name {
    case "memorization":
      let reference = subject.reference(200)
      var points = reference.training
      if case .sample(let own) = reference.kind { points = own }
      sample = try #require(points)
      for i in sample.values.indices { sample.values[i] += 1e-6 * Double(i % 7) }
    case "mode_coverage":
      let mixture = try #require(subject.distribution as? any MixtureDistribution)
      var stream = RandomStream(seed: 1, purpose: .test)
      sample = mixture.parts[0].distribution.sample(count: 100, using: &stream)
    default:
      for row in 0..<sample.count {
        for axis in 0..<sample.dimension { sample[row, axis] = 1.5 + 1.5 * sample[row, axis] }
      }
    }
    let report = try subject.metric.measure(
      sample, against: subject.reference(200), settings: MetricSettings(seed: 1, draws: 39))
    #expect(report.verdict == .above && report.pValue == 1.0 / 40, "\(report)")
  }

  @Test("Equal settings give equal bits, another seed another null", arguments: try cases())
  func isReproducible(subject: Case) throws {
    func report(_ seed: UInt64) throws -> MetricResult {
      try subject.metric.measure(
        subject.sample(1), against: subject.reference(1),
        settings: MetricSettings(seed: seed, draws: 19))
    }
    #expect(try report(4) == report(4))
    #expect(try report(4).nullMean != report(5).nullMean)
  }

  @Test("The order of the points does not matter", arguments: try cases())
  func orderDoesNotMatter(subject: Case) throws {
    // What it trains on goes by the place in the file: by value, neighbours would be kept apart.
    guard subject.name != "c2st_network" else { return }
    let settings = MetricSettings(seed: 2, draws: 19)
    let sample = subject.sample(3)
    let turned = sample.rows(at: (0..<sample.count).reversed())
    let reference = subject.reference(3)
    let value = try subject.metric.measure(sample, against: reference, settings: settings).value
    let other = try subject.metric.measure(turned, against: reference, settings: settings).value
    // Sums come in another order; folds of a fit and points left out are other ones.
    let depends = ["c2st_quadratic"].contains(subject.name)
    let scale = max(1, abs(value))
    #expect(abs(value - other) <= (depends ? 0.15 : 1e-10) * scale, "\(value) and \(other)")
  }

  @Test("A known distribution in other units gives the same verdict", arguments: try cases())
  func unitsDoNotMatter(subject: Case) throws {
    guard subject.isDistribution else { return }
    let d = subject.distribution.dimension
    let units = CoordinateFrame(
      names: (0..<d).map { "x\($0)" }, offset: Array(repeating: 5, count: d),
      scale: Array(repeating: 4, count: d))
    let settings = MetricSettings(seed: 2, draws: 19)
    let reference = subject.reference(3)
    let plain = try subject.metric.measure(
      subject.sample(3), against: reference, settings: settings)
    let scaled = try subject.metric.measure(
      units.userUnits(subject.sample(3)),
      against: MetricReference(
        .distribution(NoisyDistribution(subject.distribution, units: units)),
        training: reference.training.map(units.userUnits)
      ), settings: settings)
    #expect(plain.pValue == scaled.pValue)
    let isLength =
      ["wasserstein1", "wasserstein2", "assignment_wasserstein2", "energy", "frechet"]
      .contains(subject.name) || subject.name.hasPrefix("sliced")
    let expected = isLength ? 4 * plain.value : plain.value
    // The tables of the line are refined at the same places but for rounding.
    #expect(abs(scaled.value - expected) <= 1e-6 * max(1, abs(expected)))
  }

  @Test("A sample against itself is at zero, below the null")
  func sampleAgainstItself() throws {
    for subject in try Self.cases() where !subject.isDistribution {
      // Copies leave a neighbour's distance positive but meaningless, and a fit nothing to learn.
      guard
        !["memorization", "kl_neighbors", "c2st_quadratic", "c2st_network"].contains(subject.name)
      else { continue }
      let sample = subject.sample(5)
      let report = try subject.metric.measure(
        sample, against: .sample(sample), settings: MetricSettings(draws: 39))
      #expect(report.verdict == .below, "\(subject.testDescription): \(report)")
      let isDistance = !["mmd", "c2st_neighbors"].contains(subject.name)
      if isDistance { #expect(abs(report.value) < 1e-7, "\(subject.testDescription)") }
    }
  }

  @Test("More points than the limit are thinned, and the report says so")
  func thinning() throws {
    var stream = RandomStream(seed: 1, purpose: .test)
    let points = stream.normals(count: 400, dimension: 2)
    let report = try AssignmentWasserstein().measure(
      points, against: .distribution(ReferenceGaussian(dimension: 2)),
      settings: MetricSettings(draws: 19))
    #expect(report.sampleCount == 256)
    #expect(report.note == "256 of 400 points, at random")
    let both = try AssignmentWasserstein().measure(
      points.rows(0..<30), against: .sample(points), settings: MetricSettings(draws: 19))
    #expect(both.sampleCount == 30 && both.note == "256 of 400 reference points, at random")
  }

  @Test("What cannot be measured is refused in one line")
  func refusals() throws {
    var stream = RandomStream(seed: 1, purpose: .test)
    let good = stream.normals(count: 30, dimension: 2)
    func message(_ sample: Points, _ reference: MetricReference, _ name: String) throws -> String {
      let metric = try #require(SampleMetricCatalog.entry(named: name)).make()
      let error = #expect(throws: MetricError.self) {
        try metric.measure(sample, against: reference)
      }
      return error?.message ?? ""
    }
    let distribution = MetricReference.distribution(ReferenceGaussian(dimension: 2))
    var bad = good
    bad[4, 1] = .nan
    let few = good.rows(0..<19)
    #expect(try message(bad, distribution, "mmd").contains("coordinate 2 of point 5 of the sample"))
    #expect(try message(good, .sample(bad), "mmd").contains("of the reference"))
    #expect(try message(few, distribution, "mmd").contains("at least 20 points"))
    #expect(try message(good, .sample(few), "mmd").contains("the reference has 19"))
    #expect(try message(good, .distribution(ReferenceGaussian()), "mmd").contains("2 coordinates"))
    #expect(try message(good, distribution, "wasserstein1").contains("line"))
    #expect(try message(good, distribution, "memorization").contains("training"))
    #expect(try message(good, distribution, "mode_coverage").contains("mixture"))
    #expect(try message(good, .sample(good), "likelihood_gap").contains("density"))
    let equal = Points(zeros: 30, dimension: 2)
    #expect(try message(equal, .sample(good), "kl_neighbors").contains("equal"))
    #expect(try message(equal, .sample(equal), "mmd").contains("equal"))
    let delta = IsotropicMixture(means: good, deviations: Array(repeating: 0, count: 30))
    #expect(try message(good, .distribution(delta), "likelihood_gap").contains("no density"))
    let training = MetricReference.distribution(
      ReferenceGaussian(dimension: 2), training: stream.normals(count: 30, dimension: 3))
    #expect(try message(good, training, "memorization").contains("training points 3"))
  }

  @Test(
    "A point where the distribution has no mass makes the likelihood gap infinite, and the note says so"
  )
  func pointsWithoutMass() throws {
    let box = UniformBoxMixture([.init(low: [0, 0], high: [1, 1])])
    var stream = RandomStream(seed: 1, purpose: .test)
    var points = box.sample(count: 50, using: &stream)
    points[3, 0] = 7
    let report = try LikelihoodGap().measure(points, against: .distribution(box))
    #expect(report.value == .infinity && report.verdict == .above)
    #expect(report.note.contains("1 points where the distribution has no mass"))
  }

  @Test("Training copies are found against a distribution and against held-out data")
  func copies() throws {
    var stream = RandomStream(seed: 1, purpose: .test)
    let training = stream.normals(count: 200, dimension: 2)
    let heldOut = stream.normals(count: 150, dimension: 2)
    let fresh = stream.normals(count: 150, dimension: 2)
    let distribution = ReferenceGaussian(dimension: 2)
    for reference in [
      MetricReference.distribution(distribution, training: training),
      .sample(heldOut, training: training),
    ] {
      let honest = try Memorization().measure(fresh, against: reference)
      #expect(honest.verdict == .within && abs(honest.nullMean - 1.0 / 9) < 0.05)
      let copied = try Memorization().measure(training.rows(0..<150), against: reference)
      #expect(copied.verdict == .above && copied.value == 1)
    }
  }

  @Test("The band and the position are order statistics of the null")
  func bandIsOrderStatistics() {
    let null = (1...99).map { Double($0) }
    func report(_ value: Double, delta: Double = 0.05) -> MetricResult {
      MetricResult(
        MetricEvaluation(value: value, null: null.reversed()), sampleCount: 1, delta: delta)
    }
    #expect(report(50).nullLow == 5 && report(50).nullHigh == 95 && report(50).nullMean == 50)
    #expect(report(50).pValue == 0.51 && report(1000).pValue == 0.01 && report(0).pValue == 1)
    #expect(report(95).verdict == .within && report(95.5).verdict == .above)
    #expect(report(5).verdict == .within && report(4.5).verdict == .below)
    #expect(report(50, delta: 0.1).nullLow == 10 && report(50, delta: 0.001).nullHigh == 99)
  }
}
