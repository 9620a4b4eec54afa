import Glibc
import ScoreCore
import ScoreLab

/// Trains on one part of the images, measures on both, and draws samples.
struct RealImagesPlan: ExperimentPlan {
  /// What a sample is of.
  enum Source: String, Codable, Sendable, CaseIterable {
    case network = "network"
    case exact = "exact score of the training part"
    case heldOut = "fresh data: held-out images, smoothed and noised"
  }

  enum Unit: Codable, Hashable, Sendable {
    case training
    case differences
    case atTraining(level: Int)
    case atHeldOut(level: Int)
    case sample(Source)
    case copies(Source)
  }

  enum Record: Codable, Sendable {
    case trained(TrainedWeights)
    /// The largest relative gap between the exact score and differences of the log density.
    case differences(Double)
    case atTraining(ImageErrors.Training)
    case atHeldOut(ImageErrors.HeldOut)
    case sample(KeptPoints)
    /// Nil for a sample that is not finite.
    case copies(Copies?)
  }

  /// How many points of a sample are near copies of a training image.
  struct Copies: Codable, Sendable {
    var count: Int
    var total: Int

    var share: Double { Double(count) / Double(total) }

    /// The 95% interval of Clopper and Pearson.
    var interval: ClosedRange<Double> {
      let (lower, upper) = BinomialDistribution.interval(successes: count, of: total)
      return lower...upper
    }
  }

  /// The ratio of the distances to the two nearest training images below which a point is a copy.
  static let copyRatio = 1.0 / 3
  /// The largest work of a part of the training, some tenths of a second.
  private static let flopsPerPart = 5e9
  private static let largestPart = 25
  private static let samplerStepsPerPart = 5

  let values: RealImages
  let run: RunConfiguration
  let split: ImageSplit
  /// The times and levels that are measured at.
  let places: [(time: Double, level: NoiseLevel)]
  private let training: Trainer
  private let partSteps: Int

  /// The score that is measured and sampled in place of the trained network, if any.
  var replacement: (any ScoreFunction)?
  /// The score that counts as the exact one of the training part.
  var exactScore: any ScoreFunction
  /// The one Gaussian of the training part.
  var gaussian: GaussianMixture
  /// The distribution that fresh data are drawn from.
  var freshDistribution: IsotropicMixture

  init(values: RealImages, setup: ExperimentSetup) throws {
    self.values = values
    run = setup.run
    split = try ImageSplit(setup.distribution(), setup: setup)
    exactScore = ExactScore(split.trainingDistribution)
    gaussian = split.trainingGaussian
    freshDistribution = split.heldOutDistribution
    let optimization = run.optimizer.make()
    guard !optimization.rule.usesWholeTrainingSet, run.objective.noise == .fresh else {
      throw ParameterError(
        path: ["run"],
        message: "every step draws smoothed images anew: expected fresh noise and a rule that "
          + "draws batches")
    }
    let forward = run.process.make()
    training = Trainer(
      architecture: run.network.architecture(dimension: split.training.dimension),
      process: forward, trainingSet: .unlimited(split.trainingDistribution),
      objective: run.objective.make().fitted(to: split.trainingDistribution, process: forward),
      optimization: optimization, batch: run.optimizer.batch, seed: setup.seed,
      threads: setup.threads)
    let process = training.process
    let probe = ErrorProbe(
      distribution: split.trainingDistribution, process: process, levelCount: run.probe.levels,
      pointCount: run.probe.points, seed: setup.seed)
    places = probe.times.map { ($0, process.level(at: $0)) }
    let flops = 3 * training.architecture.flopsPerPoint * training.batch
    partSteps = max(1, min(Self.largestPart, Int(Self.flopsPerPart / Double(flops))))
  }

  private var sources: [Source] {
    // A network of one level draws no samples.
    Source.allCases.filter { $0 != .network || run.onlyTrainedTime == nil }
  }

