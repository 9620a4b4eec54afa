extension Estimate {
  /// An interval that holds the mean of independent values with a confidence.
  ///
  /// Student's t quantile with `count - 1` degrees of freedom times the standard error on either
  /// side: exact for normal values, and near it for the means of many.
  ///
  /// - Returns: Nil for fewer than two values, or where one is not finite.
  public static func meanInterval(
    of values: [Double], confidence: Double = 0.95
  ) -> ClosedRange<Double>? {
    guard values.count > 1, values.allSatisfy(\.isFinite) else { return nil }
    let mean = Estimate(values)
    let reach =
      StudentT.quantile((1 + confidence) / 2, degreesOfFreedom: values.count - 1)
      * mean.standardError
    return mean.value - reach...mean.value + reach
  }
}
