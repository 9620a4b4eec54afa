public import ScoreCore

/// The score error at the points of a sampling pass: under the distribution that the network itself
/// makes.
public struct SampleErrors: Sendable, Equatable {
  /// The errors at one time of the pass.
  public struct Frame: Sendable, Equatable {
    /// Its place among the pass's times.
    public var index: Int
    /// `sigma ||s_hat - s||` of the first points of the pass, in their order.
    public var values: [Float]
    /// The same as a distribution, at the time's level.
    public var errors: ScoreErrorDistribution
  }

  /// The most points measured at a time.
  public static let pointLimit = 2000
  /// About how many times are measured.
  public static let frameLimit = 25

  /// The training step whose averaged weights drove the pass and are measured.
  public var step: Int
  /// The pass.
  public var trajectories: Trajectories
  /// From noise to data, the end included; at least one.
  public var frames: [Frame]

  /// The measured time nearest to one of the pass.
  public func frame(nearestTo index: Int) -> Frame {
    frames.min { abs($0.index - index) < abs($1.index - index) } ?? frames[0]
  }

  /// The measured time whose level is nearest to another in log SNR.
  public func frame(nearestTo level: NoiseLevel) -> Frame {
    func distance(_ frame: Frame) -> Double { abs(frame.errors.level.logSNR - level.logSNR) }
    return frames.min { distance($0) < distance($1) } ?? frames[0]
  }
}

/// The errors at the newest samples, one time of their pass a unit.
public struct SampleErrorsMeasurement: Measurement {
  public static let name = "sample_errors"
  public static let dependencies = [MeasurementDependency.value(of: SamplesMeasurement.self)]

  private let subject: MeasurementSubject
  private var score: (any ScoreFunction)?
  private var pending: ArraySlice<Int> = []
  private var errors: SampleErrors?
  public private(set) var reading = Reading<SampleErrors>()

  public init(of subject: MeasurementSubject) { self.subject = subject }

  // Two scores a point, and twice the share of the probe.
  public var unitCost: Double {
    Double(min(subject.configuration.sampler.count, SampleErrors.pointLimit))
  }

  /// Takes the newest samples and the score that drove them.
  public mutating func begin(_ input: MeasurementInput) {
    guard let source = input.measurement(SamplesMeasurement.self),
      let samples = source.reading.value
    else { return }
    score = source.score
    let last = samples.trajectories.frames.count - 1
    let stride = max(1, (last + SampleErrors.frameLimit - 1) / SampleErrors.frameLimit)
    // Counted from the data end, so that it is always among them.
    pending = Swift.stride(from: last, through: 0, by: -stride).reversed()[...]
    errors = SampleErrors(step: samples.step, trajectories: samples.trajectories, frames: [])
  }

  public mutating func step() -> Bool {
    guard let score, let index = pending.popFirst() else { return true }
    measure(score, at: index)
    guard pending.isEmpty, let found = errors else { return false }
    errors = nil
    self.score = nil
    // The same points under weights that are about to be found diverged may give no numbers.
    let broken = found.frames.count { !$0.errors.l2.isFinite }
    reading.end(with: found, step: found.step, brokenCount: broken, of: found.frames.count)
    return true
  }

  private mutating func measure(_ score: any ScoreFunction, at index: Int) {
    guard let trajectories = errors?.trajectories else { return }
    let count = min(trajectories.tracked, SampleErrors.pointLimit)
    let level = subject.process.level(at: trajectories.times[index])
    let points = Points(
      values: trajectories.frames[index].prefix(count * trajectories.dimension).map(Double.init),
      dimension: trajectories.dimension)
    let values = ScoreErrorDistribution.errors(
      of: score.score(at: points, level: level),
      exact: subject.distribution.score(at: points, level: level), level: level)
    errors?.frames.append(
      SampleErrors.Frame(
        index: index, values: values,
        errors: ScoreErrorDistribution(
          level: level, time: trajectories.times[index], unsorted: values)))
  }
}

extension MeasurementResults {
  /// The errors at the points of a pass, which may be an older one than the newest.
  public var sampleErrors: SampleErrors? { self[SampleErrorsMeasurement.self].value }
}