  var units: [Unit] {
    [.training, .differences]
      + places.indices.flatMap { [.atTraining(level: $0), .atHeldOut(level: $0)] }
      + sources.map { .sample($0) } + sources.map { .copies($0) }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .training: (values.steps + partSteps - 1) / partSteps
    case .sample(let source):
      source == .heldOut
        ? 1 : (run.sampler.steps + Self.samplerStepsPerPart - 1) / Self.samplerStepsPerPart
    case .differences, .atTraining, .atHeldOut, .copies: 1
    }
  }

  func needs(of unit: Unit) -> [Unit] {
    switch unit {
    case .training, .differences, .sample(.exact), .sample(.heldOut): []
    case .atTraining, .atHeldOut, .sample(.network): [.training]
    case .copies(let source): [.sample(source)]
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .training: "training"
    case .differences: "comparing the exact score with differences of its log density"
    case .atTraining(let level), .atHeldOut(let level):
      "measuring, level \(level + 1) of \(places.count)"
    case .sample(let source): "sampling, \(source.rawValue)"
    case .copies(let source): "counting near copies, \(source.rawValue)"
    }
  }

  func work(
    on unit: Unit, given records: Records, threads: Int
  ) -> any UnitWork<Record> {
    let score = score(records, threads: threads)
    switch unit {
    case .training:
      return UnitTraining(training, stepCount: values.steps, partSteps: partSteps, threads: threads)
        .map { .trained($0) }
    case .differences: return SingleStep { .differences(compareDifferences()) }
    case .atTraining(let level):
      return SingleStep { .atTraining(measureTraining(score, level)) }
    case .atHeldOut(let level): return SingleStep { .atHeldOut(measureHeldOut(score, level)) }
    case .sample(.heldOut): return SingleStep { .sample(KeptPoints(freshSample())) }
    case .sample(let source):
      return DrawingWork(
        SampleDrawing(
          run, distribution: split.trainingDistribution,
          score: source == .exact ? exactScore : score),
        stepsPerPart: Self.samplerStepsPerPart
      ).map { .sample(KeptPoints($0)) }
    case .copies(let source):
      guard case .sample(let points)? = records[.sample(source)] else {
        preconditionFailure("Copies are counted in a sample.")
      }
      return SingleStep { .copies(copies(in: points.points)) }
    }
  }

  /// The score that is measured; that of the start before training.
  private func score(_ records: Records, threads: Int) -> any ScoreFunction {
    if let replacement { return replacement }
    guard case .trained(let weights)? = records[.training] else { return training.averagedScore }
    return training.averagedScore.with(weights, threads: threads)
  }

  func findings(_ records: Records) -> RealImagesFindings { RealImagesFindings(self, records) }
}

extension RealImagesPlan {
  private func stream(_ index: Int) -> RandomStream {
    // Index 0 split the images.
    RandomStream(seed: training.seed, purpose: .experiment, index: UInt64(index + 1))
  }

  private var baselines: [ImageErrors.Baseline: any ScoreFunction] {
    [
      .zero: BaselineScore.Zero(dimension: split.training.dimension),
      .gaussian: ExactScore(gaussian),
      .memorizing: ExactScore(split.trainingDistribution),
    ]
  }

  private func measureTraining(
    _ score: any ScoreFunction, _ index: Int
  ) -> ImageErrors.Training {
    var stream = self.stream(2 * index)
    let place = places[index]
    return ImageErrors.Training(
      score, exact: exactScore, distribution: split.trainingDistribution, time: place.time,
      level: place.level,
      count: run.probe.points, delta: run.probe.delta, stream: &stream)
  }

  private func measureHeldOut(_ score: any ScoreFunction, _ index: Int) -> ImageErrors.HeldOut {
    var stream = self.stream(2 * index + 1)
    let place = places[index]
    return ImageErrors.HeldOut(
      score, baselines: baselines, split: split, time: place.time, level: place.level,
      count: run.probe.points, delta: run.probe.delta, stream: &stream)
  }

  /// Central differences of the log density along random directions, at the middle level.
  private func compareDifferences() -> Double {
    let (distribution, level) = (split.trainingDistribution, places[places.count / 2].level)
    var stream = self.stream(2 * places.count)
    let count = 8
    let points = level.noisy(
      distribution.sample(count: count, using: &stream),
      noise: stream.normals(count: count, dimension: distribution.dimension))
    let directions = stream.normals(count: count, dimension: distribution.dimension)
    let step = 1e-5 * hypot(level.alpha * split.bandwidth, level.sigma)
    func moved(_ sign: Double) -> [Double] {
      var moved = points
      for i in moved.values.indices { moved.values[i] += sign * step * directions.values[i] }
      return distribution.logDensity(at: moved, level: level)
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

  private func freshSample() -> Points {
    var stream = self.stream(2 * places.count + 1)
    return NoisyDistribution(
      freshDistribution, level: training.process.level(at: training.process.stop)
    )
    .sample(count: run.sampler.count, using: &stream)
  }

  private func copies(in sample: Points) -> Copies? {
    guard sample.values.allSatisfy(\.isFinite) else { return nil }
    let share = Memorization.share(of: sample, training: split.training, ratio: Self.copyRatio)
    let total = sample.count
    return Copies(count: Int((share * Double(total)).rounded()), total: total)
  }
}
