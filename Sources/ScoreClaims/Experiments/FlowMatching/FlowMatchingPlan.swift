import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Networks on data without a far point, and scores with errors of known size.
struct FlowMatchingPlan: ExperimentPlan {
  static var lanes: Int { 4 }

  enum Unit: Codable, Hashable, Sendable {
    /// The network of one data set.
    case train(set: Int, FlowMatching.Target)
    /// What needs no training, on one data set.
    case baselines(set: Int)
    /// An error everywhere.
    case ripple(place: Int)
    /// An error on a region, and no error.
    case region
  }

  enum Record: Codable, Sendable {
    case train(Trained)
    case baselines([Baseline: [VelocityError]])
    case ripple(Rippled)
    case region(Region)
  }

  /// How far velocities are apart at one time.
  struct VelocityError: Codable, Sendable, Equatable {
    var l2: Double
    var dDelta: Double
  }

  /// What a network makes of its data.
  struct Trained: Codable, Sendable, Equatable {
    /// At each of the times.
    var errors: [VelocityError]
    /// Where its flow takes the quantiles.
    var image: FlowImage
    /// The largest relative gap between D_delta of the velocity and that of the score times sigma / alpha.
    var conversionGap: Double
  }

  enum Baseline: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
    case bulk
    case kernel
    case gaussian
    case zero

    var name: String {
      switch self {
      case .bulk: "exact velocity of N(0, 1)"
      case .kernel: "kernel estimate"
      case .gaussian: "one Gaussian"
      case .zero: "zero score"
      }
    }
  }

  struct Rippled: Codable, Sendable, Equatable {
    var frequency: Double
    /// The largest error of a level times sigma.
    var largestError: Double
    var image: FlowImage
    /// The total variation of the stochastic sampler.
    var variation: Double
    /// What it may be at most: the error's part and that of the sampler with the exact score.
    var bound: Double
  }

  struct Region: Codable, Sendable, Equatable {
    var image: FlowImage
    var exact: FlowImage
    var variation: Double
    var exactVariation: Double
  }

  let values: FlowMatching
  let seed: UInt64
  /// Stands in for a network's velocities and scores; itself but in tests.
  var trained: @Sendable (any ScoreFunction, FlowMatching.Target) -> any ScoreFunction = {
    score, _ in score
  }
  /// What is measured in place of a rippled score and a kicked one; itself but in tests.
  var rippled: @Sendable (RippledScore) -> any ScoreFunction = { $0 }
  var kicked: @Sendable (KickedScore) -> any ScoreFunction = { $0 }
  /// The epsilon that the stochastic sampler's bound is computed for; that of its error but in tests.
  var boundedEpsilon: @Sendable (Double) -> Double = { $0 }

  init(values: FlowMatching, seed: UInt64) { (self.values, self.seed) = (values, seed) }

  var units: [Unit] {
    (0..<values.repeats).flatMap { set in
      FlowMatching.Target.allCases.map { Unit.train(set: set, $0) } + [.baselines(set: set)]
    } + FlowMatching.frequencies.indices.map { .ripple(place: $0) } + [.region]
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .train: 8
    case .baselines: 1
    case .ripple, .region: 4
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .train(let set, let target):
      "network on the \(target.rawValue), data set \(set + 1) of \(values.repeats)"
    case .baselines(let set): "baselines, data set \(set + 1) of \(values.repeats)"
    case .ripple(let place): "error of \(FlowMatching.frequencies[place]) radians per unit"
    case .region: "error on a region"
    }
  }

  func findings(_ records: Records) -> FlowMatchingFindings {
    FlowMatchingFindings(self, records)
  }
}
