import Glibc
import ScoreCore
import TestSupport
import Testing

@Suite struct UniformBoxMixtureTests {
  @Test("Density and score of an interval agree with an independent computation")
  func agreesWithReference() throws {
    let reference = try Reference.load()
    #expect(!reference.uniformInterval.isEmpty)
    for entry in reference.uniformInterval {
      let distribution = UniformBoxMixture([.init(low: [entry.low], high: [entry.high])])
      let level = NoiseLevel(alpha: entry.alpha, sigma: entry.sigma)
      let x = Points(values: entry.x, dimension: 1)
      // The reference takes plain differences, which cost it a few digits.
      for (value, expected) in zip(distribution.logDensity(at: x, level: level), entry.logDensity) {
        #expect(abs(value - expected) <= 1e-11 * max(1, abs(expected)))
      }
      for (value, expected) in zip(distribution.score(at: x, level: level).values, entry.score) {
        #expect(abs(value - expected) <= 1e-9 * max(1, abs(expected)))
      }
    }
  }

  @Test("Forty deviations outside, density and score follow the tail of the nearest edge")
  func farTailIsAccurate() {
    let distribution = UniformBoxMixture([.init(low: [-1], high: [1])])
    for sigma in [1e-6, 1e-3, 1] {
      let level = NoiseLevel(alpha: 1, sigma: sigma)
      let x = Points(values: [1 + 40 * sigma], dimension: 1)
      // log(Q(40) / 2) and phi(40) / Q(40), 50 digits; the other edge adds less than rounding.
      let logDensity = distribution.logDensity(at: x, level: level)[0]
      let z = (x[0, 0] - 1) / sigma  // what the rounded point holds of 40
      let expected = -0.5 * (z * z - 1600) + -804.608_442_013_754 - log(2)
      #expect(abs(logDensity - expected) <= 1e-6)
      let score = distribution.score(at: x, level: level)[0, 0]
      #expect(abs(score * sigma + z + 0.024_968_847_207) <= 1e-9)
    }
  }

  @Test("Without noise the density is uniform inside and zero outside")
  func cleanDensityIsUniform() {
    let distribution = UniformBoxMixture([
      .init(weight: 1, low: [0, 0], high: [2, 1]), .init(weight: 3, low: [5, 5], high: [6, 6]),
    ])
    let x = Points(rows: [[1, 0.5], [5.5, 5.1], [3, 3], [0, 0], [2, 0.5]])
    let values = distribution.logDensity(at: x, level: .clean)
    #expect(abs(values[0] - log(0.125)) <= 1e-15)
    #expect(abs(values[1] - log(0.75)) <= 1e-15)
    #expect(values[2] == -.infinity)
    #expect(abs(values[3] - log(0.125)) <= 1e-15, "the lower corner belongs to the box")
    #expect(values[4] == -.infinity, "the upper edge does not")
    #expect(distribution.score(at: x, level: .clean).values.allSatisfy { $0 == 0 })
    #expect(distribution.fisherInformation(at: .clean) == nil)
  }

  @Test("Points that are not finite give values that are not numbers")
  func nonFinitePointsShow() {
    let distribution = UniformBoxMixture([
      .init(low: [0, 0], high: [1, 1]), .init(low: [1, 1], high: [2, 2]),
    ])
    let x = Points(rows: [[0.5, .nan], [.infinity, 0.5]])
    for level in [NoiseLevel.clean, NoiseLevel(alpha: 0.5, sigma: 0.5)] {
      #expect(distribution.logDensity(at: x, level: level).allSatisfy { $0.isNaN })
      #expect(distribution.score(at: x, level: level).values.allSatisfy { $0.isNaN })
    }
  }

  @Test("A sample that has run away still gets a finite score that leads back")
  func runawayPointsAreFinite() {
    let distribution = UniformBoxMixture([.init(low: [-1], high: [1])])
    let level = NoiseLevel(alpha: 0.5, sigma: 0.5)
    for point in [1e9, -1e17, 1e20, 1e100] {
      let x = Points(values: [point], dimension: 1)
      #expect(distribution.logDensity(at: x, level: level)[0].isFinite)
      #expect(abs(distribution.score(at: x, level: level)[0, 0] / (-point / 0.25) - 1) <= 1e-8)
    }
    let beyond = Points(values: [1e200], dimension: 1)
    #expect(distribution.score(at: beyond, level: level)[0, 0].isNaN)
  }

  @Test("At very small noise the density meets the uniform one away from the edges")
  func smallNoiseIsContinuous() {
    let distribution = UniformBoxMixture([.init(low: [-1, -1], high: [1, 1])])
    let x = Points(rows: [[0.3, -0.9], [0, 0]])
    for value in distribution.logDensity(at: x, level: NoiseLevel(alpha: 1, sigma: 1e-8)) {
      #expect(abs(value - log(0.25)) <= 1e-15)
    }
    let score = distribution.score(at: x, level: NoiseLevel(alpha: 1, sigma: 1e-8))
    #expect(score.values.allSatisfy { $0 == 0 })
  }

  @Test("Samples of a checkerboard lie on black squares, equally often")
  func samplesLieOnBlackSquares() throws {
    let entry = try #require(DistributionCatalog.entry(named: "checkerboard"))
    let distribution = try entry.make(
      CatalogParameters([:], describedBy: entry.parameters), FixedTable())
    var stream = RandomStream(seed: 1, purpose: .test)
    let n = 8000
    let x = distribution.sample(count: n, using: &stream)
    #expect(distribution.logDensity(at: x, level: .clean).allSatisfy { $0.isFinite })
    // A board of 4 by 4 unit squares has variance 16 / 12 along each axis.
    let side = 1 / (16.0 / 12).squareRoot()
    var counts: [Int: Int] = [:]
    for row in 0..<n {
      let (i, j) = (
        Int((x[row, 0] / side + 2).rounded(.down)), Int((x[row, 1] / side + 2).rounded(.down))
      )
      #expect((i + j) % 2 == 0)
      counts[4 * i + j, default: 0] += 1
    }
    #expect(counts.count == 8)
    // Chi-square with 7 degrees of freedom: 0.9999 quantile 29.9.
    let expected = Double(n) / 8
    let chiSquare = counts.values.reduce(0.0) { $0 + pow(Double($1) - expected, 2) / expected }
    #expect(chiSquare < 29.9)
  }
}
