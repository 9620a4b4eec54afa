import Glibc
public import ScoreCore

/// Which of the two scores m samples choose.
extension LowerBoundPair {
  /// What one noisy sample says for `s_1` against `s_2`, at one Ornstein-Uhlenbeck time.
  ///
  /// ```
  /// |s_2(x) + z/sigma|^2 - |s_1(x) + z/sigma|^2
  ///     = -R_t h(x) (-2 x + R_t (r(x) - r(-x)) + 2 z/sigma)
  /// ```
  /// is the gap of the denoising losses on `x = alpha x_0 + sigma z`; empirical risk minimisation
  /// over both takes `s_1` where the sum over its samples is positive.
  public struct LossGap: Sendable {
    private let R: Double
    private let logOdds: Double
    private let sigma: Double

    init(_ pair: LowerBoundPair, time: Double) {
      precondition(time > 0, "There is noise only after time 0.")
      R = pair.separation(at: time)
      logOdds = log((1 - pair.eta) / pair.eta)
      sigma = (-expm1(-2 * time)).squareRoot()
    }

    /// The gap at a noisy point x that was made with the noise z.
    @inline(__always)
    public func value(at x: Double, noise z: Double) -> Double {
      let right = 1 / (1 + exp(logOdds - R * (x - R / 2)))
      let left = 1 / (1 + exp(logOdds - R * (-x - R / 2)))
      return -R * (right + left) * (-2 * x + R * (right - left) + 2 * z / sigma)
    }
  }

  public func lossGap(time: Double) -> LossGap { LossGap(self, time: time) }

  /// The probability that the empirical risk over m samples of `p_1`, each with one noise, prefers
  /// `s_2`, where the parts are well separated; a tie is decided by a coin.
  ///
  /// Given K far samples the sum of loss gaps is normal with mean `K R_t^2` and deviation
  /// `2 sqrt(K) R_t alpha / sigma`, and with none of them its sign is a coin, so
  /// ```
  /// P = sum_K C(m, K) eta^K (1 - eta)^(m - K) Q(sqrt(K) R sigma_t / 2)
  /// ```
  /// with `Q` the upper tail of the normal distribution. Samples that could be of either part are
  /// left out, which is right to a share `1 - L2^2 / (eta R_t^2)` of the far ones.
  ///
  /// Source: derived from Gupta et al. 2024 (arXiv:2311.13745), Lemma 4.1.
  public func wrongChoiceProbability(sampleCount: Int, time: Double) -> Double {
    precondition(sampleCount >= 1 && time >= 0, "Samples and times are not negative.")
    let distribution = BinomialDistribution(count: sampleCount, probability: eta)
    let strength = separation * (-expm1(-2 * time)).squareRoot() / 2
    var sum = 0.0
    for K in 0...sampleCount {
      let term = exp(
        distribution.logMass(K) + StandardNormal.logTail(Double(K).squareRoot() * strength))
      sum += term
      if Double(K) > distribution.mean && term < 1e-18 * sum { break }
    }
    return sum
  }
}
