import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// The closed forms of the experiment, computed once.
struct HardPairValues {
  struct Curve {
    var x: [Double] = []
    var y: [Double] = []
  }

  /// `sqrt(E |s_1 - s_2|^2)` and the standard deviation of `|s_1 - s_2|^2` at the experiment's time.
  var l2: Double
  var squareDeviation: Double
  /// The error quantile at the experiment's delta.
  var quantile: Double
  var quantiles: Curve
  var wrongChoice: Curve
  /// The time up to which the sweep goes: the parts are one by then.
  var sweepEnd: Double
  var sweepL2: Curve
  var sweepQuantile: Curve
  /// KL and the squared W2 distance, at time 0 and at the experiment's time.
  var divergence: (start: Double, noisy: Double)
  /// The standard deviation of `log(p_1 / p_2)` at the experiment's time.
  var divergenceDeviation: Double
  var transport: (start: Double, noisy: Double)
  var overlap: Double

  init(_ values: HardPair) {
    let (pair, time) = (values.pair, values.time)
    let squared = pair.l2Squared(time: time)
    l2 = squared.squareRoot()
    squareDeviation = max(0, pair.gapMoment(4, time: time) - squared * squared).squareRoot()
    quantile = pair.quantileError(delta: values.delta, time: time)
    let deltas = Self.logarithmic(from: min(1e-4, pair.eta / 10), to: 0.6, count: 241)
    quantiles = Curve(x: deltas, y: deltas.map { pair.quantileError(delta: $0, time: time) })
    let counts = Self.logarithmic(from: 1, to: Double(values.sampleCount), count: 61)
      .map { $0.rounded() }
    wrongChoice = Curve(
      x: counts,
      y: counts.map { pair.wrongChoiceProbability(sampleCount: Int($0), time: time) })
    sweepEnd = log(max(pair.separation, 1)) + 1
    let end = sweepEnd
    let times = (0...60).map { end * Double($0) / 60 }
    sweepL2 = Curve(x: times, y: times.map { pair.l2Squared(time: $0).squareRoot() })
    sweepQuantile = Curve(
      x: times, y: times.map { pair.quantileError(delta: values.delta, time: $0) })
    divergence = (pair.kullbackLeibler(time: 0), pair.kullbackLeibler(time: time))
    divergenceDeviation = pair.logRatioDeviation(time: time)
    transport = (pair.wasserstein2Squared(time: 0), pair.wasserstein2Squared(time: time))
    overlap = values.overlap
  }

  /// Whether every sample is plainly of one part, to one in a thousand.
  var isSeparated: Bool { overlap < 1e-3 }

  static func logarithmic(from low: Double, to high: Double, count: Int) -> [Double] {
    (0..<count).map { low * pow(high / low, Double($0) / Double(count - 1)) }
  }

  /// The integral of the squared L2 error from the experiment's time on, by Simpson's rule.
  ///
  /// The integrand falls like `e^-2t`, faster where the parts meet; 400 steps over a length of
  /// log R + 12 leave less than 1e-5 of it, and what follows is below `e^-20` of the start.
  func integratedL2(_ values: HardPair) -> Double {
    let steps = 400
    let h = (log(max(values.pair.separation, 1)) + 12) / Double(steps)
    let sum = (0...steps).reduce(0.0) { sum, k in
      let weight = k == 0 || k == steps ? 1.0 : k % 2 == 1 ? 4 : 2
      return sum + weight * values.pair.l2Squared(time: values.time + h * Double(k))
    }
    return sum * h / 3
  }
}
