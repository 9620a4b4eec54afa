import ScoreCore

/// Linear least squares on Gaussian data, whose error is known exactly, as a check of the method.
struct LinearScoreCheck: Sendable {
  static let sampleCount = 200
  static let repeats = 2000

  /// The variance of the data and the Ornstein-Uhlenbeck time.
  let variance: Double
  let time: Double
  /// `sigma^2 L2^2` over the repeats.
  let error: Estimate
  /// Its exact mean.
  let expected: Double

  static func all(seed: UInt64) -> [LinearScoreCheck] {
    let cases: [(variance: Double, time: Double)] = [(1, 0.001), (1, 0.05), (4, 0.5)]
    return cases.enumerated().map { index, values in
      let fit = LinearScoreRegression(
        variance: values.variance,
        level: OrnsteinUhlenbeck(horizon: 5, stop: 0.0001).level(at: values.time))
      var stream = RandomStream(seed: seed, purpose: .experiment, index: UInt64(index))
      let errors = (0..<repeats).map { _ in
        fit.drawError(sampleCount: sampleCount, using: &stream)
      }
      return LinearScoreCheck(
        variance: values.variance, time: values.time, error: Estimate(errors),
        expected: fit.expectedError(sampleCount: sampleCount))
    }
  }
}
