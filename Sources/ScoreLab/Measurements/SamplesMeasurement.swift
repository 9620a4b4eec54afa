public import ScoreCore

/// One finished pass of the sampler.
public struct SamplePass: Sendable, Equatable {
  /// The training step whose averaged weights drove the pass.
  public var step: Int
  public var trajectories: Trajectories
  /// The class of each sample; nil where they have none.
  public var classes: SampleClasses?

  init(step: Int, trajectories: Trajectories, classes: SampleClasses? = nil) {
    self.step = step
    self.trajectories = trajectories
    self.classes = classes
  }
}

/// The classes of samples.
public struct SampleClasses: Sendable, Equatable {
  /// What the classes are called.
  public var names: [String]
  /// The class of each sample, a place among the names.
  public var values: [Int]

  public init(names: [String], values: [Int]) {
    self.names = names
    self.values = values
  }
}

/// Samples of the learned reverse process with their way from noise, one sampler step a unit.
public struct SamplesMeasurement: Measurement {
  public static let name = "samples"
  public static let dependencies = [MeasurementDependency.weights, .sampler]
  // The first samples are of a network that had hardly begun.
  public static let firstPasses = 2

  private let subject: MeasurementSubject
  private var pass: SamplerPass?
  private var passStep = 0
  public private(set) var reading = Reading<SamplePass>()
  /// What drove the newest finite samples.
  private(set) var score: (any ScoreFunction)?

  public init(of subject: MeasurementSubject) { self.subject = subject }

  // People watch the samples move, so they are drawn more often than the error is measured.
  public var unitCost: Double { Double(subject.configuration.sampler.count) / 3 }

  public mutating func begin(_ input: MeasurementInput) {
    pass = SamplerPass(of: subject, score: input.score())
    passStep = input.step
  }

  public mutating func step() -> Bool {
    // The pass lives in one place while it steps, so that its arrays are not copied.
    guard var pass else { return true }
    self.pass = nil
    guard pass.step() else {
      self.pass = pass
      return false
    }
    let (trajectories, broken) = (pass.trajectories, pass.trajectories.brokenCount)
    let isFit = reading.end(
      with: SamplePass(step: passStep, trajectories: trajectories, classes: pass.classes),
      step: passStep, brokenCount: broken, of: trajectories.tracked)
    if isFit { score = pass.score }
    return true
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { $0.step > step ? nil : $0 }
  }
}

/// A sampler under way, with every position on its way.
struct SamplerPass: Sendable {
  /// The score of points without a class, also where the samples have one.
  let score: any ScoreFunction
  let classes: SampleClasses?
  private(set) var trajectories: Trajectories
  private var run: SamplingPass

  /// Starts the sampler of a configuration from noise of its seed.
  init(of subject: MeasurementSubject, score: any ScoreFunction) {
    let (sampler, seed) = (subject.configuration.sampler, subject.configuration.seed)
    self.score = score
    let (sampling, rows) = (
      ClassSampling(subject.configuration, subject.distribution), 0..<sampler.count
    )
    let ofClasses = sampling?.score(score, of: rows)
    classes = ofClasses.flatMap { _ in
      sampling.map { SampleClasses(names: $0.names, values: $0.classes(of: rows)) }
    }
    run = SamplingPass(
      sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: sampler.steps,
      process: subject.process, score: ofClasses ?? score, count: sampler.count, seed: seed)
    trajectories = Trajectories(
      count: sampler.count, dimension: subject.distribution.dimension, frames: run.times.count)
    trajectories.record(run.points, at: run.times[0])
  }

  /// Takes one step of the sampler; true when it was the last.
  mutating func step() -> Bool {
    if let time = run.step() { trajectories.record(run.points, at: time) }
    return run.isFinished
  }
}

extension MeasurementResults {
  /// The newest samples.
  public var samples: SamplePass? { self[SamplesMeasurement.self].value }
  /// The newest samples where they are not finite.
  public var droppedSamples: DroppedPass? { self[SamplesMeasurement.self].dropped }
}
