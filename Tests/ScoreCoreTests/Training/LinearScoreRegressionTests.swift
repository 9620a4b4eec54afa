import Glibc
import ScoreCore
import Testing

@Suite struct LinearScoreRegressionTests {
  @Test(
    "The mean error of least squares is (1 - sigma^2/v_t)/(m - 2)",
    arguments: [(1.0, 0.05, 200), (4, 0.5, 200), (1, 0.001, 8)])
  func meanError(variance: Double, time: Double, count: Int) {
    let level = OrnsteinUhlenbeck(horizon: 5, stop: 0.0001).level(at: time)
    let fit = LinearScoreRegression(variance: variance, level: level)
    let errors = (0..<4000).map { index in
      var stream = RandomStream(seed: 9, purpose: .test, index: UInt64(index))
      return fit.drawError(sampleCount: count, using: &stream)
    }
    let mean = errors.reduce(0, +) / 4000
    let square = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3999
    // Four standard errors.
    #expect(abs(mean - fit.expectedError(sampleCount: count)) < 4 * (square / 4000).squareRoot())
  }

  @Test("The error is bounded by 1/(m - 2) however small the noise")
  func bound() {
    for time in [1e-6, 1e-3, 0.1, 1, 4] {
      let level = OrnsteinUhlenbeck(horizon: 5, stop: 1e-7).level(at: time)
      let error = LinearScoreRegression(variance: 2, level: level).expectedError(sampleCount: 102)
      #expect(error > 0 && error <= 0.01)
    }
  }

  @Test("Without noise about the line the fit is exact: no data variance, only noise")
  func exactFit() {
    // x = sigma z, so z is a multiple of x and least squares finds the score of N(0, sigma^2).
    let fit = LinearScoreRegression(variance: 1e-30, level: NoiseLevel(alpha: 0.8, sigma: 0.6))
    var stream = RandomStream(seed: 1, purpose: .test)
    #expect(fit.drawError(sampleCount: 50, using: &stream) < 1e-25)
  }
}
