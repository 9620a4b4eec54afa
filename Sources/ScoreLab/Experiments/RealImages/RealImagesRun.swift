import Glibc
import ScoreCore

/// Trains on one part of the images, measures on both, and draws samples.
struct RealImagesRun: ExperimentRun {
  /// What a sample is of.
  enum Source: String, Sendable, CaseIterable {
    case network = "network"
    case exact = "exact score of the training part"
    case heldOut = "fresh data: held-out images, smoothed and noised"
  }

  /// How many points of a sample are near copies of a training image.
  struct Copies: Sendable {
    var count: Int
    var total: Int

    var share: Double { Double(count) / Double(total) }

    /// The 95% interval of Clopper and Pearson.
    var interval: ClosedRange<Double> {
      let (lower, upper) = BinomialLaw.interval(successes: count, of: total)
      return lower...upper
    }
  }

  private enum Task: Sendable {
    case train(steps: Int)
    case measureTraining(level: Int)
    case measureHeldOut(level: Int)
    case differences
    case sample(Source, steps: Int)
    case copies(Source)
  }

  /// The ratio of the distances to the two nearest training images below which a point is a copy.
  static let copyRatio = 1.0 / 3
  /// The largest work of a training unit, some tenths of a second.
  private static let flopsPerUnit = 5e9
  private static let stepsPerUnit = 25
  private static let samplerStepsPerUnit = 5

  let values: RealImages
  let run: RunConfiguration
  let split: ImageSplit
  var levels: [ImageErrors]
  /// The largest relative gap between the exact score and differences of the log density.
  private(set) var differenceError: Double?
  /// Finished samples, in model coordinates.
  private(set) var samples: [Source: Points] = [:]
  /// Nil for a sample that is not finite.
  private(set) var copies: [Source: Copies?] = [:]
  private(set) var unitsDone = 0
  private var training: TrainingRun
  private var drawing: SampleDrawing?
  private let tasks: [Task]

  /// The score that is measured and sampled in place of the trained network, if any.
  var replacement: (any ScoreFunction)?
  /// The score that counts as the exact one of the training part.
  var exactScore: any ScoreFunction
  /// The one Gaussian of the training part.
  var gaussian: GaussianMixture
  /// The law that fresh data are drawn from.
  var freshLaw: IsotropicMixture

  init(values: RealImages, setup: ExperimentSetup) throws {
    self.values = values
    run = setup.run
    split = try ImageSplit(
      setup.run.distribution.makeLaw(dataSource: setup.dataSource), setup: setup)
    exactScore = ExactScore(split.trainingLaw)
    gaussian = split.trainingGaussian
    freshLaw = split.heldOutLaw
    let optimization = run.optimizer.make()
    guard !optimization.rule.usesWholeTrainingSet, run.objective.noise == .fresh else {
      throw ParameterError(
        path: ["run"],
        message: "every step draws smoothed images anew: expected fresh noise and a rule that "
          + "draws batches")
    }
    training = TrainingRun(
      shape: run.network.shape(dimension: split.training.dimension), process: run.process.make(),
      trainingSet: .unlimited(split.trainingLaw), objective: run.objective.make(),
      optimization: optimization, batch: run.optimizer.batch, seed: setup.seed,
      threads: setup.threads)
    let process = training.process
    let probe = ErrorProbe(
      distribution: split.trainingLaw, process: process, levelCount: run.probe.levels,
      pointCount: run.probe.points, seed: setup.seed)
    levels = probe.times.map { ImageErrors(time: $0, level: process.level(at: $0)) }
    let flops = 3 * training.shape.flopsPerPoint * training.batch
    tasks = Self.tasks(
      values, run: run,
      unitSteps: max(1, min(Self.stepsPerUnit, Int(Self.flopsPerUnit / Double(flops)))))
  }

  private static func tasks(
    _ values: RealImages, run: RunConfiguration, unitSteps: Int
  ) -> [Task] {
    func parts(_ total: Int, _ size: Int) -> [Int] {
      stride(from: 0, to: total, by: size).map { min(size, total - $0) }
    }
    let isSampled = run.onlyTrainedTime == nil
    let sampling = [Source.network, .exact].filter { $0 != .network || isSampled }.flatMap {
      source in
      parts(run.sampler.steps, samplerStepsPerUnit).map { Task.sample(source, steps: $0) }
    }
    return parts(values.steps, unitSteps).map { .train(steps: $0) } + [.differences]
      + (0..<run.probe.levels).flatMap {
        [.measureTraining(level: $0), .measureHeldOut(level: $0)]
      } + sampling + [.sample(.heldOut, steps: 1)]
      + Source.allCases.filter { $0 != .network || isSampled }.map { .copies($0) }
  }

