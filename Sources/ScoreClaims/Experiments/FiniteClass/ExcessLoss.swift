import Glibc
import ScoreCore
import ScoreLab

/// The excess loss of one sample, `l' = ||s_hat - s||^2 + 2 <s_hat - s, Delta>`, of a score that is
/// wrong by a fixed amount on an event, with what the proof of the sample bounds makes of it.
///
/// All is in units of `1/sigma_t^2`. On the event, of mass p, `l'` is normal with mean `e^2` and
/// deviation `2 e alpha`; elsewhere it is 0.
///
/// Source: Gupta et al. 2024 (arXiv:2311.13745), proof of Lemma A.2: clipping at 10 B^2/sigma_t^2
/// for noises `||z|| <= B sigma_t`, then Bernstein's inequality.
struct ExcessLoss: Codable, Sendable {
  let name: String
  /// The mass p of the event, an upper tail.
  let mass: Double
  /// e, the error there, times sigma_t.
  let error: Double
  let level: NoiseLevel
  /// `10 B^2`.
  let clip: Double

  /// `sigma_t^2 L2^2 = p e^2`, the mean of `l'` without clipping.
  var l2Squared: Double { mass * error * error }
  /// The first two moments of the clipped `l'` on the event.
  private var moments: (first: Double, second: Double) {
    Self.clippedMoments(
      mean: error * error, deviation: 2 * error * level.alpha, between: -clip, and: clip)
  }
  /// The mean of the clipped `l'`.
  var clippedMean: Double { mass * moments.first }
  /// Its variance.
  var variance: Double { mass * moments.second - clippedMean * clippedMean }

  /// Bernstein's bound on the probability that the mean of m clipped excesses is 0 or less, that is
  /// that the candidate is preferred to the truth.
  func bernstein(sampleCount m: Double) -> Double {
    let t = clippedMean
    return exp(-m * t * t / (2 * (variance + clip * t / 3)))
  }

  /// The first two moments of a normal number cut off at both ends.
  static func clippedMoments(
    mean: Double, deviation: Double, between low: Double, and high: Double
  ) -> (first: Double, second: Double) {
    let (u, v) = ((low - mean) / deviation, (high - mean) / deviation)
    let (below, above) = (StandardNormal.cdf(u), StandardNormal.tail(v))
    let inside = 1 - below - above
    let (phiU, phiV) = (StandardNormal.density(u), StandardNormal.density(v))
    let first = inside * mean + deviation * (phiU - phiV) + below * low + above * high
    let square =
      inside * (mean * mean + deviation * deviation) + 2 * mean * deviation * (phiU - phiV)
      + deviation * deviation * (u * phiU - v * phiV)
    return (first, square + below * low * low + above * high * high)
  }
}

extension SignClass {
  /// B of the proof: no noise of m samples is larger, but for a probability `failure`.
  static func noiseBound(sampleCount m: Double, failure: Double) -> Double {
    -StandardNormal.quantile(failure / (2 * m))
  }

  /// The excess of one wrong candidate, clipped as for m samples.
  func excess(sampleCount m: Double, failure: Double) -> ExcessLoss {
    let B = Self.noiseBound(sampleCount: m, failure: failure)
    return ExcessLoss(
      name: "pattern", mass: eventMass, error: accuracy, level: level, clip: 10 * B * B)
  }

  /// The samples that Bernstein's bound and the union over the class ask for: the lemma's proof with
  /// its constants.
  ///
  /// Half of `failure` is for noises beyond B, half for the union.
  func bernsteinSamples(failure: Double) -> Double {
    var m = orderOfSamples(failure: failure)
    // B grows like the root of log m, so a few rounds settle it.
    for _ in 0..<30 {
      let excess = excess(sampleCount: m, failure: failure / 2)
      let t = excess.clippedMean
      m = 2 * (excess.variance + excess.clip * t / 3) / (t * t) * (logSize - log(failure / 2))
    }
    return m
  }
}
