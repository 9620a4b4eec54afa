public import ScoreCore

/// The first two principal components of the data, worked out once.
public struct PrincipalComponentsMeasurement: Measurement {
  public static let name = "principal_components"
  public static let dependencies: [MeasurementDependency] = []

  private let subject: MeasurementSubject
  public private(set) var reading = Reading<PrincipalComponents>()

  public init(of subject: MeasurementSubject) { self.subject = subject }

  // Nothing can be drawn along them before.
  public var unitCost: Double { 0 }

  public mutating func begin(_ input: MeasurementInput) {}

  public mutating func step() -> Bool {
    reading.value = PrincipalComponents(
      of: subject.distribution, count: min(2, subject.distribution.dimension),
      seed: subject.configuration.seed)
    return true
  }
}

extension MeasurementResults {
  /// The first two principal components of the data.
  public var principalComponents: PrincipalComponents? {
    self[PrincipalComponentsMeasurement.self].value
  }
}
