import Glibc
import ScoreCore
import ScoreTheory
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
      let gap = fit.drawGap(sampleCount: count, using: &stream)
      return gap * gap
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
    #expect(abs(fit.drawGap(sampleCount: 50, using: &stream)) < 1e-12)
  }

  @Test(
    "Quantiles of the error are those of numpy's least squares",
    arguments: [
      // (time, m, p, quantile): python3 with scipy 1.17.1, sqrt((1 - sigma^2/v_t)/m) t_m, which
      // agrees with 100,000 fits by numpy to 1 percent, the noise of those.
      (0.01, 20, 0.9, 0.38372564931214026),
      (1.0, 50, 0.99, 0.1849057822102945),
      (0.2, 10, 0.5, 0.19826117610837624),
    ])
  func quantiles(time: Double, count: Int, p: Double, expected: Double) {
    let level = OrnsteinUhlenbeck(horizon: 5, stop: 0.0001).level(at: time)
    let fit = LinearScoreRegression(variance: 2, level: level)
    // Student quantiles are good to about 1e-12.
    #expect(abs(fit.errorQuantile(p, sampleCount: count) - expected) < 1e-10 * expected)
    let gaps = (0..<4000).map { index in
      var stream = RandomStream(seed: 10, purpose: .test, index: UInt64(index))
      return abs(fit.drawGap(sampleCount: count, using: &stream))
    }
    let share = Double(gaps.count { $0 <= expected }) / 4000
    // Four standard errors.
    #expect(abs(share - p) < 4 * (p * (1 - p) / 4000).squareRoot())
  }

  @Test("The slope of a gap has that gap, and D_delta is its normal quantile times as large")
  func slopes() {
    let fit = LinearScoreRegression(variance: 2, level: NoiseLevel(alpha: 0.8, sigma: 0.6))
    let gap = 0.3
    let back = (fit.slope(gap: gap) - 1 / fit.noisyVariance) * 0.6 * fit.noisyVariance.squareRoot()
    #expect(abs(back - gap) < 1e-15)
    // The two-sided 5 percent point of the normal distribution.
    #expect(abs(LinearScoreRegression.quantileFactor(delta: 0.05) - 1.959963984540054) < 1e-12)
  }
}
