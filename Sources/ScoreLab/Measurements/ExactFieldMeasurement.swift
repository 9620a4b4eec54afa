import ScoreCore

/// The exact log density and score over the line or the plane, at some of the sampler's times.
public struct ExactField: Sendable, Equatable {
  /// The field at one time.
  public struct Frame: Sendable, Equatable {
    public var place: FieldPlace
    /// `log q_t` at the nodes, in nats.
    public var logDensity: [Double]
    /// `sigma_t s` at the nodes, `[nodes, dimension]`.
    public var score: [Float]
  }

  /// About how many times there are.
  public static let frameLimit = 25

  /// From noise to data, all over the same nodes, which hold the noise as well as the data.
  public var frames: [Frame]
  /// The data end again, over nodes that hold the data alone; nil where a point has more than two
  /// coordinates.
  public var end: Frame?

  /// The frame to show at a place of the sampler's times.
  ///
  /// - Parameters:
  ///   - index: The place.
  ///   - isEnd: Whether the data end is shown alone.
  /// - Returns: The nearest there is; nil where there is none at all.
  public func frame(nearestTo index: Int, isEnd: Bool) -> Frame? {
    if isEnd { return end }
    return frames.min { abs($0.place.index - index) < abs($1.place.index - index) }
  }
}

/// Works out the exact log density and score, one time a unit.
public struct ExactFieldMeasurement: Measurement {
  public static let name = "exact_field"
  public static let dependencies = [MeasurementDependency.value(of: NoisedDataMeasurement.self)]

  private let subject: MeasurementSubject
  private var pending: [FieldPlace] = []
  private var found: [ExactField.Frame] = []
  public private(set) var reading = Reading<ExactField>()

  public init(of subject: MeasurementSubject) { self.subject = subject }

  public var unitCost: Double { 2048 }

  public mutating func begin(_ input: MeasurementInput) {
    (pending, found) = ([], [])
    guard let data = input.measurement(NoisedDataMeasurement.self)?.reading.value?.trajectories,
      data.dimension <= 2
    else { return }
    let axes = 0..<data.dimension
    let side = data.dimension == 1 ? 257 : 49
    let last = data.frames.count - 1
    let stride = max(1, (last + ExactField.frameLimit - 1) / ExactField.frameLimit)
    let wide = FieldGrid(over: axes.map { data.range($0) }, side: side)
    let close = FieldGrid(over: axes.map { data.range($0, frame: last) }, side: side)
    // Counted from the data end, so that it is always among them.
    pending = Swift.stride(from: last, through: 0, by: -stride).reversed().map {
      place($0, data, wide)
    }
    pending.append(place(last, data, close))
  }

  private func place(_ index: Int, _ data: Trajectories, _ grid: FieldGrid) -> FieldPlace {
    let time = data.times[index]
    return FieldPlace(
      index: index, time: time, level: subject.process.level(at: time), grid: grid)
  }

  public mutating func step() -> Bool {
    if found.count < pending.count {
      let place = pending[found.count]
      let (logDensity, score) = subject.distribution.logDensityAndScore(
        at: place.grid.points, level: place.level)
      found.append(
        ExactField.Frame(
          place: place, logDensity: logDensity,
          score: score.values.map { Float(place.level.sigma * $0) }))
    }
    guard found.count == pending.count else { return false }
    reading.value = ExactField(frames: found.dropLast(), end: found.last)
    return true
  }
}

extension MeasurementResults {
  /// The exact log density and score over the line or the plane.
  public var exactField: ExactField? { self[ExactFieldMeasurement.self].value }
}
