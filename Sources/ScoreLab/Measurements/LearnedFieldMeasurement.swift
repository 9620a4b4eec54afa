import ScoreCore

/// Something learned over the line or the plane, at some of the sampler's times.
///
/// Frames are replaced one after the other while a pass goes on, so each says of which weights it is.
public struct LearnedField: Sendable, Equatable {
  /// The field at one time.
  public struct Frame: Sendable, Equatable {
    /// The training step whose averaged weights it is of.
    public var step: Int
    public var place: FieldPlace
    /// At the nodes: `sigma_t s_hat`, `[nodes, dimension]`, or a log density in nats, `[nodes]`.
    public var values: [Float]
  }

  /// In no order, each place once.
  public var frames: [Frame] = []

  /// The frame of a place; nil until it is measured.
  public func frame(of place: FieldPlace) -> Frame? {
    frames.first { $0.place.index == place.index && $0.place.grid.ranges == place.grid.ranges }
  }

  /// The frame over the nodes of a place whose time is nearest; nil until one is measured.
  public func frame(nearestTo place: FieldPlace) -> Frame? {
    frames.filter { $0.place.grid.ranges == place.grid.ranges }
      .min { abs($0.place.index - place.index) < abs($1.place.index - place.index) }
  }

  /// Puts a frame in the place of an older one.
  mutating func replace(with frame: Frame) {
    frames.removeAll { $0.place == frame.place }
    frames.append(frame)
  }
}

extension Reading where Value == LearnedField {
  /// Shows a frame as soon as it is known, unless it has no finite value.
  mutating func show(_ frame: LearnedField.Frame) {
    guard frame.values.contains(where: \.isFinite) else {
      dropped = DroppedPass(step: frame.step, brokenCount: 1, count: 1)
      return
    }
    dropped = nil
    var field = value ?? LearnedField()
    field.replace(with: frame)
    value = field
  }

  /// Forgets the frames of weights after a step.
  mutating func forgetFrames(after step: Int) {
    forget(after: step) { field in
      let kept = field.frames.filter { $0.step <= step }
      return kept.isEmpty ? nil : LearnedField(frames: kept)
    }
  }
}

/// The learned score at the nodes of the exact one, one time a unit, the data end first.
public struct LearnedFieldMeasurement: Measurement {
  public static let name = "learned_field"
  public static let dependencies = [
    MeasurementDependency.weights, .value(of: ExactFieldMeasurement.self),
  ]

  private var pass: (step: Int, score: any ScoreFunction, places: ArraySlice<FieldPlace>)?
  public private(set) var reading = Reading<LearnedField>()

  public init(of subject: MeasurementSubject) {}

  public var unitCost: Double { 1024 }

  public mutating func begin(_ input: MeasurementInput) {
    let field = input.measurement(ExactFieldMeasurement.self)?.reading.value
    let places = ([field?.end].compactMap { $0 } + (field?.frames ?? []).reversed()).map(\.place)
    pass = (input.step, input.score(), places[...])
  }

  public mutating func step() -> Bool {
    guard let place = pass?.places.popFirst(), let pass else { return true }
    let found = pass.score.score(at: place.grid.points, level: place.level)
    reading.show(
      LearnedField.Frame(
        step: pass.step, place: place,
        values: found.values.map { Float(place.level.sigma * $0) }))
    return pass.places.isEmpty
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forgetFrames(after: step)
  }
}

extension MeasurementResults {
  /// The learned score over the line or the plane.
  public var learnedField: LearnedField? { self[LearnedFieldMeasurement.self].value }
}
