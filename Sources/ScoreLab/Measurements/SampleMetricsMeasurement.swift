public import ScoreCore

/// A sample metric over training: its newest value and its null, which stays, as the samples have
/// one size.
public struct LiveMetric: Sendable, Equatable {
  /// The value of one pass of samples.
  public struct Point: Sendable, Equatable {
    /// The training step whose averaged weights drove the pass.
    public var step: Int
    public var value: Double

    public init(step: Int, value: Double) {
      self.step = step
      self.value = value
    }
  }

  /// The most values that are kept.
  static let capacity = 512

  /// The metric's name in `SampleMetricCatalog`.
  public var name: String
  /// The newest value in its null; nil until the null is known.
  public var result: MetricResult?
  /// Why the metric cannot be had here; nil where it can.
  public var obstacle: String?
  /// The values so far, in the order of the steps.
  public var history: [Point]

  public init(
    name: String, result: MetricResult? = nil, obstacle: String? = nil, history: [Point] = []
  ) {
    self.name = name
    self.result = result
    self.obstacle = obstacle
    self.history = history
  }
}

/// Sample metrics of the newest samples with their nulls: first the null, some draws a unit, once for
/// all passes; then a metric a unit.
///
/// Samples are compared with the noisy distribution at the time at which the sampler stops, in the
/// user's units, as many as `count(of:dimension:)` says. The null is the same as that of
/// `scorefield measure` with fewer draws.
public struct SampleMetricsMeasurement: Measurement {
  public static let name = "sample_metrics"
  public static let dependencies = [
    MeasurementDependency.value(of: SamplesMeasurement.self), .metrics,
  ]
  /// The draws of a null: the fewest whose band from 5% to 95% leaves its outermost values out.
  static let nullDraws = 39
  private static let drawsAtOnce = 3

  /// A metric with everything fixed, and as much of its null as was drawn.
  private struct Prepared {
    var statistic: MetricStatistic
    var null: [Double] = []
  }

  private let subject: MeasurementSubject
  private let settings: MetricSettings
  private var prepared: [String: Prepared] = [:]
  private var found: [LiveMetric]
  private var pass: (step: Int, points: Points, reference: NoisyDistribution)?
  private var pending: Range<Int> = 0..<0
  public private(set) var reading = Reading<[LiveMetric]>()

  public init(of subject: MeasurementSubject) {
    self.subject = subject
    settings = MetricSettings(seed: subject.configuration.seed, draws: Self.nullDraws)
    let dimension = subject.distribution.dimension
    found = (subject.metrics ?? Self.standard(dimension: dimension)).map { LiveMetric(name: $0) }
  }

  /// The names of the metrics that can be measured live: those whose null does not depend on the
  /// sample.
  public static let names = SampleMetricCatalog.all.filter { metric($0) is any StatisticMetric }
    .map(\.name)

  /// What is measured where nobody has chosen.
  public static func standard(dimension: Int) -> [String] {
    [dimension == 1 ? "wasserstein2" : "sliced_wasserstein2", "mmd", "energy"]
      // Trees of neighbours see all points in many dimensions.
      + (dimension <= 8 ? ["c2st_neighbors"] : [])
  }

  /// How many of the samples are measured: sums over all pairs take a few milliseconds.
  static func count(of count: Int, dimension: Int) -> Int {
    min(count, max(200, min(1000, 16_000 / dimension)))
  }

  private static func metric(_ entry: CatalogEntry<any SampleMetric>) -> any SampleMetric {
    do throws(ParameterError) {
      return try entry.make([:])
    } catch {
      preconditionFailure("Every metric has standard parameters: \(error)")
    }
  }

  // Seconds of work a pass would leave nothing for the pictures.
  public var unitCost: Double { 8192 }

  public mutating func begin(_ input: MeasurementInput) {
    guard let samples = input.measurement(SamplesMeasurement.self)?.reading.value else { return }
    let (way, units) = (samples.trajectories, subject.distribution.coordinates)
    let last = way.frames.count - 1
    let count = Self.count(of: way.tracked, dimension: way.dimension)
    let points = Points(
      values: way.frames[last].prefix(count * way.dimension).map(Double.init),
      dimension: way.dimension)
    let reference = NoisyDistribution(
      subject.distribution, level: subject.process.level(at: way.times[last]), units: units)
    pass = (samples.step, units.userUnits(points), reference)
    pending = found.indices
    // The names alone are something to show, so that no null is waited for like a first picture.
    reading.value = reading.value ?? found
  }

  public mutating func step() -> Bool {
    guard let pass, let index = pending.first else { return true }
    let count = pass.points.count
    guard var metric = prepare(index, pass.reference, count: count) else {
      pending = pending.dropFirst()
      return finish()
    }
    guard metric.null.count < Self.nullDraws else {
      measure(index, metric, of: pass.points, step: pass.step)
      pending = pending.dropFirst()
      return finish()
    }
    let next = metric.null.count..<min(metric.null.count + Self.drawsAtOnce, Self.nullDraws)
    metric.null += next.map {
      metric.statistic.nullValue(draw: $0, count: count, of: pass.reference, settings: settings)
    }
    prepared[found[index].name] = metric
    return false
  }

  /// The metric with its reference draws and what else is fixed; nil where it cannot be had.
  private mutating func prepare(
    _ index: Int, _ reference: NoisyDistribution, count: Int
  ) -> Prepared? {
    let name = found[index].name
    if let known = prepared[name] { return known }
    guard found[index].obstacle == nil else { return nil }
    do throws(MetricError) {
      let metric = try Prepared(statistic: statistic(name, reference, count: count))
      prepared[name] = metric
      return metric
    } catch {
      found[index].obstacle = error.message
      return nil
    }
  }

  private func statistic(
    _ name: String, _ reference: NoisyDistribution, count: Int
  ) throws(MetricError) -> MetricStatistic {
    guard count >= MetricError.fewestPoints else {
      throw MetricError(message: "at least \(MetricError.fewestPoints) samples are needed")
    }
    guard let entry = SampleMetricCatalog.entry(named: name),
      let metric = Self.metric(entry) as? any StatisticMetric
    else { throw MetricError(message: "no metric of the live run") }
    if let obstacle = metric.obstacle(
      dimension: reference.dimension, reference: MetricReference(.distribution(reference)))
    {
      throw MetricError(message: obstacle)
    }
    return try metric.statistic(against: reference, count: count, settings: settings)
  }

  private mutating func measure(_ index: Int, _ metric: Prepared, of points: Points, step: Int) {
    let value = metric.statistic.value(of: points)
    // Points beyond all measure have no distance.
    guard value.isFinite, metric.null.allSatisfy(\.isFinite) else { return }
    found[index].result = MetricResult(
      MetricEvaluation(value: value, null: metric.null, note: metric.statistic.note),
      sampleCount: points.count, delta: settings.delta)
    found[index].history.append(LiveMetric.Point(step: step, value: value))
    if found[index].history.count > LiveMetric.capacity {
      // Every second of the older half, so that the newest stay one by one.
      let half = LiveMetric.capacity / 2
      found[index].history = found[index].history.enumerated()
        .filter { $0.offset % 2 == 0 || $0.offset > half }.map(\.element)
    }
  }

  /// Shows what is known; true when the pass is over.
  private mutating func finish() -> Bool {
    reading.value = found
    guard pending.isEmpty else { return false }
    pass = nil
    return true
  }
}

extension MeasurementResults {
  /// The chosen sample metrics of the newest samples.
  public var sampleMetrics: [LiveMetric]? { self[SampleMetricsMeasurement.self].value }
}
