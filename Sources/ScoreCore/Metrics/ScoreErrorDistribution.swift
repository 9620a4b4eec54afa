/// The distribution of `sigma ||s_hat - s||` under the noisy distribution at one noise level.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), eq. 6, for `D_delta`.
public struct ScoreErrorDistribution: Sendable, Equatable {
  public let level: NoiseLevel
  /// The process time of the level.
  public let time: Double
  /// The errors at the probe points, ascending; dimensionless because of the factor sigma.
  public let errors: [Float]
  /// `sigma sqrt(E ||s_hat - s||^2)`.
  public let l2: Double

  /// Sorts the errors of a probe.
  ///
  /// - Precondition: At least one error.
  public init(level: NoiseLevel, time: Double, unsorted errors: [Float]) {
    precondition(!errors.isEmpty, "A distribution needs at least one error.")
    self.level = level
    self.time = time
    // NaN has no order; it goes last, so that it shows in the largest quantiles.
    self.errors = errors.sorted { $0.isNaN ? false : ($1.isNaN ? true : $0 < $1) }
    // Once, because a screen asks for it at every level of every frame.
    l2 =
      (self.errors.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(errors.count))
      .squareRoot()
  }

  /// Compares an estimate of the score with the exact one at the same points.
  ///
  /// - Precondition: Both have the same shape, and at least one point.
  public init(level: NoiseLevel, time: Double, estimate: Points, exact: Points) {
    self.init(
      level: level, time: time,
      unsorted: Self.errors(of: estimate, exact: exact, level: level))
  }

  /// `sigma ||s_hat - s||` at each point, `[count]`.
  ///
  /// - Precondition: Both scores are of the same points.
  public static func errors(of estimate: Points, exact: Points, level: NoiseLevel) -> [Float] {
    precondition(
      estimate.count == exact.count && estimate.dimension == exact.dimension,
      "Scores of different points cannot be compared.")
    return (0..<estimate.count).map { row in
      var sum = 0.0
      for axis in 0..<estimate.dimension {
        let gap = estimate[row, axis] - exact[row, axis]
        sum += gap * gap
      }
      return Float(level.sigma * sum.squareRoot())
    }
  }

  /// The mean error.
  public var mean: Double { errors.reduce(0.0) { $0 + Double($1) } / Double(errors.count) }

  /// What the true L2 lies between with a confidence of about 95 percent: 1.96 standard errors of the
  /// mean square on both sides, which wants many points and no heavy tail.
  public var l2Interval: ClosedRange<Double> {
    let square = Estimate(errors.map { Double($0) * Double($0) })
    let reach = 1.96 * square.standardError
    guard reach.isFinite, l2.isFinite else { return 0...(.infinity) }
    return max(0, square.value - reach).squareRoot()...(square.value + reach).squareRoot()
  }

  /// `sigma D_delta`: the (1 - delta) quantile, the order statistic `ceil((1 - delta) M)`.
  ///
  /// - Precondition: `0 < delta < 1`.
  public func quantileError(delta: Double) -> Double {
    precondition(delta > 0 && delta < 1, "delta is a probability strictly between 0 and 1.")
    return Double(errors[QuantileEstimate.rank(of: delta, in: errors.count) - 1])
  }

  /// `sigma D_delta` with its interval and with what so many points can say of it.
  ///
  /// Here ``quantileError(delta:)`` is known or is not: reports show this one.
  ///
  /// - Precondition: `0 < delta < 1`.
  public func quantileEstimate(delta: Double) -> QuantileEstimate {
    QuantileEstimate(ofSorted: errors.lazy.map { Double($0) }, delta: delta)
  }

  /// Markov's bound `L2 / sqrt(delta)` on `D_delta`.
  public func markovBound(delta: Double) -> Double { l2 / delta.squareRoot() }

  /// How far Markov's bound is from what it bounds, `L2 / (sqrt(delta) D_delta)`, at least 1.
  ///
  /// Infinite where D_delta is 0 and L2 is not; NaN where both are.
  public func markovGap(delta: Double) -> Double {
    markovBound(delta: delta) / quantileError(delta: delta)
  }

  /// The share of `L2^2` that the points with errors above `D_delta` carry, in 0...1.
  ///
  /// NaN where an error is.
  public func worstShare(delta: Double) -> Double {
    let rank = QuantileEstimate.rank(of: delta, in: errors.count)
    let total = errors.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard total != 0 else { return 0 }  // NaN differs from 0 and passes on
    return errors[rank...].reduce(0.0) { $0 + Double($1) * Double($1) } / total
  }
}
