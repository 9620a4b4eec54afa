import Glibc
import ScoreCore

/// Trains a network for each number of far samples on the same near samples, again and again.
struct ReLUERMRun: ExperimentRun {
  /// Probe points in each part of the law.
  static let probeCount = 20_000
  static let curveDeltas = HardPairValues.logarithmic(from: 2e-5, to: 0.5, count: 41)

  /// What one network got wrong.
  struct Outcome {
    /// The mean squared errors over the near and the far part.
    let near: Double
    let far: Double
    /// `D_delta` at the bench's delta, and along ``curveDeltas``.
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

  /// Repeats with baselines, and their probe points in each part of the law.
  static let baselineRepeats = 8
  static let baselineProbeCount = 10_000

  let bench: ReLUERMBench
  let setting: ReLUERMSetting
  let setup: ExperimentSetup
  private let slicesPerRepeat: Int
  private var training: ParallelTraining
  private(set) var unitsDone = 0
  /// For each repeat one outcome a number of far samples.
  private(set) var outcomes: [[Outcome]] = []
  /// The first repeat's scores along ``scorePlaces``, one list a number of far samples.
  private(set) var scoreCurves: [[Double]] = []
  /// For each of the first repeats one outcome a number of far samples, by baseline.
  private(set) var baselines: [Baseline: [[Outcome]]] = [:]
  /// What is measured in place of a network with so many far samples; itself but in tests.
  var measured: @Sendable (_ network: any ScoreFunction, _ far: Int) -> any ScoreFunction = {
    network, _ in network
  }

  init(bench: ReLUERMBench, setup: ExperimentSetup) throws(ParameterError) {
    self.bench = bench
    self.setup = setup
    let setting = try ReLUERMSetting(setup.run, delta: bench.delta)
    self.setting = setting
    training = Self.training(bench, setting, setup, repeat: 0)
    slicesPerRepeat = training.sliceCount
  }

  var unitCount: Int { bench.repeats * slicesPerRepeat }

  var activity: String {
    "training set \(min(outcomes.count + 1, bench.repeats)) of \(bench.repeats), "
      + "step \(training.stepsDone) of \(bench.steps)"
  }

  /// Where the first repeat's scores are shown, from left of the near to right of the far part.
  var scorePlaces: [Double] {
    (0...300).map { -4 + (setting.separation + 8) * Double($0) / 300 }
  }

  mutating func step() {
    training.advance(threads: setup.threads)
    unitsDone += 1
    guard training.isFinished else { return }
    let scores = zip(training.runs, ReLUERMBench.farCounts).map {
      measured($0.averagedScore, $1)
    }
    if outcomes.isEmpty {
      let places = Points(values: scorePlaces, dimension: 1)
      scoreCurves = scores.map { $0.score(at: places, level: setting.level).values }
    }
    // Points of its own for each repeat, so that repeats are independent.
    let probe = PairProbe(
      setting, count: Self.probeCount, seed: Self.replicateSeed(setup, outcomes.count))
    if outcomes.count < Self.baselineRepeats { measureBaselines() }
    outcomes.append(scores.map { probe.outcome(of: $0, delta: bench.delta) })
    guard outcomes.count < bench.repeats else { return }
    training = Self.training(bench, setting, setup, repeat: outcomes.count)
  }

  private mutating func measureBaselines() {
    let seed = Self.replicateSeed(setup, outcomes.count)
    let probe = PairProbe(setting, count: Self.baselineProbeCount, seed: seed)
    let sets = training.runs.compactMap { run -> Points? in
      if case .fixed(let points) = run.trainingSet { points } else { nil }
    }
    for baseline in Baseline.allCases {
      baselines[baseline, default: []].append(
        sets.map { probe.outcome(of: baseline.score(of: $0), delta: bench.delta) })
    }
  }

  private static func replicateSeed(_ setup: ExperimentSetup, _ index: Int) -> UInt64 {
    RandomStream.derivedSeed(seed: setup.seed, index: UInt64(index))
  }

  /// The networks of one repeat: alike in their near samples, their start and their batches.
  private static func training(
    _ bench: ReLUERMBench, _ setting: ReLUERMSetting, _ setup: ExperimentSetup, repeat index: Int
  ) -> ParallelTraining {
    var configuration = setup.run
    configuration.seed = replicateSeed(setup, index)
    var stream = RandomStream(seed: configuration.seed, purpose: .experiment)
    let n = setting.sampleCount
    let near = stream.normals(count: n, dimension: 1).values
    let most = ReLUERMBench.farCounts.max() ?? 0
    let far = stream.normals(count: most, dimension: 1).values.map {
      setting.pair.separation + $0
    }
    let runs = ReLUERMBench.farCounts.map { k in
      TrainingRun(
        configuration: configuration,
        trainingSet: .fixed(Points(values: far.prefix(k) + near.dropLast(k), dimension: 1)),
        threads: 1)
    }
    return ParallelTraining(runs, stepCount: bench.steps)
  }
}

extension ReLUERMRun.Baseline {
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

/// Noisy points of each part of the law in equal number, so that the rare part is seen well.
struct PairProbe: Sendable {
  private let points: Points
  private let exact: [Double]
  private let setting: ReLUERMSetting

  init(_ setting: ReLUERMSetting, count: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: 1)
    let spread = hypot(setting.level.alpha, setting.level.sigma)
    let near = stream.normals(count: count, dimension: 1).values.map { spread * $0 }
    let far = stream.normals(count: count, dimension: 1).values.map {
      setting.separation + spread * $0
    }
    points = Points(values: near + far, dimension: 1)
    exact = setting.pair.first.score(at: points, level: setting.level).values
    self.setting = setting
  }

  func outcome(of score: any ScoreFunction, delta: Double) -> ReLUERMRun.Outcome {
    let estimate = score.score(at: points, level: setting.level).values
    let errors = zip(estimate, exact).map { abs($0 - $1) }
    let half = errors.count / 2
    let (near, far) = (errors[..<half].sorted(), errors[half...].sorted())
    func mean(_ errors: [Double]) -> Double {
      errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    }
    return ReLUERMRun.Outcome(
      near: mean(near), far: mean(far), quantile: quantile(delta, near: near, far: far),
      curve: ReLUERMRun.curveDeltas.map { quantile($0, near: near, far: far) })
  }

  /// The error that a share delta of the law exceeds, each part counted by its weight.
  private func quantile(_ delta: Double, near: [Double], far: [Double]) -> Double {
    let eta = setting.pair.eta
    let (nearWeight, farWeight) = (
      (1 - eta) / Double(near.count), eta / Double(far.count)
    )
    var (i, j, above) = (near.count - 1, far.count - 1, 0.0)
    while i >= 0 || j >= 0 {
      let isNear = j < 0 || i >= 0 && near[i] >= far[j]
      above += isNear ? nearWeight : farWeight
      if above > delta { return isNear ? near[i] : far[j] }
      if isNear { i -= 1 } else { j -= 1 }
    }
    return 0
  }
}