  var unitCount: Int { tasks.count }

  var activity: String {
    guard unitsDone < tasks.count else { return "done" }
    return switch tasks[unitsDone] {
    case .train: "training, step \(training.state.step) of \(values.steps)"
    case .differences: "comparing the exact score with differences of its log density"
    case .measureTraining(let level), .measureHeldOut(let level):
      "measuring, level \(level + 1) of \(levels.count)"
    case .sample(let source, _): "sampling, \(source.rawValue)"
    case .copies(let source): "counting near copies, \(source.rawValue)"
    }
  }

  mutating func step() {
    guard unitsDone < tasks.count else { return }
    switch tasks[unitsDone] {
    case .train(let steps): for _ in 0..<steps { _ = training.step() }
    case .differences: differenceError = compareDifferences()
    case .measureTraining(let level): measureTraining(level)
    case .measureHeldOut(let level): measureHeldOut(level)
    case .sample(let source, let steps): sample(source, steps: steps)
    case .copies(let source): copies[source] = copies(in: source)
    }
    unitsDone += 1
  }
}

// MARK: - Measuring

extension RealImagesRun {
  private func stream(_ index: Int) -> RandomStream {
    // Index 0 split the images.
    RandomStream(seed: training.seed, purpose: .experiment, index: UInt64(index + 1))
  }

  private var score: any ScoreFunction { replacement ?? training.averagedScore }

  private var baselines: [ImageErrors.Baseline: any ScoreFunction] {
    [
      .zero: BaselineScore.Zero(dimension: split.training.dimension),
      .gaussian: ExactScore(gaussian),
      .memorizing: ExactScore(split.trainingLaw),
    ]
  }

  private mutating func measureTraining(_ index: Int) {
    var stream = self.stream(2 * index)
    let place = levels[index]
    levels[index].training = ImageErrors.Training(
      score, exact: exactScore, law: split.trainingLaw, time: place.time, level: place.level,
      count: run.probe.points, delta: run.probe.delta, stream: &stream)
  }

  private mutating func measureHeldOut(_ index: Int) {
    var stream = self.stream(2 * index + 1)
    let place = levels[index]
    levels[index].heldOut = ImageErrors.HeldOut(
      score, baselines: baselines, split: split, time: place.time, level: place.level,
      count: run.probe.points, delta: run.probe.delta, stream: &stream)
  }

  /// Central differences of the log density along random directions, at the middle level.
  private func compareDifferences() -> Double {
    let (law, level) = (split.trainingLaw, levels[levels.count / 2].level)
    var stream = self.stream(2 * levels.count)
    let count = 8
    let points = level.noisy(
      law.sample(count: count, using: &stream),
      noise: stream.normals(count: count, dimension: law.dimension))
    let directions = stream.normals(count: count, dimension: law.dimension)
    let step = 1e-5 * hypot(level.alpha * split.bandwidth, level.sigma)
    func moved(_ sign: Double) -> [Double] {
      var moved = points
      for i in moved.values.indices { moved.values[i] += sign * step * directions.values[i] }
      return law.logDensity(at: moved, level: level)
    }
    let score = exactScore.score(at: points, level: level)
    let slopes = zip(moved(1), moved(-1)).map { ($0 - $1) / (2 * step) }
    return (0..<count).map { row in
      let (s, v) = (score.row(row), directions.row(row))
      let along = zip(s, v).reduce(0) { $0 + $1.0 * $1.1 }
      let size = s.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return abs(slopes[row] - along) / size
    }.max() ?? .nan
  }

  private mutating func sample(_ source: Source, steps: Int) {
    if source == .heldOut {
      var stream = self.stream(2 * levels.count + 1)
      samples[source] = NoisyLaw(
        freshLaw, level: training.process.level(at: training.process.stop)
      ).sample(count: run.sampler.count, using: &stream)
      return
    }
    var drawing =
      drawing
      ?? SampleDrawing(
        run, law: split.trainingLaw, score: source == .exact ? exactScore : score)
    self.drawing = nil
    for _ in 0..<steps { drawing.step() }
    if drawing.isFinished { samples[source] = drawing.points } else { self.drawing = drawing }
  }

  private func copies(in source: Source) -> Copies? {
    guard let sample = samples[source], sample.values.allSatisfy(\.isFinite) else { return nil }
    let share = Memorization.share(
      of: sample, training: split.training, ratio: Self.copyRatio)
    let total = sample.count
    return Copies(count: Int((share * Double(total)).rounded()), total: total)
  }
}
