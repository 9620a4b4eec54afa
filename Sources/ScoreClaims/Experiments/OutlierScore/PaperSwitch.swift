import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// The wrong score of Lemma 4.2 as the paper makes it, in logarithms: its numbers are far below what
/// float64 holds.
///
/// The paper puts the switch point at `10 sqrt(log m)` and
/// `eta = S exp(-S^2/2 + 10 sqrt(log m) S)`, which is to make the score 0 there. The score is 0 at b
/// exactly for `eta / (1 - eta) = ((S - b)/b) exp(-S^2/2 + S b)`; the paper's factor S in place of
/// `(S - b)/b` moves its zero to the right by near `log(b S/(S - b)) / S`.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 4.2.
struct PaperSwitch {
  let sampleCount: Int
  let separation: Double

  /// The paper's `10 sqrt(log m)`.
  var switchPoint: Double { 10 * log(Double(sampleCount)).squareRoot() }

  /// `log eta` of the paper, in nats; a weight only below 0.
  var logWeight: Double { logWeight(separation) }

  private func logWeight(_ S: Double) -> Double { log(S) - S * S / 2 + switchPoint * S }

  var isWeight: Bool { logWeight < 0 }

  /// The separation from which the paper's eta is below 1, by bisection.
  var leastSeparation: Double {
    // Beyond its peak the logarithm falls, and is below 0 at twice the switch point and a little.
    var (low, high) = (switchPoint + 1, 2 * switchPoint + 10)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if logWeight(middle) > 0 { low = middle } else { high = middle }
    }
    return high
  }

  /// The score that is 0 at the paper's switch point; nil where that is not below S.
  var atSwitchPoint: OutlierScore? {
    switchPoint < separation
      ? OutlierScore(.mixture(separation: separation), switchPoint: switchPoint) : nil
  }

  /// The score of the paper's eta; nil where that is no weight.
  var ofWeight: OutlierScore? {
    guard isWeight, separation > 2 else { return nil }
    // log(eta / (1 - eta))
    return OutlierScore(
      separation: separation, logWeightOdds: logWeight - log(-expm1(logWeight)))
  }
}

extension OutlierScore {
  /// The logarithm, in nats, of the probability that one of m samples lies beyond the switch point.
  func logSeenProbability(sampleCount m: Int) -> Double {
    let logTail = StandardNormal.logTail(switchPoint)
    let expected = log(Double(m)) + logTail
    // 1 - (1 - Q)^m is m Q to a relative error of m Q.
    return expected < -30 ? expected : log(-expm1(Double(m) * log1p(-exp(logTail))))
  }

  /// `log eta`, in nats, of the mixture's weight of N(0, 1).
  var logWeight: Double {
    guard let odds = logWeightOdds else { return .nan }
    // log(1 / (1 + exp(-odds)))
    return min(odds, 0) - log1p(exp(-abs(odds)))
  }
}
