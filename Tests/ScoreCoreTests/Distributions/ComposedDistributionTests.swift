import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct ComposedDistributionTests {
  private func make(
    _ name: String, _ values: [String: ParameterValue]
  ) throws -> any KnownScoreDistribution {
    let entry = try #require(DistributionCatalog.entry(named: name))
    return try entry.make(
      CatalogParameters(values, describedBy: entry.parameters), FixedTable())
  }

  private let pair = ParameterValue.map([
    "kind": .text("pair"), "eta": .number(0.3), "separation": .number(4),
  ])

  private func expectSame(
    _ a: any KnownScoreDistribution, _ b: any KnownScoreDistribution, at level: NoiseLevel
  ) {
    var stream = RandomStream(seed: 2, purpose: .test)
    var x = b.noisySample(count: 60, level: level, using: &stream)
    x.append(Points(values: x.values.map { 5 * $0 }, dimension: x.dimension))
    for (p, q) in zip(a.logDensity(at: x, level: level), b.logDensity(at: x, level: level)) {
      #expect(abs(p - q) <= 1e-12 * max(1, abs(q)))
    }
    for (p, q) in zip(a.score(at: x, level: level).values, b.score(at: x, level: level).values) {
      #expect(abs(p - q) <= 1e-11 * max(1, abs(q)))
    }
  }

  @Test("A contaminated mixture is the mixture with one component more")
  func contaminatedMixture() throws {
    let distribution = try make(
      "contaminated", ["base": pair, "fraction": .number(0.1), "deviation": .number(6)])
    let whole = IsotropicMixture(
      means: Points(rows: [[0], [4], [0]]), weights: [0.63, 0.27, 0.1], deviations: [1, 1, 6])
    for level in [NoiseLevel.clean, NoiseLevel(alpha: 0.4, sigma: 0.7)] {
      expectSame(distribution, whole, at: level)
    }
    let (a, b) = (try #require(distribution.moments), try #require(whole.moments))
    #expect(abs(a.mean[0] - b.mean[0]) <= 1e-14 && abs(a.variance - b.variance) <= 1e-14)
  }

  @Test("Far outliers stand at their radius, and as many are drawn as stated")
  func shell() throws {
    let distribution = try make(
      "contaminated",
      [
        "outliers": .text("shell"), "radius": .number(20), "deviation": .number(0.01),
        "fraction": .number(0.2),
      ])
    var stream = RandomStream(seed: 4, purpose: .test)
    let distances = distribution.sample(count: 5000, using: &stream).squaredNorms().map {
      $0.squareRoot()
    }
    let far = distances.filter { $0 > 10 }
    #expect(far.allSatisfy { abs($0 - 20) < 0.1 })
    // Five standard errors of a binomial share.
    let share = Double(far.count) / 5000
    let error = (0.2 * 0.8 / 5000.0).squareRoot()
    #expect(abs(share - 0.2) <= 5 * error)
  }

  @Test("Where only one part has mass, the density and score are that part's")
  func disjointParts() {
    let distribution = ContaminatedDistribution(
      clean: UniformBoxMixture([.init(low: [0], high: [1])]),
      outliers: UniformBoxMixture([.init(low: [3], high: [4])]), fraction: 0.25)
    let x = Points(values: [0.5, 3.5, 2], dimension: 1)
    let values = distribution.logDensity(at: x, level: .clean)
    #expect(abs(values[0] - log(0.75)) <= 1e-15 && abs(values[1] - log(0.25)) <= 1e-15)
    #expect(values[2] == -.infinity)
    #expect(distribution.score(at: x, level: .clean).values == [0, 0, 0])
  }

  @Test("A turned, scaled and shifted mixture is the mixture of the images")
  func affineMixture() throws {
    let inner = ParameterValue.map([
      "kind": .text("gaussian_mixture"),
      "components": .list([
        .map(["mean": .list([.number(1), .number(0)]), "deviation": .number(0.5)]),
        .map([
          "mean": .list([.number(-1), .number(2)]), "deviation": .number(0.2),
          "weight": .number(3),
        ]),
      ]),
    ])
    let distribution = try make(
      "affine",
      [
        "base": inner, "scale": .number(2), "angle": .number(90),
        "shift": .list([.number(5), .number(-1)]),
      ])
    // A quarter turn takes (x, y) to (-y, x).
    let image = IsotropicMixture(
      means: Points(rows: [[5, 1], [1, -3]]), weights: [1, 3], deviations: [1, 0.4])
    for level in [NoiseLevel.clean, NoiseLevel(alpha: 0.4, sigma: 0.7)] {
      expectSame(distribution, image, at: level)
    }
    let (a, b) = (try #require(distribution.moments), try #require(image.moments))
    for (p, q) in zip(a.mean + [a.variance], b.mean + [b.variance]) { #expect(abs(p - q) <= 1e-13) }
  }

  @Test(
    "Standardising gives every distribution mean 0 and mean variance 1",
    arguments: ["pair", "checkerboard", "laplace", "uniform", "circle", "funnel", "contaminated"])
  func standardised(kind: String) throws {
    let distribution = try make(
      "affine", ["base": .map(["kind": .text(kind)]), "standardize": .flag(true)])
    let moments = try #require(distribution.moments)
    for mean in moments.mean { #expect(abs(mean) <= 1e-13) }
    #expect(abs(moments.variance - 1) <= 1e-13)
    // What the moments say is what a sample has: five standard errors, with the kurtosis of the
    // heaviest tails here below 30.
    var stream = RandomStream(seed: 3, purpose: .test)
    let n = 20_000
    let x = distribution.sample(count: n, using: &stream)
    #expect(abs(Samples.second(x.values) - 1) <= 5 * (30 / Double(n)).squareRoot())
    for axis in 0..<distribution.dimension {
      #expect(abs(Samples.mean(x.column(axis))) <= 5 * (2 / Double(n)).squareRoot())
    }
  }

  /// Where points shown to the user lie, and their log density and score there.
  private func shown(
    _ distribution: any KnownScoreDistribution, at x: [Double], time: Double = 0
  ) -> (logDensity: Double, score: [Double]) {
    let level = time == 0 ? .clean : OrnsteinUhlenbeck(horizon: 5, stop: 0.001).level(at: time)
    let noisy = NoisyDistribution(distribution, level: level, units: distribution.coordinates)
    let points = Points(rows: [x])
    return (noisy.logDensity(at: points)[0], noisy.score(at: points).values)
  }

  // Expected values by scipy.stats.multivariate_normal of N(alpha shift, alpha^2 scale^2 +
  // sigma^2).
  @Test(
    "A scaled and shifted Gaussian is itself in the units shown, with a whole turn or without",
    arguments: [0.0, 360])
  func shownAffineGaussian(angle: Double) throws {
    let distribution = try make(
      "affine",
      [
        "base": .map([
          "kind": .text("gaussian_mixture"),
          "components": .list([
            .map(["mean": .list([.number(0), .number(0)]), "deviation": .number(1)])
          ]),
        ]), "scale": .number(0.1), "angle": .number(angle),
        "shift": .list([.number(100), .number(0)]),
      ])
    let clean = shown(distribution, at: [100.05, 0.02])
    #expect(abs(clean.logDensity - 2.622_293_119_5) <= 1e-9)
    #expect(abs(clean.score[0] + 5) <= 1e-9 && abs(clean.score[1] + 2) <= 1e-9)
    let noisy = shown(distribution, at: [60, 1], time: 0.5)
    #expect(abs(noisy.logDensity + 2.506_817_192) <= 1e-9)
    #expect(abs(noisy.score[0] - 1.027_157_338) <= 1e-9)
  }

  @Test("Scale and shift act on what is drawn, in the units shown")
  func drawnAffineTable() throws {
    let distribution = try make(
      "affine",
      [
        "base": .map(["kind": .text("old_faithful")]), "scale": .number(3),
        "shift": .list([.number(10), .number(-20)]),
      ])
    var stream = RandomStream(seed: 8, purpose: .test)
    let n = 20_000
    let x = NoisyDistribution(distribution, units: distribution.coordinates).sample(
      count: n, using: &stream)
    // A table has mean 0 and variance 1 on each axis, and its kernel adds 0.1^2: five standard
    // errors of a mean and of a second moment whose kurtosis is below 3.
    for (axis, centre) in [(0, 10.0), (1, -20.0)] {
      let z = x.column(axis).map { ($0 - centre) / 3 }
      #expect(abs(Samples.mean(z)) <= 5 * (1.01 / Double(n)).squareRoot())
      #expect(abs(Samples.second(z) - 1.01) <= 5 * (2.1 / Double(n)).squareRoot())
    }
  }

  @Test("Outliers stay where they were put around a scaled and shifted distribution")
  func outliersAroundAffine() throws {
    let inner = ParameterValue.map([
      "kind": .text("affine"), "base": pair, "scale": .number(0.1), "standardize": .flag(true),
      "shift": .list([.number(2)]),
    ])
    let distribution = try make(
      "contaminated", ["base": inner, "fraction": .number(0.1), "deviation": .number(6)])
    // pair: mean 1.2, variance 1 + 0.21 * 16 = 4.36.
    let r = 0.1 / 4.36.squareRoot()
    let whole = IsotropicMixture(
      means: Points(rows: [[2 - 1.2 * r], [2 + 2.8 * r], [0]]), weights: [0.63, 0.27, 0.1],
      deviations: [r, r, 6])
    for x in [-9.0, 1.9, 2.1, 15] {
      let (a, b) = (shown(distribution, at: [x]), shown(whole, at: [x]))
      #expect(abs(a.logDensity - b.logDensity) <= 1e-11 * max(1, abs(b.logDensity)))
      #expect(abs(a.score[0] - b.score[0]) <= 1e-10 * max(1, abs(b.score[0])))
    }
  }

  @Test("A wrong inner distribution is named with its path")
  func wrongInnerDistributions() throws {
    func error(_ name: String, _ values: [String: ParameterValue]) -> ParameterError? {
      #expect(throws: ParameterError.self) { _ = try make(name, values) }
    }
    #expect(error("affine", ["base": .text("pair")])?.path == ["base"])
    let unknown = error("affine", ["base": .map(["kind": .text("nothing")])])
    #expect(unknown?.path == ["base", "kind"] && unknown?.message.contains("two_moons") == true)
    let range = error(
      "contaminated", ["base": .map(["kind": .text("pair"), "eta": .number(2)])])
    #expect(range?.path == ["base", "eta"])
    let deep = error(
      "contaminated",
      ["base": .map(["kind": .text("affine"), "base": .map(["kind": .text("x")])])])
    #expect(deep?.path == ["base", "base", "kind"])
    #expect(error("affine", ["base": pair, "angle": .number(3)])?.path == ["angle"])
    #expect(error("affine", ["base": pair, "shift": .list([])])?.path == ["shift"])
    #expect(error("affine", ["angle": .number(3), "seed": .number(1)])?.path == ["angle"])
    #expect(error("uniform", ["low": .number(1), "high": .number(1)])?.path == ["high"])
    #expect(
      error("linear_subspace", ["intrinsic": .number(4), "dimension": .number(3)])?.path
        == ["intrinsic"])
  }
}
