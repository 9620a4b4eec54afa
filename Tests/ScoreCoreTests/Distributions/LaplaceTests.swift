import Glibc
import ScoreCore
import Testing

@Suite struct LaplaceTests {
  /// The convolution of `exp(-|u| / B) / 2 B` with the noise, by the trapezoid rule on each side of
  /// the kink, with the ends corrected (Euler-Maclaurin, first term).
  private func convolution(at x: Double, B: Double, sigma: Double) -> Double {
    func integrand(_ u: Double) -> Double {
      exp(-abs(u) / B - (x - u) * (x - u) / (2 * sigma * sigma))
        / (2 * B * sigma * (2 * Double.pi).squareRoot())
    }
    let n = 400_000
    let reach = 40 * B + 12 * sigma
    let h = reach / Double(n)
    var sum = integrand(0)
    for i in 1...n { sum += integrand(Double(i) * h) + integrand(-Double(i) * h) }
    // The slope jumps by -2 / B times the value at the kink: h^2 / 12 of it is missing.
    return h * sum - h * h / 12 * (2 / B) * integrand(0)
  }

  @Test("The noisy density is the convolution", arguments: [0.03, 0.4, 1, 3])
  func densityIsConvolution(sigma: Double) {
    let distribution = Laplace(scale: 0.7)
    let level = NoiseLevel(alpha: 0.9, sigma: sigma)
    for x in [-6, -1.3, -0.02, 0, 0.5, 2.5] {
      let value = exp(
        distribution.logDensity(at: Points(values: [x], dimension: 1), level: level)[0])
      // The rule's next term is h^4 / 720 times a third derivative of up to 1e2 / sigma^3.
      let expected = convolution(at: x, B: 0.63, sigma: sigma)
      #expect(abs(value / expected - 1) <= 1e-9, "x \(x)")
    }
  }

  @Test(
    "At noise far above the scale the distribution is a Gaussian, and both formulas of the score meet"
  )
  func largeNoiseIsGaussian() {
    let distribution = Laplace(scale: 1)
    for ratio in [9.9e3, 1.1e4, 1e7] {
      let level = NoiseLevel(alpha: 1, sigma: ratio)
      let v = ratio * ratio + 2
      for z in [-3, -0.1, 0.7, 40] {
        let x = Points(values: [z * ratio], dimension: 1)
        // The kurtosis adds 2 (z / ratio^2)^2; logarithms round to 1e-15 and lose the ratio once.
        let expected = -x[0, 0] / v
        #expect(abs(distribution.score(at: x, level: level)[0, 0] / expected - 1) <= 1e-9)
        let logDensity = -x[0, 0] * x[0, 0] / (2 * v) - 0.5 * log(2 * Double.pi * v)
        #expect(
          abs(distribution.logDensity(at: x, level: level)[0] - logDensity) <= 1e-12
            * abs(logDensity))
      }
    }
  }

  // Values by mpmath with 60 digits from the two tails in closed form.
  @Test(
    "The score has its digits at any noise, a hundred deviations out and more",
    arguments: [
      (1e-5, 1.0, 100.0, -99.999_999_979_999_98), (1e-5, 1, 1000, -999.999_999_799_98),
      (1e-5, 1, 99_000, -98_999.999_005_027_121), (1e-5, 1, 100_000, -99_999.202_118_622_303),
      (1e-5, 1, 200_000, -100_000), (0.001, 1, 999, -998.47526545116234),
      (0.001, 1, 1000.5, -999.49109647600751), (1, 20_000, 2_020_000, -0.0050499999747493564),
      (1, 0.5, 0.001, -0.0012821550549532241),
      (1, 3, 8.5, -0.73723068305712777), (1, 3, 40, -1.0),
    ])
  func farScores(B: Double, sigma: Double, x: Double, expected: Double) {
    let distribution = Laplace(scale: B)
    let level = NoiseLevel(alpha: 1, sigma: sigma)
    let points = Points(values: [x, -x], dimension: 1)
    let score = distribution.score(at: points, level: level).values
    // A few roundings; near the origin the score is a difference of numbers near 1.
    let tolerance = 1e-15 * max(8, sigma / x)
    #expect(abs(score[0] / expected - 1) <= tolerance, "found \(score[0])")
    #expect(score[1] == -score[0])
  }

  @Test(
    "Without noise the distribution is the Laplace distribution, and far away its slope is constant"
  )
  func tails() {
    let distribution = Laplace(scale: 0.5)
    let x = Points(values: [-1, 2, 1e200], dimension: 1)
    #expect(distribution.score(at: x, level: .clean).values == [2, -2, -2])
    #expect(abs(distribution.logDensity(at: x, level: .clean)[0] + 2) <= 1e-15)
    let noisy = NoiseLevel(alpha: 1, sigma: 0.1)
    #expect(distribution.score(at: x, level: noisy).values[2] == -2)
    #expect(distribution.logDensity(at: x, level: noisy)[2].isFinite)
  }

  @Test("The Fisher information tends to 1 / scale^2 as noise vanishes, and to that of a Gaussian")
  func fisherInformationHasItsLimits() throws {
    let distribution = Laplace(scale: 0.5)
    #expect(distribution.fisherInformation(at: .clean) == 4)
    let small = try #require(distribution.fisherInformation(at: NoiseLevel(alpha: 1, sigma: 1e-4)))
    // The kink is rounded over a length sigma, on which the score is not +-1 / scale.
    #expect(abs(small - 4) <= 4e-3 && small < 4)
    let large = try #require(distribution.fisherInformation(at: NoiseLevel(alpha: 1, sigma: 100)))
    // The relative excess over the Gaussian value is of order (scale / sigma)^6.
    #expect(abs(large * 10_000.5 - 1) <= 1e-8)
  }
}
