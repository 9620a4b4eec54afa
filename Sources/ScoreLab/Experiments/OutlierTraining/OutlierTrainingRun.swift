import Glibc
import ScoreCore

/// Trains with the squared and with Huber's loss on the same points, for each share of outliers.
struct OutlierTrainingRun: ExperimentRun {
  enum Loss: CaseIterable, Hashable {
    case squared, huber
  }

  struct Case {
    let fraction: Double
    let loss: Loss
  }

  /// What one network got wrong, measured against the clean law.
  struct Outcome {
    /// The root mean square over levels of `sigma L2`, and the mean of `sigma D_delta`.
    let l2: Double
    let quantile: Double
    /// Both at each level.
    let levels: [(l2: Double, quantile: Double)]
    /// The distance of a sample from the clean law, and that of a clean sample of this size.
    let transport: Double
    let transportNull: (mean: Double, high: Double)
    /// The share of the sample beyond half of the outliers' distance.
    let farShare: Double
  }

  /// A score without a network, to measure networks by.
  enum Baseline: CaseIterable {
    case exact, contaminated, zero, gaussian, memorizing

    var name: String {
      switch self {
      case .exact: "exact score of the clean law"
      case .contaminated: "exact score of the contaminated law"
      case .zero: "zero"
      case .gaussian: "one Gaussian fitted to the points"
      case .memorizing: "exact score of the noisy training points"
      }
    }
  }

  static let cases = OutlierTrainingBench.fractions.flatMap { fraction in
    Loss.allCases.map { Case(fraction: fraction, loss: $0) }
  }

  let bench: OutlierTrainingBench
  let setup: ExperimentSetup
  let sampleCount: Int
  let process: any ForwardProcess
  let law: any KnownScoreDistribution
  private var probe: ErrorProbe
  private let slicesPerRepeat: Int
  private var training: ParallelTraining
  private var measured: [Outcome] = []
  private(set) var unitsDone = 0
  /// For each repeat one outcome a case.
  private(set) var outcomes: [[Outcome]] = []
  /// For each repeat one outcome a baseline, with the largest share of outliers.
  private(set) var baselines: [[Outcome]] = []
  /// What is measured in place of a network of a case; itself but in tests.
  var measuredScore: @Sendable (_ network: any ScoreFunction, _ test: Case) -> any ScoreFunction = {
    network, _ in network
  }

  init(
    bench: OutlierTrainingBench, setup: ExperimentSetup, law: any KnownScoreDistribution,
    sampleCount: Int
  ) {
    self.bench = bench
    self.setup = setup
    self.law = law
    self.sampleCount = sampleCount
    process = setup.run.process.make()
    probe = Self.probe(setup, law, repeat: 0)
    training = Self.training(bench, setup, law, repeat: 0)
    slicesPerRepeat = training.sliceCount
  }

  var unitCount: Int { bench.repeats * (slicesPerRepeat + Self.cases.count + 1) }
  var times: [Double] { probe.times }
  var dimension: Int { law.dimension }

  var activity: String {
    let place = "training set \(min(outcomes.count + 1, bench.repeats)) of \(bench.repeats)"
    return training.isFinished
      ? "\(place), measuring network \(min(measured.count + 1, Self.cases.count)) of "
        + "\(Self.cases.count)"
      : "\(place), step \(training.stepsDone) of \(bench.steps)"
  }

  mutating func step() throws {
    unitsDone += 1
    guard training.isFinished else { return training.advance(threads: setup.threads) }
    guard measured.count == Self.cases.count else {
      var score = training.runs[measured.count].averagedScore
      score.threads = setup.threads
      let shown = measuredScore(score, Self.cases[measured.count])
      return measured.append(try outcome(of: shown, sample: draw(from: shown)))
    }
    baselines.append(try Baseline.allCases.map { try outcome(of: $0) })
    outcomes.append(measured)
    measured = []
    guard outcomes.count < bench.repeats else { return }
    probe = Self.probe(setup, law, repeat: outcomes.count)
    training = Self.training(bench, setup, law, repeat: outcomes.count)
  }

  /// The seed of a repeat: everything that is random in it, points of measurement and noise of
  /// sampling included, so that repeats are independent.
  private static func replicateSeed(_ setup: ExperimentSetup, _ index: Int) -> UInt64 {
    RandomStream.derivedSeed(seed: setup.seed, index: UInt64(index))
  }

  private static func probe(
    _ setup: ExperimentSetup, _ law: any KnownScoreDistribution, repeat index: Int
  ) -> ErrorProbe {
    ErrorProbe(
      distribution: law, process: setup.run.process.make(), levelCount: setup.run.probe.levels,
      pointCount: setup.run.probe.points, seed: replicateSeed(setup, index))
  }

