/// A number that says how far a sample is from a reference, shown with what it is by chance.
///
/// No such number means anything alone: a perfect sample of finite size is at a distance too. So a
/// member states its own null, the values it takes at the same sample size when there is no
/// difference. Against a known distribution the null is simulated with fresh draws of that
/// distribution; between two samples it comes from permutations of the pooled points.
public protocol SampleMetric: Sendable {
  /// The most points used of the sample and of a reference sample; more are thinned at random.
  var pointLimit: Int { get }
  /// The most points used of a sample that is compared with a distribution; ``pointLimit`` unless
  /// stated.
  var pointLimitForDistributions: Int { get }
  /// Why the metric cannot be had for points of this dimension and reference; nil if it can.
  func obstacle(dimension: Int, reference: MetricReference) -> String?
  /// Computes the value and its null, for points that ``measure(_:against:settings:)`` has checked.
  func evaluate(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings
  ) throws(MetricError) -> MetricEvaluation
}

/// A value, the values it took where there was no difference, and what a reader should know.
public struct MetricEvaluation: Sendable, Equatable {
  public var value: Double
  /// One value for each null draw.
  public var null: [Double]
  /// One line, empty if there is nothing to say.
  public var note: String

  public init(value: Double, null: [Double], note: String = "") {
    self.value = value
    self.null = null
    self.note = note
  }
}

extension SampleMetric {
  public var pointLimit: Int { 10_000 }
  public var pointLimitForDistributions: Int { pointLimit }

  /// Measures a sample against a reference.
  ///
  /// - Parameters:
  ///   - sample: At least 20 finite points, `[count, dimension]`, in the reference's units.
  ///   - reference: A known distribution or another sample.
  ///   - settings: The seed and the size of the null; equal settings give equal bits.
  /// - Returns: The value, and where it lies in its null.
  /// - Throws: ``MetricError`` if the points or the reference do not qualify.
  public func measure(
    _ sample: Points, against reference: MetricReference, settings: MetricSettings = .init()
  ) throws(MetricError) -> MetricResult {
    try MetricError.check(sample, against: reference)
    if let obstacle = obstacle(dimension: sample.dimension, reference: reference) {
      throw MetricError(message: obstacle)
    }
    let limit =
      switch reference.kind {
      case .distribution: pointLimitForDistributions
      case .sample: pointLimit
      }
    let points = settings.thinned(sample, to: limit, role: .thinSample)
    var evaluation = try evaluate(
      points, against: reference.thinned(to: pointLimit, settings: settings), settings: settings)
    guard !evaluation.value.isNaN, evaluation.null.allSatisfy({ !$0.isNaN }) else {
      throw MetricError(message: "the value is not a number for these points")
    }
    var notes = evaluation.note.isEmpty ? [] : [evaluation.note]
    if sample.count > limit {
      notes.append("\(limit) of \(sample.count) points, at random")
    }
    if case .sample(let other) = reference.kind, other.count > pointLimit {
      notes.append("\(pointLimit) of \(other.count) reference points, at random")
    }
    evaluation.note = notes.joined(separator: "; ")
    return MetricResult(evaluation, sampleCount: points.count, delta: settings.delta)
  }
}
