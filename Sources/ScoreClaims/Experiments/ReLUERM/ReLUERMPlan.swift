import Glibc
import ScoreCore
import ScoreLab

/// Trains a network for each number of far samples on the same near samples, again and again.
struct ReLUERMPlan: ExperimentPlan {
  /// Probe points in each part of the distribution.
  static let probeCount = 20_000
  static let curveDeltas = HardPairValues.logarithmic(from: 2e-5, to: 0.5, count: 41)
  /// Repeats with baselines, and their probe points in each part of the distribution.
  static let baselineRepeats = 8
  static let baselineProbeCount = 10_000

  /// One training set, with a network for each number of far samples.
  struct Unit: Codable, Hashable, Sendable {
    var trainingSet: Int
  }

  struct Record: Codable, Sendable {
    /// One a number of far samples.
    var outcomes: [Outcome]
    /// The scores along ``scorePlaces``, one list a number of far samples; of the first set alone.
    var scoreCurves: [[Double]]
    /// One list a baseline, with one outcome a number of far samples; of the first sets alone.
    var baselines: [[Outcome]]
  }

  /// What one network got wrong.
  struct Outcome: Codable, Sendable {
    /// The mean squared errors over the near and the far part.
    let near: Double
    let far: Double
    /// `D_delta` at the experiment's delta, and along ``curveDeltas``.
    let quantile: Double
    let curve: [Double]
  }

  /// A score that needs no network, made from the training points.
  enum Baseline: CaseIterable {
    case zero, line, gaussian, memorizing

    var name: String {
      switch self {
      case .zero: "zero"
      case .line: "exact score of the near part"
      case .gaussian: "one Gaussian fitted to the points"
      case .memorizing: "exact score of the noisy training points"
      }
    }
  }

  let values: ReLUERM
  let setting: ReLUERMSetting
  let setup: ExperimentSetup
  /// How many slices the training of one unit is.
  private let sliceCount: Int
  /// What is measured in place of a network with so many far samples; itself but in tests.
  var measured: @Sendable (_ network: any ScoreFunction, _ far: Int) -> any ScoreFunction = {
    network, _ in network
  }

  init(values: ReLUERM, setup: ExperimentSetup) throws(ParameterError) {
    self.values = values
    self.setup = setup
    setting = try ReLUERMSetting(setup.run, delta: values.delta)
    sliceCount =
      ParallelTraining(
        Self.networks(setting, setup, trainingSet: 0), stepCount: values.steps
      ).sliceCount
  }

  var units: [Unit] { (0..<values.repeats).map { Unit(trainingSet: $0) } }

  func length(of unit: Unit) -> Int { sliceCount }

  func activity(of unit: Unit) -> String {
    "training set \(unit.trainingSet + 1) of \(values.repeats)"
  }

  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    let networks = Self.networks(setting, setup, trainingSet: unit.trainingSet)
    return ParallelTrainingWork(
      ParallelTraining(networks, stepCount: values.steps), threads: threads
    ).map { record(unit, $0) }
  }

  func findings(_ records: Records) -> ReLUERMFindings { ReLUERMFindings(self, records) }

  /// Where the first training set's scores are shown, from left of the near to right of the far
  /// part.
  var scorePlaces: [Double] {
    (0...300).map { -4 + (setting.separation + 8) * Double($0) / 300 }
  }

  private func record(_ unit: Unit, _ networks: [Trainer]) -> Record {
    let scores = zip(networks, ReLUERM.farCounts).map { measured($0.averagedScore, $1) }
    let places = Points(values: scorePlaces, dimension: 1)
    // Points of its own for each training set, so that these are independent.
    let seed = Self.replicateSeed(setup, unit.trainingSet)
    let probe = PairProbe(setting, count: Self.probeCount, seed: seed)
    return Record(
      outcomes: scores.map { probe.outcome(of: $0, delta: values.delta) },
      scoreCurves: unit.trainingSet == 0
        ? scores.map { $0.score(at: places, level: setting.level).values } : [],
      baselines: unit.trainingSet < Self.baselineRepeats ? baselines(networks, seed: seed) : [])
  }

  private func baselines(_ networks: [Trainer], seed: UInt64) -> [[Outcome]] {
    let probe = PairProbe(setting, count: Self.baselineProbeCount, seed: seed)
    let sets = networks.compactMap { run -> Points? in
      if case .fixed(let points) = run.trainingSet { points } else { nil }
    }
    return Baseline.allCases.map { baseline in
      sets.map { probe.outcome(of: baseline.score(of: $0), delta: values.delta) }
    }
  }

  private static func replicateSeed(_ setup: ExperimentSetup, _ index: Int) -> UInt64 {
    RandomStream.derivedSeed(seed: setup.seed, index: UInt64(index))
  }

  /// The networks of one training set: alike in their near samples, their start and their batches.
  private static func networks(
    _ setting: ReLUERMSetting, _ setup: ExperimentSetup, trainingSet index: Int
  ) -> [Trainer] {
    var configuration = setup.run
    configuration.seed = replicateSeed(setup, index)
    var stream = RandomStream(seed: configuration.seed, purpose: .experiment)
    let n = setting.sampleCount
    let near = stream.normals(count: n, dimension: 1).values
    let most = ReLUERM.farCounts.max() ?? 0
    let far = stream.normals(count: most, dimension: 1).values.map {
      setting.pair.separation + $0
    }
    return ReLUERM.farCounts.map { k in
      Trainer(
        configuration: configuration,
        trainingSet: .fixed(Points(values: far.prefix(k) + near.dropLast(k), dimension: 1)),
        threads: 1)
    }
  }
}

extension ReLUERMPlan.Baseline {
  /// The score of points before noise, at every level.
  func score(of points: Points) -> any ScoreFunction {
    switch self {
    case .zero: return BaselineScore.Zero(dimension: 1)
    // The score of N(0, 1), which the near part is at every level of a process that keeps it.
    case .line: return ExactScore(IsotropicMixture(means: Points(rows: [[0]]), deviations: [1]))
    case .gaussian: return BaselineScore.gaussian(fittedTo: points)
    case .memorizing: return BaselineScore.memorizing(points)
    }
  }
}
