/// An estimate of `D_delta` from M errors, with an interval that needs no distribution of them.
///
/// M delta errors lie above the (1 - delta) quantile on average. With few of them the estimate is
/// uncertain, and without any it is the largest error drawn and says nothing of the quantile.
public struct QuantileEstimate: Codable, Sendable, Equatable {
  /// What M points can say of a quantile.
  public enum Standing: Codable, Sendable, Equatable {
    /// Fewer than 10 / delta points: nothing, and so many are needed.
    case unknown(needed: Int)
    /// From 10 / delta points: little, within the interval.
    case few
    /// From 100 / delta points.
    case enough
  }

  /// The share of points above the quantile.
  public let delta: Double
  /// The number M of points.
  public let count: Int
  /// The order statistic `ceil((1 - delta) M)`, whatever its ``standing``; NaN where an error is
  /// and reaches it.
  public let orderStatistic: Double
  /// What the true quantile lies between with a confidence of at least 95 percent.
  ///
  /// The number of errors above the true quantile is binomial, so the order statistics at the ranks
  /// of its 2.5 and 97.5 percent points enclose it. The upper end is infinite where the sample has
  /// no rank so high.
  ///
  /// Source: Clopper and Pearson 1934, Biometrika 26; David and Nagaraja 2003, "Order Statistics",
  /// section 7.1.
  public let interval: ClosedRange<Double>
  public let standing: Standing

  /// The order statistic; nil where it is ``Standing/unknown(needed:)``.
  public var value: Double? {
    if case .unknown = standing { return nil }
    return orderStatistic
  }

  /// Estimates the quantile that a share delta of the errors exceeds.
  ///
  /// - Parameters:
  ///   - errors: Ascending, NaN last, at least one.
  ///   - delta: Strictly between 0 and 1.
  public init(ofSorted errors: some RandomAccessCollection<Double>, delta: Double) {
    precondition(delta > 0 && delta < 1, "delta is a probability strictly between 0 and 1.")
    precondition(!errors.isEmpty, "A quantile is of at least one error.")
    let count = errors.count
    func error(rank: Int) -> Double { errors[errors.index(errors.startIndex, offsetBy: rank - 1)] }
    self.delta = delta
    self.count = count
    orderStatistic = error(rank: Self.rank(of: delta, in: count))
    let ranks = Self.ranks(of: delta, in: count)
    let lower = ranks.lower.map { error(rank: $0) } ?? 0
    let upper = ranks.upper.map { error(rank: $0) } ?? .infinity
    // NaN is no bound: what is above a NaN is unknown, and so is what is below one.
    interval = (lower.isNaN ? 0 : lower)...(upper.isNaN ? .infinity : upper)
    standing = Self.standing(count: count, delta: delta)
  }

  /// What a number of points can say of the quantile.
  public static func standing(count: Int, delta: Double) -> Standing {
    let needed = neededCount(delta: delta)
    if count < needed { return .unknown(needed: needed) }
    return Double(count) * delta < 100 - 1e-9 ? .few : .enough
  }

  /// The least number of points that says anything of the quantile, `10 / delta`.
  public static func neededCount(delta: Double) -> Int { Int((10 / delta - 1e-9).rounded(.up)) }

  /// The rank, from 1, of the order statistic `ceil((1 - delta) count)`.
  static func rank(of delta: Double, in count: Int) -> Int {
    // A hair is taken off so that (1 - 0.05) * 4000 = 3800.0000000000005 stays rank 3800.
    let rank = ((1 - delta) * Double(count) - 1e-9).rounded(.up)
    return min(max(1, Int(rank)), count)
  }

  /// The ranks, from 1, that enclose the quantile with a confidence of at least 95 percent; nil
  /// where the sample has none.
  static func ranks(of delta: Double, in count: Int) -> (lower: Int?, upper: Int?) {
    // K points exceed the quantile; rank r is at most it where K <= count - r, and at least it
    // where K >= count - r + 1.
    let above = BinomialDistribution(count: count, probability: delta)
    let lower = count - above.quantile(0.975)
    let upper = count - above.quantile(0.025) + 1
    return (lower >= 1 ? lower : nil, upper <= count ? upper : nil)
  }
}
