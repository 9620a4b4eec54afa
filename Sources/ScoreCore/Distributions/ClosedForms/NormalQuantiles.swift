/// Even quantiles of the standard normal distribution: positions that share its mass equally.
enum NormalQuantiles {
  /// The quantiles at `(i + 1/2) / count`, ascending.
  static func even(_ count: Int) -> [Double] {
    (0..<count).map { StandardNormal.quantile((Double($0) + 0.5) / Double(count)) }
  }
}
