import ScoreCore
import ScoreLab

/// Trains a network on each number of images, and compares samples of it and of others with them.
struct ImageCopiesPlan: ExperimentPlan {
  /// What is compared with the training images.
  enum Source: String, Codable, Sendable, CaseIterable {
    case network = "network"
    case memorizing = "exact score of the images"
    case gaussian = "one Gaussian"
    case zero = "zero score"
    case fresh = "images left out"
  }

  enum Unit: Codable, Hashable, Sendable {
    case training(Int)
    case reading(Int, Source)
  }

  enum Record: Codable, Sendable {
    case trained(TrainedWeights)
    /// Nil for a sample that is not finite.
    case reading(CopyReading?)
  }

  /// The largest work of a part of the training, some tenths of a second.
  private static let flopsPerPart = 5e9
  private static let largestPart = 25
  private static let samplerStepsPerPart = 5
  /// The fewest samples, two in each group.
  private static let leastSamples = 2 * CopySplit.groupCount

  let values: ImageCopies
  let run: RunConfiguration
  let split: CopySplit
  private let trainings: [Trainer]
  private let partSteps: Int

  /// What is drawn in place of a source; itself but in tests.
  var drawn: @Sendable (Source) -> Source = { $0 }
  /// The place whose images samples are compared with; itself but in tests.
  var compared: @Sendable (Int) -> Int = { $0 }

  init(values: ImageCopies, setup: ExperimentSetup) throws {
    self.values = values
    let run = setup.run
    self.run = run
    guard run.network.condition == .none else {
      throw ParameterError(
        path: ["run", "network", "condition"], message: "expected none, found class")
    }
    guard run.sampler.count >= Self.leastSamples else {
      throw ParameterError(
        path: ["run", "sampler", "count"],
        message: "expected at least \(Self.leastSamples), found \(run.sampler.count)")
    }
    let optimization = run.optimizer.make()
    guard !optimization.rule.usesWholeTrainingSet, run.objective.noise == .fresh else {
      throw ParameterError(
        path: ["run"], message: "expected fresh noise and a rule that draws batches")
    }
    let split = try CopySplit(setup.distribution(), values: values, setup: setup)
    self.split = split
    let process = run.process.make()
    trainings = split.counts.indices.map { place in
      let images = split.training(place)
      return Trainer(
        architecture: run.network.architecture(dimension: images.dimension), process: process,
        trainingSet: .fixed(images.data),
        objective: run.objective.make().fitted(to: images, process: process),
        optimization: optimization, batch: run.optimizer.batch, seed: setup.seed,
        threads: setup.threads)
    }
    let flops = 3 * trainings[0].architecture.flopsPerPoint * trainings[0].batch
    partSteps = max(1, min(Self.largestPart, Int(Self.flopsPerPart / Double(flops))))
  }

  var units: [Unit] {
    split.counts.indices.flatMap { place in
      [.training(place)] + Source.allCases.map { .reading(place, $0) }
    }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .training: (values.steps + partSteps - 1) / partSteps
    case .reading(_, .network), .reading(_, .memorizing), .reading(_, .zero):
      (run.sampler.steps + Self.samplerStepsPerPart - 1) / Self.samplerStepsPerPart
    case .reading(_, .gaussian), .reading(_, .fresh): 1
    }
  }

  func needs(of unit: Unit) -> [Unit] {
    switch unit {
    case .reading(let place, .network): [.training(place)]
    case .training, .reading: []
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .training(let place): "training on \(split.counts[place]) images"
    case .reading(let place, let source): "\(source.rawValue), \(split.counts[place]) images"
    }
  }

  func findings(_ records: Records) -> ImageCopiesFindings {
    ImageCopiesFindings(self, records)
  }
}

// MARK: - Work

extension ImageCopiesPlan {
  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .training(let place):
      return UnitTraining(
        trainings[place], stepCount: values.steps, partSteps: partSteps, threads: threads
      ).map { .trained($0) }
    case .reading(let place, let source):
      return reading(drawn(source), place, given: records, threads: threads)
    }
  }

  /// Draws samples of a source and compares them.
  private func reading(
    _ source: Source, _ place: Int, given records: Records, threads: Int
  ) -> any UnitWork<Record> {
    let (images, others) = (split.training(place), split.training(compared(place)).data)
    @Sendable func read(_ sample: Points) -> Record {
      .reading(split.reading(sample, training: others))
    }
    switch source {
    case .fresh: return SingleStep { read(split.fresh) }
    case .gaussian: return SingleStep { read(gaussianSample(images, place)) }
    case .memorizing:
      return drawing(BaselineScore.memorizing(images.data), images).map { read($0) }
    case .zero:
      return drawing(BaselineScore.Zero(dimension: images.dimension), images).map { read($0) }
    case .network:
      var score = trainings[place].averagedScore
      if case .trained(let weights)? = records[.training(place)] {
        score = score.with(weights, threads: threads)
      }
      return drawing(score, images).map { read($0) }
    }
  }

  /// Samples that follow a score, in model coordinates.
  private func drawing(
    _ score: any ScoreFunction, _ images: SmoothedPoints
  ) -> some UnitWork<Points> {
    let frame = images.coordinates
    return DrawingWork(
      SampleDrawing(run, distribution: images, score: score),
      stepsPerPart: Self.samplerStepsPerPart
    ).map { frame.modelCoordinates($0) }
  }

  /// Draws of the one Gaussian with mean and covariance of the smoothed images.
  private func gaussianSample(_ images: SmoothedPoints, _ place: Int) -> Points {
    var stream = RandomStream(seed: run.seed, purpose: .experiment, index: UInt64(place + 1))
    let gaussian = GaussianMixture([
      .init(mean: images.moments?.mean ?? [], spread: .full(images.covariance ?? []))
    ])
    return gaussian.sample(count: run.sampler.count, using: &stream)
  }
}
