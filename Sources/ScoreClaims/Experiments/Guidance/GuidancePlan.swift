import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

/// Exact guided laws over w, the Gaussian pair, and networks on data sets.
struct GuidancePlan: ExperimentPlan {
  static var lanes: Int { 4 }

  enum Unit: Codable, Hashable, Sendable {
    /// Exact scores at a place of the swept weights.
    case exact(place: Int)
    /// The Gaussian pair and the draws.
    case pair
    /// The network of a data set.
    case train(set: Int)
  }

  enum Record: Codable, Sendable {
    case exact(Exact)
    case pair(Pair)
    case train(Trained)
  }

  /// A law that was sampled, next to those that it may be taken for.
  struct Law: Codable, Sendable, Equatable {
    var mean: Double
    var deviation: Double
    /// Total variation to the tilted law, to the conditional one and to that of the exact guided score.
    var toTilted: Double
    var toConditional: Double
    var toExact: Double
  }

  struct Exact: Codable, Sendable, Equatable {
    var weight: Double
    var law: Law
    var tiltedMean: Double
    var tiltedDeviation: Double
    /// Of the guided score to the score of the noisy tilted law, relative, at each ratio.
    var scoreGaps: [Double]
    /// Of the guided score to its closed form, the largest.
    var formGap: Double
  }

  struct Pair: Codable, Sendable, Equatable {
    /// By what the flow's slope is off its closed form, relative, the largest over the swept weights.
    var flowGap: Double
    /// Means of squares of the stochastic sampler's draws over the closed form, one a group of draws.
    var samplerRatios: [Double]
    /// The largest distance of the distribution function of draws from the quantiles, times sqrt(draws).
    var drawGap: Double
  }

  struct Trained: Codable, Sendable, Equatable {
    /// With the weight w, and without guidance.
    var guided: Law
    var plain: Law
  }

  let values: Guidance
  let seed: UInt64
  /// Stand in for exact and learned guided scores, and for that of the draws; themselves but in tests.
  var exact: @Sendable (GuidedScore) -> any ScoreFunction = { $0 }
  var learned: @Sendable (GuidedScore) -> any ScoreFunction = { $0 }
  var drawn: @Sendable (GuidedScore) -> any ScoreFunction = { $0 }

  init(values: Guidance, seed: UInt64) { (self.values, self.seed) = (values, seed) }

  var units: [Unit] {
    Guidance.weights.indices.map { .exact(place: $0) } + [.pair]
      + (0..<values.repeats).map { .train(set: $0) }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .exact: 2
    case .pair: 4
    case .train: 8
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .exact(let place): "exact scores, w = \(NumberText.plain(Guidance.weights[place]))"
    case .pair: "the Gaussian pair"
    case .train(let set): "network, data set \(set + 1) of \(values.repeats)"
    }
  }

  func findings(_ records: Records) -> GuidanceFindings { GuidanceFindings(self, records) }
}
