/// A point of a series that was measured on a run.
public struct MetricPoint: Sendable, Equatable {
  /// The name of the series, such as `l2`.
  public var name: String
  /// The process time of the noise level; nil for a series of the whole run.
  public var level: Double?
  /// The training step whose weights were measured.
  public var step: Int
  public var value: Double
  /// The ends of the 95 percent interval, where there is one.
  public var low: Double?
  public var high: Double?

  package init(
    _ name: String, level: Double? = nil, step: Int, value: Double, low: Double? = nil,
    high: Double? = nil
  ) {
    self.name = name
    self.level = level
    self.step = step
    self.value = value
    self.low = low
    self.high = high
  }
}

/// Samples of a run at one of its steps.
public struct SampleCloud: Sendable, Equatable {
  /// The most points that are kept of a pass.
  public static let pointLimit = 500

  /// The training step whose averaged weights drove the sampler.
  public var step: Int
  public var dimension: Int
  /// The points in the units of the model, `[count, dimension]`.
  public var points: [Float]

  package init(step: Int, dimension: Int, points: [Float]) {
    self.step = step
    self.dimension = dimension
    self.points = points
  }
}

/// What was measured on a run in some time.
public struct RunMeasurements: Sendable, Equatable {
  public var points: [MetricPoint] = []
  public var clouds: [SampleCloud] = []
  /// Nothing after this step stands any more, because a divergence has undone it; nil for none.
  public var lastStep: Int?

  public init() {}

  public var isEmpty: Bool { points.isEmpty && clouds.isEmpty && lastStep == nil }

  /// Adds what was measured later.
  package mutating func append(_ later: RunMeasurements) {
    if let last = later.lastStep { forget(after: last) }
    points += later.points
    clouds += later.clouds
  }

  /// Drops what was measured after a step that a divergence has gone back to.
  mutating func forget(after step: Int) {
    points.removeAll { $0.step > step }
    clouds.removeAll { $0.step > step }
    lastStep = min(lastStep ?? step, step)
  }
}
