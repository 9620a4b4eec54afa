import Glibc
import ScoreCore
import ScoreLab

/// Ways to new points on data sets of a circle, and what each gives.
struct TwoStagesPlan: ExperimentPlan {
  static var lanes: Int { 4 }

  enum Unit: Codable, Hashable, Sendable {
    case way(TwoStages.Way, set: Int)
    /// The gradients of both float64 trainings, and the density in the known angle.
    case agreement
  }

  enum Record: Codable, Sendable {
    case way(Outcome)
    case agreement(Agreement)
  }

  /// What one way gave on one data set.
  struct Outcome: Codable, Sendable, Equatable {
    /// The mean squared distance of held-out points from what comes back of them; nil without a code.
    var reconstruction: Double?
    /// The length of the learned curve over that of the circle, and the largest asymmetry of Jacobians of
    /// the map relative to their largest entry; nil but for two stages.
    var length: Double?
    var asymmetry: Double?
    /// Of samples: the KL divergence of their angles, in nats, sliced W2 from the law, and the root mean
    /// squared distance from the circle.
    var angleKL: Double
    var distance: Double
    var spread: Double
  }

  struct Agreement: Codable, Sendable, Equatable {
    /// Largest differences of gradients from differences of losses, relative to the largest entry.
    var mapGap: Double
    var codeGap: Double
    /// The mean squared error of the score of the angle over the mean square of the exact one.
    var densityError: Double
  }

  let values: TwoStages
  let seed: UInt64
  /// The steps that stage 1 really takes; all but in tests.
  var mapSteps: Int
  /// What stands for the samples of a way; themselves but in tests.
  var taken: @Sendable (Points, TwoStages.Way) -> Points = { points, _ in points }
  /// On the radius whose circle a learned length is compared with; 1 but in tests.
  var radiusFactor = 1.0
  /// On gradients that are compared; 1 but in tests.
  var gradientFactor = 1.0
  /// On the concentration whose density the score of the angle is compared with; 1 but in tests.
  var concentrationFactor = 1.0

  init(values: TwoStages, seed: UInt64) {
    (self.values, self.seed) = (values, seed)
    mapSteps = values.stage1Steps
  }

  var units: [Unit] {
    [.agreement]
      + (0..<values.repeats).flatMap { set in
        TwoStages.Way.allCases.map { Unit.way($0, set: set) }
      }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .way(let way, _): way.length
    case .agreement: 1
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .way(let way, let set): "\(way.name), data set \(set + 1) of \(values.repeats)"
    case .agreement: "gradients and a known density"
    }
  }

  func findings(_ records: Records) -> TwoStagesFindings { TwoStagesFindings(self, records) }

  // MARK: - Data

  /// A data set: points to learn from, points held out, and how samples are measured.
  struct DataSet: Sendable {
    let circle: VonMisesCircle
    let points: Points
    let heldOut: Points
    let probe: SampleProbe
  }

  func data(_ set: Int) -> DataSet {
    let seed = RandomStream.derivedSeed(seed: self.seed, index: UInt64(set))
    let circle = values.circle(seed: seed)
    var stream = stream(set, part: 0)
    return DataSet(
      circle: circle, points: circle.sample(count: values.points, using: &stream),
      heldOut: circle.sample(count: 500, using: &stream),
      probe: SampleProbe(circle, count: values.samples, seed: seed))
  }

  /// Draws of a data set for one purpose.
  func stream(_ set: Int, part: Int) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment, index: UInt64(part + 1) << 32 | UInt64(set))
  }
}

/// Measures samples of a circle, each in the same way.
struct SampleProbe: Sendable {
  private let law: AngularLaw
  private let manifold: any Manifold
  private let transport: MetricStatistic?
  private let shares: [Double]

  init(_ circle: VonMisesCircle, count: Int, seed: UInt64) {
    guard let law = circle.angularLaw, let manifold = circle.manifold else {
      preconditionFailure("A circle has an angle.")
    }
    (self.law, self.manifold) = (law, manifold)
    transport = try? SlicedWasserstein(order: 2).statistic(
      against: NoisyDistribution(circle), count: count, settings: MetricSettings(seed: seed))
    let width = 2 * Double.pi / Double(TwoStages.bins)
    let masses = (0..<TwoStages.bins).map { bin in
      (0..<64).reduce(0.0) { sum, place in
        sum + exp(law.logDensity(-Double.pi + width * (Double(bin) + (Double(place) + 0.5) / 64)))
      }
    }
    let total = masses.reduce(0, +)
    shares = masses.map { $0 / total }
  }

  func outcome(_ samples: Points) -> TwoStagesPlan.Outcome {
    let isKnown = samples.values.allSatisfy(\.isFinite)
    let distances = isKnown ? manifold.distances(of: samples) : [.nan]
    return TwoStagesPlan.Outcome(
      angleKL: isKnown ? angleKL(samples) : .nan,
      distance: isKnown ? transport?.value(of: samples) ?? .nan : .nan,
      spread: Estimate(distances.map { $0 * $0 }).value.squareRoot())
  }

  func angles(of points: Points) -> [Double] { law.angles(of: points) }
  func points(at angles: [Double]) -> Points { law.points(at: angles) }

  private func angleKL(_ samples: Points) -> Double {
    var counts = shares.map { _ in 0.0 }
    for angle in law.angles(of: samples) {
      let bin = Int((angle + Double.pi) / (2 * Double.pi) * Double(counts.count))
      counts[min(max(bin, 0), counts.count - 1)] += 1
    }
    return zip(counts, shares).reduce(0.0) { sum, pair in
      let share = pair.0 / Double(samples.count)
      return sum + (share > 0 ? share * log(share / pair.1) : 0)
    }
  }
}
