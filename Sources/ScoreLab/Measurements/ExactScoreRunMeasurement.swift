public import ScoreCore

/// Samples of the exact score from the noise that starts and drives the learned ones, one sampler
/// step a unit.
public struct ExactScoreRunMeasurement: Measurement {
  public static let name = "exact_score_run"
  public static let dependencies = [MeasurementDependency.sampler]

  private let subject: MeasurementSubject
  private var pass: SamplerPass?
  public private(set) var reading = Reading<Trajectories>()

  public init(of subject: MeasurementSubject) { self.subject = subject }

  public var unitCost: Double { Double(subject.configuration.sampler.count) }

  public mutating func begin(_ input: MeasurementInput) {
    pass = SamplerPass(of: subject, score: ExactScore(subject.distribution))
  }

  public mutating func step() -> Bool {
    guard var pass else { return true }
    self.pass = nil
    guard pass.step() else {
      self.pass = pass
      return false
    }
    reading.value = pass.trajectories
    return true
  }
}

extension MeasurementResults {
  /// The same noise driven by the exact score.
  public var exactScoreRun: Trajectories? { self[ExactScoreRunMeasurement.self].value }
}
