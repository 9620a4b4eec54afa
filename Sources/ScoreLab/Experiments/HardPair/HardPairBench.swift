import Glibc
public import ScoreCore

/// Two laws that few samples tell apart: training picks the wrong score, which is far off in L2
/// and near in `D_delta`.
///
/// Source: Gupta, Parulekar, Price and Xun 2024 (arXiv:2311.13745), Lemma 4.1 and Figure 1.
public struct HardPairBench: Experiment {
  public var pair: LowerBoundPair
  /// The Ornstein-Uhlenbeck time of the noise level.
  public var time: Double
  public var delta: Double
  /// The error, times sigma_t, below which a score counts as learned.
  public var tolerance: Double
  /// m, the largest number of samples to learn from.
  public var sampleCount: Int
  /// How many times m samples are drawn.
  public var repeats: Int

  public func makeRun(_ setup: ExperimentSetup) -> any ExperimentRun {
    HardPairRun(bench: self, seed: setup.seed, threads: setup.threads)
  }

  /// The numbers of samples looked at: 10, 30, 100 and so on, and the largest.
  var sampleCounts: [Int] {
    let round = (0..<8).flatMap { power in
      [1, 3].map { $0 * Int(pow(10, Double(power)).rounded()) }
    }
    return round.filter { $0 >= 10 && $0 < sampleCount } + [sampleCount]
  }

  /// The shares whose error quantile is drawn: the bench's own and others about eta, as far as ten
  /// draws are expected above it.
  var deltas: [Double] {
    let around = [0.1, 0.25, 0.5, 0.9, 1.1, 1.5, 2, 5].map { $0 * pair.eta }
    let least = 10 / Double(HardPairRun.drawCount)
    return Set(around + [delta]).filter { $0 < 0.6 && $0 >= least }.sorted()
  }

  /// The points that `D_delta` is estimated over in each repeat: 100 are expected above it.
  var errorDrawCount: Int { Int((100 / delta).rounded(.up)) }

  /// sigma_t of the noise level.
  var sigma: Double { (-expm1(-2 * time)).squareRoot() }

  /// The largest number of samples looked at that is at most 1 / eta, and its place; nil without one.
  var claimedCount: (place: Int, m: Int)? {
    let place = sampleCounts.lastIndex { Double($0) * pair.eta <= 1 + 1e-9 }
    return place.map { ($0, sampleCounts[$0]) }
  }

  /// The probability that the estimate of `D_delta` of the wrong score is above the tolerance: that
  /// more than a share delta of the points has such an error.
  var quantileFailureProbability: Double {
    let q = pair.probability(ofGapAbove: tolerance / sigma, time: time)
    // The share above is an integer number of points, so that delta itself is no failure.
    let least = Int((delta * Double(errorDrawCount)).rounded(.down)) + 1
    if q <= 0 || q >= 1 { return q >= 1 ? 1 : 0 }
    return BinomialLaw(count: errorDrawCount, probability: q).upperTail(least)
  }

  /// The share of `eta R_t^2` that points of either part take from the L2 error, in 0...1.
  ///
  /// Where it is small, every sample is plainly of one part, as the formula for the choice takes
  /// it to be.
  var overlap: Double {
    let R = pair.separation(at: time)
    return abs(1 - pair.l2Squared(time: time) / (pair.eta * R * R))
  }
}

extension CatalogEntry where Member == any Experiment {
  static var hardPair: Self {
    Self(
      name: "hard_pair",
      summary: "two laws few samples tell apart: the wrong score is chosen, L2 is off, D_delta not",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 4.1 and Figure 1",
      parameters: [
        ParameterDescription(
          "eta", "weight of the far part", .number(default: 0.01, range: 1e-4...0.3)),
        ParameterDescription(
          "separation", "R, the distance of the far part, in standard deviations",
          .number(default: 10, range: 0.1...100_000)),
        ParameterDescription(
          "time", "Ornstein-Uhlenbeck time of the noise level",
          .number(default: 0.05, range: 0.001...5)),
        ParameterDescription(
          "delta", "share of the samples that may have larger errors",
          .number(default: 0.02, range: 1e-4...0.5)),
        ParameterDescription(
          "tolerance", "error times sigma_t below which a score counts as learned",
          .number(default: 0.01, range: 1e-9...100)),
        ParameterDescription(
          "samples", "m, the largest number of samples to learn from",
          .integer(default: 1000, range: 10...100_000)),
        ParameterDescription(
          "repeats", "how many times m samples are drawn",
          .integer(default: 4000, range: 100...100_000)),
      ]
    ) { values in
      HardPairBench(
        pair: LowerBoundPair(
          eta: values.number("eta"), separation: values.number("separation")),
        time: values.number("time"), delta: values.number("delta"),
        tolerance: values.number("tolerance"), sampleCount: values.integer("samples"),
        repeats: values.integer("repeats"))
    }
  }
}