  /// The networks of one repeat: alike in their clean points, their start and their batches.
  private static func training(
    _ bench: OutlierTrainingBench, _ setup: ExperimentSetup, _ law: any KnownScoreDistribution,
    repeat index: Int
  ) -> ParallelTraining {
    let seed = replicateSeed(setup, index)
    var stream = RandomStream(seed: seed, purpose: .experiment)
    let n = setup.run.trainingSet.fixedCount ?? 0
    let clean = law.sample(count: n, using: &stream)
    let outliers = outliers(bench, count: n, dimension: law.dimension, using: &stream)
    let runs = cases.map { test in
      var configuration = setup.run
      configuration.seed = seed
      configuration.objective.huberLength = test.loss == .huber ? bench.huberLength : 0
      let count = Int((test.fraction * Double(n)).rounded())
      var points = outliers.rows(0..<count)
      points.append(clean.rows(count..<n))
      return TrainingRun(
        configuration: configuration, trainingSet: .fixed(points), threads: 1)
    }
    return ParallelTraining(runs, stepCount: bench.steps)
  }

  /// Points about one place at the distance, with a spread of a twentieth of it.
  private static func outliers(
    _ bench: OutlierTrainingBench, count: Int, dimension: Int, using stream: inout RandomStream
  ) -> Points {
    var points = stream.normals(count: count, dimension: dimension)
    for row in 0..<count {
      for axis in 0..<dimension { points[row, axis] *= bench.spread }
      points[row, 0] += bench.distance
    }
    return points
  }

  private mutating func outcome(of baseline: Baseline) throws -> Outcome {
    guard case .fixed(let points)? = training.runs.last?.trainingSet else {
      preconditionFailure("Contaminated training sets are fixed.")
    }
    switch baseline {
    case .exact: return try sampled(ExactScore(law))
    case .contaminated: return try sampled(ExactScore(contaminated))
    case .zero: return try sampled(BaselineScore.Zero(dimension: law.dimension))
    case .gaussian: return try sampled(BaselineScore.gaussian(fittedTo: points))
    case .memorizing:
      // A sampler with this score ends at training points.
      var stream = RandomStream(seed: probe.seed, purpose: .experiment, index: 1)
      let rows = (0..<setup.run.sampler.count).map { _ in stream.integer(below: points.count) }
      return try outcome(of: BaselineScore.memorizing(points), sample: points.rows(at: rows))
    }
  }

  /// The law of the training points with the largest share of outliers.
  var contaminated: ContaminatedLaw {
    var mean = [Double](repeating: 0, count: law.dimension)
    mean[0] = bench.distance
    let outliers = IsotropicMixture(means: Points(rows: [mean]), deviations: [bench.spread])
    return ContaminatedLaw(
      clean: law, outliers: outliers, fraction: OutlierTrainingBench.fractions.last ?? 0)
  }

  private mutating func sampled(_ score: any ScoreFunction) throws -> Outcome {
    try outcome(of: score, sample: draw(from: score))
  }

  private mutating func outcome(of score: any ScoreFunction, sample: Points) throws -> Outcome {
    let levels = times.indices.map { index in
      let errors = probe.measure(score, levelIndex: index)
      return (l2: errors.l2, quantile: errors.quantileError(delta: bench.delta))
    }
    let count = Double(levels.count)
    let metric: any SampleMetric =
      dimension == 1 ? WassersteinDistance(order: 1) : SlicedWasserstein(order: 1)
    let clean = MetricReference.law(law, level: process.level(at: process.stop))
    let isFinite = sample.values.allSatisfy { $0.isFinite }
    let report =
      isFinite
      ? try metric.measure(sample, against: clean, settings: MetricSettings(seed: probe.seed)) : nil
    let limit = bench.distance * bench.distance / 4
    return Outcome(
      l2: (levels.reduce(0) { $0 + $1.l2 * $1.l2 } / count).squareRoot(),
      quantile: levels.reduce(0) { $0 + $1.quantile } / count, levels: levels,
      transport: report?.value ?? .infinity,
      transportNull: (report?.nullMean ?? .nan, report?.nullHigh ?? .nan),
      farShare: Double(sample.squaredNorms().count { $0 > limit }) / Double(sample.count))
  }

  /// A sample by the run's sampler, all networks of a repeat driven by the same noise.
  private func draw(from score: any ScoreFunction) -> Points {
    let sampler = setup.run.sampler
    var run = SamplingRun(
      sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: sampler.steps,
      process: process, score: score, count: sampler.count, seed: probe.seed)
    while run.step() != nil {}
    return run.points
  }
}
