import Glibc
import ScoreCore
import Testing

@Suite struct GaussianMixtureTests {
  @Test("Density and score agree with an independent computation in 1, 2, 3 and 8 dimensions")
  func agreesWithReference() throws {
    let reference = try Reference.load()
    #expect(reference.gaussianMixture.count == 16)
    for entry in reference.gaussianMixture {
      let distribution = GaussianMixture(
        entry.weights.indices.map {
          .init(
            weight: entry.weights[$0], mean: entry.means[$0], spread: .full(entry.covariances[$0]))
        })
      let level = NoiseLevel(alpha: entry.alpha, sigma: entry.sigma)
      let x = Points(rows: entry.x)
      // Both sides round; covariances here have condition numbers up to about 1e3.
      for (value, expected) in zip(distribution.logDensity(at: x, level: level), entry.logDensity) {
        #expect(abs(value - expected) <= 1e-11 * max(1, abs(expected)))
      }
      let score = distribution.score(at: x, level: level)
      for (value, expected) in zip(score.values, entry.score.joined()) {
        #expect(abs(value - expected) <= 1e-11 * max(1, abs(expected)))
      }
    }
  }

  @Test("The isotropic kernel agrees with the general path", arguments: [1, 2, 3, 7, 20])
  func kernelAgreesWithGeneralPath(dimension: Int) {
    var stream = RandomStream(seed: 6, purpose: .test)
    let components = (0..<13).map { _ in
      GaussianMixture.Component(
        weight: stream.uniform(), mean: (0..<dimension).map { _ in 2 * stream.normal() },
        spread: .isotropic(0.2 + stream.uniform()))
    }
    // One diagonal component of negligible weight sends the same mixture down the other path.
    let general = GaussianMixture(
      components + [
        .init(
          weight: 1e-300, mean: Array(repeating: 0, count: dimension),
          spread: .diagonal((0..<dimension).map { $0 == 0 ? 1.5 : 1 }))
      ])
    let fast = GaussianMixture(components)
    for level in [NoiseLevel.clean, NoiseLevel(alpha: 0.3, sigma: 0.8)] {
      var x = stream.normals(count: 60, dimension: dimension)
      for i in x.values.indices { x.values[i] *= 4 }
      for (a, b) in zip(
        fast.logDensity(at: x, level: level), general.logDensity(at: x, level: level))
      {
        #expect(abs(a - b) <= 1e-13 * max(1, abs(b)))
      }
      for (a, b) in zip(
        fast.score(at: x, level: level).values, general.score(at: x, level: level).values)
      {
        // Terms of size |log density| round before they are exponentiated.
        #expect(abs(a - b) <= 1e-11 * max(1, abs(b)))
      }
    }
  }

  @Test("Points that are not finite give values that are not numbers", arguments: [1, 2, 3])
  func nonFinitePointsShow(dimension: Int) {
    let distribution = GaussianMixture([
      .init(mean: Array(repeating: 0, count: dimension), spread: .isotropic(1))
    ])
    for bad in [Double.nan, .infinity] {
      let x = Points(values: Array(repeating: bad, count: dimension), dimension: dimension)
      #expect(distribution.logDensity(at: x, level: .clean)[0].isNaN)
      #expect(distribution.score(at: x, level: .clean).values.allSatisfy { $0.isNaN })
    }
  }

  @Test("Weights need not sum to one and large ones do not matter")
  func weightsAreRelative() {
    func distribution(_ scale: Double) -> GaussianMixture {
      GaussianMixture([
        .init(weight: scale, mean: [0], spread: .isotropic(1)),
        .init(weight: 3 * scale, mean: [2], spread: .isotropic(0.5)),
      ])
    }
    let x = Points(values: [-1, 0.5, 2], dimension: 1)
    for (a, b) in zip(
      distribution(1).logDensity(at: x, level: .clean),
      distribution(1e6).logDensity(at: x, level: .clean))
    {
      #expect(abs(a - b) <= 1e-14)
    }
  }

  @Test("The Fisher information of one Gaussian is the trace of its precision")
  func fisherOfOneGaussian() throws {
    let level = NoiseLevel(alpha: 0.5, sigma: 0.3)
    let full = GaussianMixture([.init(mean: [1, 2], spread: .full([[2, 0.6], [0.6, 1]]))])
    // trace of the inverse of [[a, b], [b, c]] is (a + c) / (a c - b^2)
    let (a, b, c) = (0.25 * 2 + 0.09, 0.25 * 0.6, 0.25 + 0.09)
    let value = try #require(full.fisherInformation(at: level))
    #expect(abs(value - (a + c) / (a * c - b * b)) <= 1e-12)
    let round = GaussianMixture([.init(mean: [1, 2, 3], spread: .isotropic(2))])
    let isotropic = try #require(round.fisherInformation(at: level))
    #expect(abs(isotropic - 3 / 1.09) <= 1e-14)
  }

