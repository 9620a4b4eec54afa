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
    let law = Laplace(scale: 0.7)
    let level = NoiseLevel(alpha: 0.9, sigma: sigma)
    for x in [-6, -1.3, -0.02, 0, 0.5, 2.5] {
      let value = exp(law.logDensity(at: Points(values: [x], dimension: 1), level: level)[0])
      // The rule's next term is h^4 / 720 times a third derivative of up to 1e2 / sigma^3.
      let expected = convolution(at: x, B: 0.63, sigma: sigma)
      #expect(abs(value / expected - 1) <= 1e-9, "x \(x)")
    }
  }

  @Test("At noise far above the scale the law is a Gaussian, and both formulas of the score meet")
  func largeNoiseIsGaussian() {
    let law = Laplace(scale: 1)
    for ratio in [9.9e3, 1.1e4, 1e7] {
      let level = NoiseLevel(alpha: 1, sigma: ratio)
      let v = ratio * ratio + 2
      for z in [-3, -0.1, 0.7, 40] {
        let x = Points(values: [z * ratio], dimension: 1)
        // The kurtosis adds 2 (z / ratio^2)^2; logarithms round to 1e-15 and lose the ratio once.
        let expected = -x[0, 0] / v
        #expect(abs(law.score(at: x, level: level)[0, 0] / expected - 1) <= 1e-9)
        let logDensity = -x[0, 0] * x[0, 0] / (2 * v) - 0.5 * log(2 * Double.pi * v)
        #expect(abs(law.logDensity(at: x, level: level)[0] - logDensity) <= 1e-12 * abs(logDensity))
      }
    }
  }

  @Test("Without noise the law is the Laplace law, and far away its slope is constant")
  func tails() {
    let law = Laplace(scale: 0.5)
    let x = Points(values: [-1, 2, 1e200], dimension: 1)
    #expect(law.score(at: x, level: .clean).values == [2, -2, -2])
    #expect(abs(law.logDensity(at: x, level: .clean)[0] + 2) <= 1e-15)
    let noisy = NoiseLevel(alpha: 1, sigma: 0.1)
    #expect(law.score(at: x, level: noisy).values[2] == -2)
    #expect(law.logDensity(at: x, level: noisy)[2].isFinite)
  }

  @Test("The Fisher information tends to 1 / scale^2 as noise vanishes, and to that of a Gaussian")
  func fisherInformationHasItsLimits() throws {
    let law = Laplace(scale: 0.5)
    #expect(law.fisherInformation(at: .clean) == 4)
    let small = try #require(law.fisherInformation(at: NoiseLevel(alpha: 1, sigma: 1e-4)))
    // The kink is rounded over a length sigma, on which the score is not +-1 / scale.
    #expect(abs(small - 4) <= 4e-3 && small < 4)
    let large = try #require(law.fisherInformation(at: NoiseLevel(alpha: 1, sigma: 100)))
    // The relative excess over the Gaussian value is of order (scale / sigma)^6.
    #expect(abs(large * 10_000.5 - 1) <= 1e-8)
  }
}
