public import ScoreCore

/// The exact score's loss: the Bayes floor of the objective, unless its loss is clipped.
public struct FloorMeasurement: Measurement {
  public static let name = "floor"
  public static let dependencies: [MeasurementDependency] = []

  private var run: BayesFloorStepper

  public init(of subject: MeasurementSubject) {
    run = BayesFloorStepper(
      distribution: subject.distribution, process: subject.process, objective: subject.objective,
      seed: subject.configuration.seed)
  }

  public var unitCost: Double { 4096 }

  public mutating func begin(_ input: MeasurementInput) {}

  public mutating func step() -> Bool {
    run.step()
    return run.isFinished
  }

  /// The best value so far, once its error is known.
  public var reading: Reading<BayesFloor> {
    Reading(value: run.floor.flatMap { $0.error.isFinite ? $0 : nil })
  }
}

extension MeasurementResults {
  /// The exact score's loss: the Bayes floor unless the loss is clipped.
  public var floor: BayesFloor? { self[FloorMeasurement.self].value }
}
