import Glibc

/// How many of `count` independent trials succeed.
public struct BinomialDistribution: Sendable, Equatable {
  /// The number of trials, at least 0.
  public let count: Int
  /// The probability that one succeeds, in (0, 1).
  public let probability: Double

  public init(count: Int, probability: Double) {
    precondition(count >= 0, "Trials are counted from 0.")
    precondition(probability > 0 && probability < 1, "A probability is between 0 and 1.")
    self.count = count
    self.probability = probability
  }

  public var mean: Double { Double(count) * probability }

  /// The log probability of k successes, in nats, for `0 <= k <= count`.
  public func logMass(_ k: Int) -> Double {
    precondition((0...count).contains(k), "No more trials succeed than there are.")
    let (n, k) = (Double(count), Double(k))
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(probability)
      + (n - k) * log1p(-probability)
  }

  /// The probability of at most k successes, for any k.
  public func lowerTail(_ k: Int) -> Double {
    if k < 0 { return 0 }
    if k >= count { return 1 }
    return Double(k) < mean ? sum(from: k, by: -1) : 1 - sum(from: k + 1, by: 1)
  }

  /// The probability of at least k successes, for any k.
  public func upperTail(_ k: Int) -> Double {
    if k <= 0 { return 1 }
    if k > count { return 0 }
    return Double(k) > mean ? sum(from: k, by: 1) : 1 - sum(from: k - 1, by: -1)
  }

  /// The sum of masses away from the mean, until they no longer count.
  private func sum(from start: Int, by step: Int) -> Double {
    let odds = probability / (1 - probability)
    var mass = exp(logMass(start))
    var (sum, k) = (0.0, start)
    while mass > sum * 1e-17 {
      sum += mass
      let ratio =
        step > 0
        ? Double(count - k) / Double(k + 1) * odds : Double(k) / Double(count - k + 1) / odds
      mass *= ratio
      k += step
    }
    return min(sum, 1)
  }

  /// The smallest k that at most k successes reach with probability `p`, for `0 < p < 1`.
  public func quantile(_ p: Double) -> Int {
    precondition(p > 0 && p < 1, "A quantile needs a probability strictly between 0 and 1.")
    var (low, high) = (-1, count)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if lowerTail(middle) < p { low = middle } else { high = middle }
    }
    return high
  }

  /// The interval for a probability of which `successes` of `count` trials are known, which covers
  /// it at least with the confidence stated, both sides alike.
  ///
  /// Source: Clopper and Pearson 1934, "The use of confidence or fiducial limits illustrated in the
  /// case of the binomial", Biometrika 26.
  public static func interval(
    successes: Int, of count: Int, confidence: Double = 0.95
  ) -> (lower: Double, upper: Double) {
    precondition(count > 0 && (0...count).contains(successes), "There are trials to judge by.")
    let miss = (1 - confidence) / 2
    // The first is found where the tail grows past `miss`, the second where it has fallen to it.
    func root(_ isBelow: (BinomialDistribution) -> Bool) -> Double {
      var (low, high) = (0.0, 1.0)
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if isBelow(BinomialDistribution(count: count, probability: middle)) {
          low = middle
        } else {
          high = middle
        }
      }
      return (low + high) / 2
    }
    return (
      successes == 0 ? 0 : root { $0.upperTail(successes) < miss },
      successes == count ? 1 : root { $0.lowerTail(successes) > miss }
    )
  }
}
