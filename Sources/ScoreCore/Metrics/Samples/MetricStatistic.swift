/// A metric of samples of one size against a known distribution, as one function of the sample.
///
/// Everything else is fixed: reference draws, directions, a kernel's length. So the null, which is
/// the same function of fresh draws, need be simulated once for many samples of that size.
public struct MetricStatistic: Sendable {
  /// One line on what is fixed, empty if there is nothing to say.
  public let note: String
  let function: @Sendable (Points) -> Double

  init(note: String = "", _ function: @escaping @Sendable (Points) -> Double) {
    self.note = note
    self.function = function
  }

  /// The value of a sample of the size that it was made for.
  public func value(of sample: Points) -> Double { function(sample) }

  /// One value of the null, the same as in ``SampleMetric/evaluate(_:against:settings:)``.
  ///
  /// - Parameters:
  ///   - draw: Which of the null's draws, from 0.
  ///   - count: The points of a sample.
  ///   - distribution: What is drawn from.
  ///   - settings: The seed.
  /// - Returns: The function of that draw.
  public func nullValue(
    draw: Int, count: Int, of distribution: NoisyDistribution, settings: MetricSettings
  ) -> Double {
    function(settings.nullSample(draw, count: count, of: distribution))
  }
}

/// A metric whose value and null against a distribution are one function of a sample.
public protocol StatisticMetric: SampleMetric {
  /// That function.
  ///
  /// - Parameters:
  ///   - distribution: What samples are compared with.
  ///   - count: The points of a sample, at most `pointLimitForDistributions`.
  ///   - settings: The seed.
  /// - Returns: The function, for samples of that size.
  /// - Throws: ``MetricError`` if the distribution does not qualify.
  func statistic(
    against distribution: NoisyDistribution, count: Int, settings: MetricSettings
  ) throws(MetricError) -> MetricStatistic
}