  @Test("The Fisher information of two points under noise is the known number")
  func fisherOfTwoPoints() throws {
    // Two points at -1 and 1, Ornstein-Uhlenbeck time 1/2: I - 1 / Var = 0.0202556, Var = 1.
    let distribution = IsotropicMixture(means: Points(rows: [[-1], [1]]), deviations: [0, 0])
    let level = NoiseLevel(alpha: exp(-0.5), sigma: (1 - exp(-1)).squareRoot())
    let value = try #require(distribution.fisherInformation(at: level))
    #expect(abs(value - 1.0202556) <= 5e-8)
  }

  @Test("Quadrature for the Fisher information agrees with a fine sum")
  func fisherAgreesWithSum() throws {
    let distributions: [any KnownScoreDistribution] = [
      LowerBoundPair(eta: 0.01, separation: 6).first,
      IsotropicMixture(means: Points(rows: [[0], [0.5], [4]]), deviations: [0.02, 1, 0.1]),
      UniformBoxMixture([.init(low: [-1], high: [0.5]), .init(low: [2], high: [2.1])]),
    ]
    for distribution in distributions {
      for level in [NoiseLevel(alpha: 1, sigma: 0.02), NoiseLevel(alpha: 0.6, sigma: 0.8)] {
        let step = 0.002
        let x = Points(values: (-8000...8000).map { Double($0) * step }, dimension: 1)
        let density = distribution.logDensity(at: x, level: level).map { exp($0) }
        let sum = zip(density, distribution.score(at: x, level: level).values).reduce(0) {
          $0 + step * $1.0 * $1.1 * $1.1
        }
        let value = try #require(distribution.fisherInformation(at: level))
        #expect(abs(value - sum) <= 1e-9 * sum, "\(level)")
      }
    }
  }

  @Test("Many narrow points on a line stay within reach, too many give nil")
  func fisherGivesUpHonestly() {
    var stream = RandomStream(seed: 1, purpose: .test)
    let few = IsotropicMixture(
      means: stream.normals(count: 100, dimension: 1), deviations: Array(repeating: 0.1, count: 100)
    )
    #expect(few.fisherInformation(at: .clean) != nil)
    let many = IsotropicMixture(
      means: stream.normals(count: 5000, dimension: 1),
      deviations: Array(repeating: 1e-6, count: 5000))
    #expect(many.fisherInformation(at: .clean) == nil)
  }

  @Test("Sampling uses weights, eigenvectors and deviations of a full covariance")
  func sampleHasItsCovariance() {
    let distribution = GaussianMixture([
      .init(mean: [1, -1], spread: .full([[2, 0.9], [0.9, 1]]))
    ])
    var stream = RandomStream(seed: 9, purpose: .test)
    let n = 40_000
    let x = distribution.sample(count: n, using: &stream)
    var moments = [0.0, 0, 0]
    for row in 0..<n {
      let (a, b) = (x[row, 0] - 1, x[row, 1] + 1)
      for (i, value) in [a * a, a * b, b * b].enumerated() { moments[i] += value / Double(n) }
    }
    // Standard error of E[ab]: sqrt((vaa vbb + vab^2) / n).
    let expected: [(Double, Double)] = [(2, 8), (0.9, 2.81), (1, 2)]
    for (moment, (value, spread)) in zip(moments, expected) {
      #expect(abs(moment - value) <= 5 * (spread / Double(n)).squareRoot())
    }
  }

  @Test(
    "Far out a mixture is its nearest part: density and score are finite as far as squares are",
    arguments: [1, 2, 3], [1e6, 1e12, 1e100])
  func farAway(dimension: Int, distance: Double) {
    let zero = [Double](repeating: 0, count: dimension)
    let part = [1.0] + zero.dropFirst()
    let distribution = IsotropicMixture(
      means: Points(rows: [zero, part]), weights: [0.5, 0.5], deviations: [1, 1])
    let x = Points(rows: [[distance] + zero.dropFirst()])
    let density = distribution.logDensity(at: x, level: .clean)[0]
    // Next to the square of the distance everything else is below float64's rounding.
    #expect(abs(density / (-0.5 * (distance - 1) * (distance - 1)) - 1) < 1e-9)
    let score = distribution.score(at: x, level: .clean)
    #expect(abs(score[0, 0] / (1 - distance) - 1) < 1e-12)
    for axis in 0..<dimension where axis > 0 { #expect(score[0, axis] == 0) }
  }
}
