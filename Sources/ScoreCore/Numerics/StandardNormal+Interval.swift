import Glibc

extension StandardNormal {
  /// What a standard normal number does inside an interval.
  public struct Interval: Sendable, Equatable {
    /// The log probability of the interval, in nats.
    public var logProbability: Double
    /// The mean of the number given that it is inside.
    public var mean: Double
  }

  /// Probability and conditional mean of an interval, without cancellation.
  ///
  /// Three forms, each where it is accurate: a short interval is integrated about its midpoint;
  /// one around zero takes the difference of two error functions of opposite sign; one in the
  /// tail takes the density at its near end times a difference of Mills ratios.
  ///
  /// - Precondition: `lower < upper`.
  public static func interval(from lower: Double, to upper: Double) -> Interval {
    precondition(lower < upper, "An interval has its lower end below its upper end.")
    guard lower + upper >= 0 else {
      let mirrored = interval(from: -upper, to: -lower)
      return Interval(logProbability: mirrored.logProbability, mean: -mirrored.mean)
    }
    let width = upper - lower
    if width * max(1, lower) < 2 { return shortInterval(lower, upper) }
    // log(phi(lower) / phi(upper)), at least 0
    let fall = width * ((lower + upper) / 2)
    if lower <= 0 {
      let root = 0.5.squareRoot()
      let probability = (erf(upper * root) - erf(lower * root)) / 2
      return Interval(
        logProbability: log(probability), mean: density(lower) * -expm1(-fall) / probability)
    }
    let ratio = millsRatio(lower) - exp(-fall) * millsRatio(upper)
    return Interval(
      logProbability: log(ratio) - lower * lower / 2 - logSqrtTwoPi, mean: -expm1(-fall) / ratio)
  }

  // phi(m + h u) / phi(m) = exp(-m h u - h^2 u^2 / 2), with an exponent below 2 in size, so ten
  // Gauss-Legendre points leave less than rounding.
  private static func shortInterval(_ lower: Double, _ upper: Double) -> Interval {
    let m = (lower + upper) / 2
    let h = (upper - lower) / 2
    var mass = 0.0
    var moment = 0.0
    for (node, weight) in zip(legendreNodes, legendreWeights) {
      let bend = exp(-h * h * node * node / 2)
      let tilt = m * h * node
      mass += weight * bend * cosh(tilt)
      moment -= weight * bend * node * sinh(tilt)
    }
    return Interval(
      logProbability: log(2 * h * mass) - m * m / 2 - logSqrtTwoPi, mean: m + h * moment / mass)
  }

  // The positive nodes of the ten-point rule and their weights, which sum to 1.
  private static let legendreNodes = [
    0.148_874_338_981_631_22, 0.433_395_394_129_247_2, 0.679_409_568_299_024_4,
    0.865_063_366_688_984_5, 0.973_906_528_517_171_7,
  ]
  private static let legendreWeights = [
    0.295_524_224_714_752_87, 0.269_266_719_309_996_35, 0.219_086_362_515_982_04,
    0.149_451_349_150_580_59, 0.066_671_344_308_688_14,
  ]
}
