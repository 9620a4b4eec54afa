import ScoreCore

/// A held-out loss and when it was measured.
public struct HeldOutPoint: Sendable, Equatable {
  public var step: Int
  /// The loss above that of the exact score, over the levels drawn: for a squared loss
  /// `E w ||sigma (s_hat - s)||^2`, w the objective's weight of the noise's squared error.
  public var excess: Double
  /// One standard error of the excess, over levels and points.
  public var standardError: Double

  public init(step: Int, excess: Double, standardError: Double = 0) {
    self.step = step
    self.excess = excess
    self.standardError = standardError
  }
}

/// The held-out loss over training, a point a pass.
public struct HeldOutMeasurement: Measurement {
  public static let name = "held_out"
  public static let dependencies = [MeasurementDependency.weights]
  /// The most points that are kept.
  static let capacity = 2048

  private let subject: MeasurementSubject
  private var loss: HeldOutLoss?
  private var pass: (step: Int, score: NetworkScore)?
  public private(set) var reading = Reading<[HeldOutPoint]>()

  public init(of subject: MeasurementSubject) { self.subject = subject }

  // One pass a pass of the probe, as many points as that has in all.
  public var unitCost: Double {
    Double(subject.configuration.probe.levels * subject.configuration.probe.points)
  }

  public mutating func begin(_ input: MeasurementInput) { pass = (input.step, input.score()) }

  public mutating func step() -> Bool {
    guard let (step, score) = pass else { return true }
    pass = nil
    let loss =
      loss
      ?? HeldOutLoss(
        distribution: subject.distribution, process: subject.process, objective: subject.objective,
        seed: subject.configuration.seed)
    self.loss = loss
    let excess = loss.estimate(of: score)
    guard excess.value.isFinite else {
      reading.dropped = DroppedPass(step: step, brokenCount: 1, count: 1)
      return true
    }
    append(
      HeldOutPoint(step: step, excess: excess.value, standardError: excess.standardError))
    return true
  }

  private mutating func append(_ point: HeldOutPoint) {
    var points = reading.value ?? []
    reading = Reading()
    if points.last?.step == point.step { points.removeLast() }
    points.append(point)
    // Halving keeps the memory bounded and the curve evenly spaced enough to draw.
    if points.count > Self.capacity {
      points = points.enumerated().filter { $0.offset % 2 == 0 || $0.offset > 2000 }
        .map(\.element)
    }
    reading.value = points
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.value?.removeAll { $0.step > step }
    if reading.value?.isEmpty == true { reading.value = nil }
    if let dropped = reading.dropped, dropped.step > step { reading.dropped = nil }
  }
}

extension MeasurementResults {
  /// The held-out losses so far, in the order of the steps.
  public var heldOut: [HeldOutPoint] { self[HeldOutMeasurement.self].value ?? [] }
}
