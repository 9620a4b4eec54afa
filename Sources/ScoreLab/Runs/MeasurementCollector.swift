import ScoreCore

/// Collects from a session what is new and worth keeping.
///
/// A series gets a point when its step has grown by a hundredth, a cloud when it has doubled, so that
/// what is kept grows with the logarithm of the steps.
struct MeasurementCollector {
  private static let growth = 1.01
  private static let cloudGrowth = 2.0

  private(set) var found = RunMeasurements()
  /// The step of the last point that was kept of each measurement, and of the last cloud.
  private var steps: [String: Int] = [:]

  /// What was found since the last time.
  mutating func take() -> RunMeasurements {
    defer { found = RunMeasurements() }
    return found
  }

  /// Takes what is new.
  ///
  /// - Parameters:
  ///   - session: The run.
  ///   - isLast: Whether a point is kept however little its step has grown.
  mutating func collect(_ session: Session, isLast: Bool = false) {
    forget(after: session.step)
    let measurements = session.measurements
    if let loss = session.history.smoothed, isDue("loss", session.step, isLast) {
      add(MetricPoint("loss", step: session.step, value: loss))
    }
    if let point = measurements.heldOut.last, isDue("held_out_excess", point.step, isLast) {
      add(
        MetricPoint(
          "held_out_excess", step: point.step, value: point.excess, error: point.standardError))
    }
    if let floor = measurements.floor, steps["floor"] == nil {
      steps["floor"] = session.step
      add(MetricPoint("floor", step: session.step, value: floor.value, error: floor.error))
    }
    if let probe = measurements.probe, isDue("l2", probe.step, isLast) {
      add(probe, delta: session.configuration.probe.delta)
    }
    for metric in measurements.sampleMetrics ?? [] {
      guard let point = metric.history.last, isDue(metric.name, point.step, isLast)
      else { continue }
      add(MetricPoint(metric.name, step: point.step, value: point.value))
    }
    if let samples = measurements.samples { add(samples) }
  }

  private mutating func forget(after step: Int) {
    guard steps.values.contains(where: { $0 > step }) else { return }
    found.forget(after: step)
    steps = steps.mapValues { min($0, step) }
  }

  private mutating func isDue(
    _ name: String, _ step: Int, _ isLast: Bool, growth: Double = growth
  ) -> Bool {
    if let last = steps[name] {
      guard step > last, isLast || Double(step) >= growth * Double(last) else { return false }
    }
    steps[name] = step
    return true
  }

  private mutating func add(_ point: MetricPoint) {
    if point.value.isFinite { found.points.append(point) }
  }

  private mutating func add(_ probe: ProbeResult, delta: Double) {
    for level in probe.levels {
      add(MetricPoint("l2", level: level.time, step: probe.step, value: level.l2))
      let quantile = level.quantileEstimate(delta: delta)
      guard let value = quantile.value else { continue }
      let high = quantile.interval.upperBound
      add(
        MetricPoint(
          "d_delta", level: level.time, step: probe.step, value: value,
          low: quantile.interval.lowerBound, high: high.isFinite ? high : nil))
    }
  }

  private mutating func add(_ samples: SamplePass) {
    let trajectories = samples.trajectories
    guard let last = trajectories.frames.last,
      isDue("samples", samples.step, false, growth: Self.cloudGrowth)
    else { return }
    let count = min(SampleCloud.pointLimit, trajectories.tracked)
    found.clouds.append(
      SampleCloud(
        step: samples.step, dimension: trajectories.dimension,
        points: Array(last.prefix(count * trajectories.dimension))))
  }
}

extension MetricPoint {
  /// A point with one standard error.
  fileprivate init(_ name: String, step: Int, value: Double, error: Double) {
    // A normal estimate is within so many standard errors with a probability of 95 percent.
    let reach = 1.96 * error
    self.init(
      name, step: step, value: value, low: reach.isFinite ? value - reach : nil,
      high: reach.isFinite ? value + reach : nil)
  }
}
