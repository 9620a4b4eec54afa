import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// Spheres, tori and embeddings against circles, integrals and each other.
@Suite struct SphereTests {
  @Test("Means over the sphere are their integrals", arguments: [2, 4, 6, 33])
  func sphereMeans(m: Int) {
    for z in [0.001, 0.7, 5, 19, 60, 400, 5000] {
      // The density of u_1 is proportional to sin(theta)^(m - 2) in the angle.
      let n = 40_000
      var (mass, sum, first) = (0.0, 0.0, 0.0)
      for i in 0..<n {
        let angle = Double.pi * (Double(i) + 0.5) / Double(n)
        let weight = pow(sin(angle), Double(m - 2))
        let value = weight * exp(z * (cos(angle) - 1))
        mass += weight
        sum += value
        first += value * cos(angle)
      }
      // The midpoint rule of an integrand that is even about both ends, or flat there.
      #expect(abs(ModifiedBessel.logSphereMean(z, space: m) - log(sum / mass)) <= 1e-7)
      #expect(abs(ModifiedBessel.ratio(z, space: m) - first / sum) <= 1e-7)
    }
  }

  @Test("In space they are log(sinh z / z) and coth z - 1 / z", arguments: [0.01, 1, 20, 300])
  func space(z: Double) {
    let expected = log(-expm1(-2 * z) / (2 * z))
    #expect(abs(ModifiedBessel.logSphereMean(z, space: 3) - expected) <= 1e-12)
    #expect(abs(ModifiedBessel.ratio(z, space: 3) - (1 / tanh(z) - 1 / z)) <= 1e-12)
  }

  @Test("In the plane they are the functions of the circle", arguments: [0, 0.3, 19.9, 20.1, 800])
  func plane(z: Double) {
    #expect(
      abs(ModifiedBessel.logSphereMean(z, space: 2) - ModifiedBessel.logScaledI0(z)) <= 1e-13)
    #expect(abs(ModifiedBessel.ratio(z, space: 2) - ModifiedBessel.ratio(z)) <= 1e-14)
  }

  @Test("The slope of the ratio is its difference", arguments: [2, 3, 40])
  func slope(m: Int) {
    for z in [0, 1e-6, 0.01, 1, 30, 3000] {
      let h = max(1e-4, 1e-3 * z)
      let low = max(0, z - h)
      let difference =
        (ModifiedBessel.ratio(z + h, space: m) - ModifiedBessel.ratio(low, space: m))
        / (z + h - low)
      #expect(
        abs(ModifiedBessel.ratioSlope(z, space: m) - difference) <= 1e-6 + 1e-3 * difference)
    }
  }

  @Test("A sphere of one dimension is the uniform circle")
  func circle() {
    let (sphere, circle) = (
      UniformSphere(intrinsic: 1, radius: 1.3), VonMisesCircle(concentration: 0, radius: 1.3)
    )
    let level = NoiseLevel(alpha: 0.9, sigma: 0.2)
    var stream = RandomStream(seed: 1, purpose: .test)
    let x = circle.noisySample(count: 50, level: level, using: &stream)
    let (a, b) = (
      sphere.logDensityAndScore(at: x, level: level), circle.logDensityAndScore(at: x, level: level)
    )
    for (a, b) in zip(a.logDensity, b.logDensity) { #expect(abs(a - b) <= 1e-12) }
    for (a, b) in zip(a.score.values, b.score.values) { #expect(abs(a - b) <= 1e-11) }
  }

  @Test("An embedded subspace is a subspace of the space", arguments: [4, 7])
  func embedding(dimension: Int) throws {
    let flat = LinearSubspace(deviations: [1, 0.5], dimension: 3, seed: 2)
    let law = EmbeddedDistribution(flat, dimension: dimension, seed: 5)
    let level = NoiseLevel(alpha: 0.8, sigma: 0.3)
    let information = try #require(law.fisherInformation(at: level))
    let expected = try #require(
      LinearSubspace(deviations: [1, 0.5], dimension: dimension, seed: 1)
        .fisherInformation(at: level))
    #expect(abs(information / expected - 1) <= 1e-12)
  }

  @Test("At small noise d - sigma^2 E||s||^2 reads off the dimension of each family")
  func intrinsicDimension() throws {
    let families: [(any KnownScoreDistribution, Double)] = [
      (EmbeddedDistribution(UniformSphere(intrinsic: 4, radius: 1), dimension: 64, seed: 1), 4),
      (EmbeddedDistribution(FlatTorus(radii: [1, 0.5]), dimension: 64, seed: 1), 2),
      (VonMisesCircle(concentration: 2, radius: 1, dimension: 64, seed: 1), 1),
    ]
    let level = NoiseLevel(alpha: 1, sigma: 0.02)
    for (law, k) in families {
      var stream = RandomStream(seed: 9, purpose: .test)
      let x = law.noisySample(count: 2000, level: level, using: &stream)
      let norms = law.score(at: x, level: level).squaredNorms().map { 4e-4 * $0 }
      let estimate = Estimate(norms)
      // Four standard errors, and a bias of order sigma^2.
      #expect(abs(64 - estimate.value - k) <= 4 * estimate.standardError + 0.02)
    }
  }

  @Test("Angles, points and tangents of a circle go together, and the density has mass one")
  func angles() throws {
    let circle = VonMisesCircle(concentration: 2, radius: 1.5, dimension: 4, seed: 3)
    for law in [
      try #require(circle.angularLaw),
      try #require(EmbeddedDistribution(circle, dimension: 6, seed: 2).angularLaw),
    ] {
      let angles = (0..<100).map { 2 * Double.pi * ((Double($0) + 0.5) / 100 - 0.5) }
      let x = law.points(at: angles)
      for (a, b) in zip(law.angles(of: x), angles) { #expect(abs(a - b) <= 1e-12) }
      for square in x.squaredNorms() { #expect(abs(square - 2.25) <= 1e-12) }
      for (a, b) in zip(
        law.tangents(at: angles).values, law.points(at: angles.map { $0 + .pi / 2 }).values)
      {
        #expect(abs(a - b / 1.5) <= 1e-12)
      }
      // The rule of equal steps is exact for a periodic density to exp(-100).
      let mass = angles.reduce(0) { $0 + exp(law.logDensity($1)) } * 2 * Double.pi / 100
      #expect(abs(mass - 1) <= 1e-12)
    }
  }

  @Test("A space that is too small is named", arguments: ["sphere", "embedded"])
  func tooSmall(kind: String) throws {
    let entry = try #require(DistributionCatalog.entry(named: kind))
    var given: [String: ParameterValue] = ["dimension": .number(2)]
    if kind == "sphere" { given["intrinsic"] = .number(2) } else { given["dimension"] = .number(1) }
    #expect {
      try entry.check(given)
    } throws: {
      ($0 as? ParameterError)?.path == ["dimension"]
    }
  }
}
