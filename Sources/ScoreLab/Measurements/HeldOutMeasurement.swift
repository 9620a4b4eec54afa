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
  private var pass: (step: Int, score: any ScoreFunction)?
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
    let point = HeldOutPoint(
      step: step, excess: excess.value, standardError: excess.standardError)
    let points = appended(point)
    reading.end(
      with: points, step: step, brokenCount: excess.value.isFinite ? 0 : 1, of: 1)
    return true
  }

  /// The points so far with one more.
  private func appended(_ point: HeldOutPoint) -> [HeldOutPoint] {
    var points = reading.value ?? []
    if points.last?.step == point.step { points.removeLast() }
    points.append(point)
    // Halving keeps the memory bounded and the curve evenly spaced enough to draw.
    if points.count > Self.capacity {
      points = points.enumerated().filter { $0.offset % 2 == 0 || $0.offset > 2000 }
        .map(\.element)
    }
    return points
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { points in
      let kept = points.filter { $0.step <= step }
      return kept.isEmpty ? nil : kept
    }
  }
}

extension MeasurementResults {
  /// The held-out losses so far, in the order of the steps.
  public var heldOut: [HeldOutPoint] { self[HeldOutMeasurement.self].value ?? [] }
}
