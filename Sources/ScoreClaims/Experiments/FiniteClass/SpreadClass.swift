import Glibc
import ScoreCore
import ScoreLab

/// A class that may be wrong anywhere, cell by cell: where 1/delta samples are not needed.
///
/// The whole line is cut into n cells of equal mass, and in each of them a candidate is right or
/// wrong by `eps/sigma_t`, up or down: `3^n` scores. D_delta of a candidate is `eps/sigma_t` where
/// more than a share delta of the cells is wrong. A cell is decided by its own samples, wrongly
/// with probability `2 Q(a sqrt(K_c))`, so `n log(1/delta)/eps^2` samples will do.
struct SpreadClass: Sendable {
  /// n, the cells of the line.
  var cells: Int
  var accuracy: Double
  var level: NoiseLevel

  var strength: Double { accuracy / (2 * level.alpha) }
  /// log H of the 3^n scores, in nats.
  var logSize: Double { Double(cells) * log(3) }

  /// The number of samples after which more than a share delta of the cells is wrong with
  /// probability `failure`, with cells taken as independent.
  func samplesNeeded(delta: Double, failure: Double) -> Double {
    let allowed = Int(delta * Double(cells))
    var (low, high) = (log(1.0), log(1e9))
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let wrong = wrongShare(sampleCount: exp(middle))
      let isFailing =
        BinomialDistribution(count: cells, probability: wrong).upperTail(allowed + 1) > failure
      if isFailing { low = middle } else { high = middle }
    }
    return exp((low + high) / 2)
  }

  /// The probability that a cell of a Poisson number of samples is decided wrongly.
  private func wrongShare(sampleCount m: Double) -> Double {
    let mean = m / Double(cells)
    let reach = 9 * mean.squareRoot() + 20
    let sum = (Int(max(0, mean - reach))...Int(mean + reach)).reduce(0.0) { sum, k in
      let mass = exp(Double(k) * log(mean) - mean - lgamma(Double(k) + 1))
      // Without a sample all three are alike, and a coin decides.
      return sum
        + mass * (k == 0 ? 0.5 : 2 * StandardNormal.tail(Double(k).squareRoot() * strength))
    }
    return min(max(sum, 1e-300), 1 - 1e-16)
  }
}
