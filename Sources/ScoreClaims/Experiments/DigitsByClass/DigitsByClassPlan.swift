import ScoreCore
import ScoreLab

/// Trains on one part of the images, draws by class, and lets the other part judge.
struct DigitsByClassPlan: ExperimentPlan {
  /// What is read.
  enum Source: String, Codable, Sendable, CaseIterable {
    case network = "network"
    case guided = "network, guided"
    case blind = "network without the class"
    case gaussians = "one Gaussian a class"
    case memorizing = "memorising"
    case real = "real images"
  }

  enum Unit: Codable, Hashable, Sendable {
    case training
    case bayes
    case sample(Source)
    case reading(Source)
  }

  enum Record: Codable, Sendable {
    case trained(TrainedWeights)
    /// The largest gap of the marginal score to the mean of the classes', relative.
    case bayes(Double)
    case sample(KeptPoints)
    /// Nil for a sample that is not finite.
    case reading(ClassReading?)
  }

  /// The largest work of a part of the training, some tenths of a second.
  private static let flopsPerPart = 5e9
  private static let largestPart = 25
  private static let samplerStepsPerPart = 5

  let values: DigitsByClass
  let run: RunConfiguration
  let split: ClassSplit
  private let training: Trainer
  private let partSteps: Int

  /// What is drawn in place of a source; itself but in tests.
  var drawn: @Sendable (Source) -> Source = { $0 }
  /// By how many classes the judge's labels are shifted; 0 but in tests.
  var labelShift = 0
  /// Stands in for the score of all images; itself but in tests.
  var marginal: any KnownScoreDistribution

  init(values: DigitsByClass, setup: ExperimentSetup) throws {
    self.values = values
    run = setup.run
    guard run.network.condition == .label else {
      throw ParameterError(
        path: ["run", "network", "condition"], message: "expected class, found none")
    }
    split = try ClassSplit(setup.distribution(), setup: setup)
    marginal = split.training
    let optimization = run.optimizer.make()
    guard !optimization.rule.usesWholeTrainingSet, run.objective.noise == .fresh else {
      throw ParameterError(
        path: ["run"],
        message: "every step draws smoothed images anew: expected fresh noise and a rule that "
          + "draws batches")
    }
    var fresh = run
    fresh.trainingSet.count = .unlimited
    training = Trainer(
      configuration: fresh, distribution: split.training, threads: setup.threads)
    let flops = 3 * training.architecture.flopsPerPoint * training.batch
    partSteps = max(1, min(Self.largestPart, Int(Self.flopsPerPart / Double(flops))))
  }

  var units: [Unit] {
    [.training, .bayes] + Source.allCases.map { .sample($0) } + Source.allCases.map { .reading($0) }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .training: (values.steps + partSteps - 1) / partSteps
    case .sample(.network), .sample(.guided), .sample(.blind):
      (run.sampler.steps + Self.samplerStepsPerPart - 1) / Self.samplerStepsPerPart
    case .bayes, .sample, .reading: 1
    }
  }

  func needs(of unit: Unit) -> [Unit] {
    switch unit {
    case .sample(.network), .sample(.guided), .sample(.blind): [.training]
    case .training, .bayes, .sample: []
    case .reading(let source): [.sample(source)]
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .training: "training"
    case .bayes: "comparing exact scores"
    case .sample(let source): "sampling, \(source.rawValue)"
    case .reading(let source): "reading, \(source.rawValue)"
    }
  }

  func findings(_ records: Records) -> DigitsByClassFindings {
    DigitsByClassFindings(self, records)
  }
}

// MARK: - Work

extension DigitsByClassPlan {
  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .training:
      return UnitTraining(training, stepCount: values.steps, partSteps: partSteps, threads: threads)
        .map { .trained($0) }
    case .bayes: return SingleStep { .bayes(split.bayesGap(marginal, at: levels, seed: run.seed)) }
    case .sample(let source): return sampling(drawn(source), given: records, threads: threads)
    case .reading(let source):
      guard case .sample(let points)? = records[.sample(source)] else {
        preconditionFailure("A sample is drawn before it is read.")
      }
      return SingleStep {
        .reading(
          split.reading(points.points, of: split.classes(of: source, run), shift: labelShift))
      }
    }
  }

  private var levels: [NoiseLevel] {
    [0.2, 0.5, 1].map { run.process.make().level(at: $0 * run.process.make().horizon) }
  }

  private func sampling(
    _ source: Source, given records: Records, threads: Int
  ) -> any UnitWork<Record> {
    switch source {
    case .gaussians: return SingleStep { .sample(KeptPoints(split.gaussianSample(run))) }
    case .memorizing: return SingleStep { .sample(KeptPoints(split.memorizingSample(run))) }
    case .real: return SingleStep { .sample(KeptPoints(split.training.data)) }
    case .network, .guided, .blind:
      var (run, score) = (run, training.averagedScore)
      if case .trained(let weights)? = records[.training] {
        score = score.with(weights, threads: threads)
      }
      if source == .blind { run.network.condition = .none }
      run.sampler.classNumber = -1
      run.sampler.guidance = source == .guided ? values.guidance : 0
      let frame = split.training.coordinates
      return DrawingWork(
        SampleDrawing(run, distribution: split.training, score: score),
        stepsPerPart: Self.samplerStepsPerPart
      ).map { .sample(KeptPoints(frame.modelCoordinates($0))) }
    }
  }
}
