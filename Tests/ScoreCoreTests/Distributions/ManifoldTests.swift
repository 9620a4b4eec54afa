import Glibc
import TestSupport
import Testing

@testable import ScoreCore

@Suite struct ManifoldTests {
  @Test("Density and score of a circle agree with an independent computation")
  func circleAgreesWithReference() throws {
    let reference = try Reference.load()
    #expect(!reference.vonMisesCircle.isEmpty)
    for entry in reference.vonMisesCircle {
      let distribution = VonMisesCircle(concentration: entry.kappa, radius: entry.radius)
      let level = NoiseLevel(alpha: entry.alpha, sigma: entry.sigma)
      let x = Points(rows: entry.x)
      // The reference subtracts terms near 1 / sigma^2 and keeps about 12 digits.
      for (value, expected) in zip(distribution.logDensity(at: x, level: level), entry.logDensity) {
        #expect(abs(value - expected) <= 1e-11 * max(1, abs(expected)))
      }
      for (value, expected) in zip(
        distribution.score(at: x, level: level).values, entry.score.joined())
      {
        #expect(abs(value - expected) <= 1e-10 * max(1, abs(expected)))
      }
    }
  }

  @Test("A circle in space is the plane one times Gaussian noise across")
  func circleInSpace() {
    let flat = VonMisesCircle(concentration: 3, radius: 1.5)
    let distribution = VonMisesCircle(concentration: 3, radius: 1.5, dimension: 6, seed: 9)
    let level = NoiseLevel(alpha: 0.8, sigma: 0.2)
    var stream = RandomStream(seed: 1, purpose: .test)
    let x = distribution.noisySample(count: 50, level: level, using: &stream)
    let inner = distribution.plane.components(of: x)
    let outer = zip(x.squaredNorms(), inner.squaredNorms()).map { $0 - $1 }
    let expected = zip(flat.logDensity(at: inner, level: level), outer).map {
      $0 - $1 / (2 * 0.04) - 2 * log(2 * Double.pi * 0.04)
    }
    // Squares of up to 10 over 0.08, each rounded to 1e-16.
    for (a, b) in zip(distribution.logDensity(at: x, level: level), expected) {
      #expect(abs(a - b) <= 1e-12)
    }
  }

  @Test(
    "The mean direction of a sample is that of the von Mises distribution",
    arguments: [0, 0.5, 4, 200])
  func meanDirection(kappa: Double) throws {
    let distribution = VonMisesCircle(concentration: kappa, radius: 2)
    var stream = RandomStream(seed: 6, purpose: .test)
    let n = 20_000
    let x = distribution.sample(count: n, using: &stream)
    for square in x.squaredNorms() { #expect(abs(square - 4) <= 1e-12) }
    let moments = try #require(distribution.moments)
    // Five standard errors; a coordinate has a deviation of at most the root of both variances.
    let error = 5 * (2 * moments.variance / Double(n)).squareRoot()
    for axis in 0..<2 {
      #expect(abs(Samples.mean(x.column(axis)) - moments.mean[axis]) <= error)
    }
  }

  @Test("Bessel functions agree with their integrals", arguments: [0, 0.1, 3, 19.9, 20.1, 500])
  func besselFunctionsAreIntegrals(z: Double) {
    // The integrand is periodic, so the rule converges faster than any power of the step.
    let n = 4000
    var (zero, one) = (0.0, 0.0)
    for i in 0..<n {
      let cosine = cos(2 * Double.pi * (Double(i) + 0.5) / Double(n))
      zero += exp(z * (cosine - 1)) / Double(n)
      one += cosine * exp(z * (cosine - 1)) / Double(n)
    }
    // A thousand terms that each round to z times 1e-16.
    #expect(abs(ModifiedBessel.logScaledI0(z) - log(zero)) <= 1e-13)
    #expect(abs(ModifiedBessel.ratio(z) - one / zero) <= 1e-13)
  }

  @Test("A subspace agrees with the Gaussian of the same covariance", arguments: [1, 3, 5])
  func subspaceIsGaussian(intrinsic: Int) throws {
    let deviations = (0..<intrinsic).map { 0.5 + Double($0) }
    let distribution = LinearSubspace(deviations: deviations, dimension: 5, seed: 4)
    #expect(distribution.isSingular == (intrinsic < 5))
    let level = NoiseLevel(alpha: 0.7, sigma: 0.3)
    // The noisy distribution as a full covariance, whose own noise is next to nothing.
    var covariance = (0..<5).map { i in (0..<5).map { $0 == i ? level.sigma * level.sigma : 0.0 } }
    for (k, deviation) in deviations.enumerated() {
      for i in 0..<5 {
        for j in 0..<5 {
          covariance[i][j] +=
            pow(level.alpha * deviation, 2) * distribution.directions.values[5 * k + i]
            * distribution.directions.values[5 * k + j]
        }
      }
    }
    let full = GaussianMixture([
      .init(mean: Array(repeating: 0, count: 5), spread: .full(covariance))
    ])
    var stream = RandomStream(seed: 1, purpose: .test)
    let x = distribution.noisySample(count: 40, level: level, using: &stream)
    // Condition number of the covariance about 1e2.
    for (a, b) in zip(
      distribution.logDensity(at: x, level: level), full.logDensity(at: x, level: .clean))
    {
      #expect(abs(a - b) <= 1e-12 * max(1, abs(b)))
    }
    for (a, b) in zip(
      distribution.score(at: x, level: level).values, full.score(at: x, level: .clean).values)
    {
      #expect(abs(a - b) <= 1e-12 * max(1, abs(b)))
    }
    let information = try #require(distribution.fisherInformation(at: level))
    let expected = try #require(full.fisherInformation(at: .clean))
    #expect(abs(information / expected - 1) <= 1e-12)
  }

  @Test("At small noise d - sigma^2 E||s||^2 reads off the intrinsic dimension")
  func intrinsicDimension() throws {
    let entry = try #require(DistributionCatalog.entry(named: "linear_subspace"))
    let parameters = try CatalogParameters(
      ["intrinsic": .number(3), "dimension": .number(20)], describedBy: entry.parameters)
    let distribution = try entry.make(parameters, FixedTable())
    let information = try #require(
      distribution.fisherInformation(at: NoiseLevel(alpha: 1, sigma: 0.01)))
    #expect(abs(20 - 1e-4 * information - 3) <= 1e-3)
  }

  @Test("Directions are orthonormal, and a seed names them", arguments: [1, 7, 60])
  func directionsAreOrthonormal(count: Int) {
    let rows = OrthonormalRows(count: count, dimension: 60, seed: 2)
    #expect(rows == OrthonormalRows(count: count, dimension: 60, seed: 2))
    #expect(rows != OrthonormalRows(count: count, dimension: 60, seed: 3))
    for i in 0..<count {
      let products = rows.components(of: Array(rows.values[60 * i..<60 * (i + 1)]))
      for (j, product) in products.enumerated() {
        #expect(abs(product - (i == j ? 1 : 0)) <= 1e-14)
      }
    }
  }
}
