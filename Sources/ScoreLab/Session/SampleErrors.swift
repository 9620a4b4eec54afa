public import ScoreCore

/// The score error at the points of a sampling pass: under the law that the network itself makes.
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
  public static let frameLimit = 50

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

/// Measures the errors of a pass, one time a step.
struct SampleErrorPass: Sendable {
  private let law: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let score: any ScoreFunction
  private var pending: ArraySlice<Int>
  private(set) var result: SampleErrors

  /// Measures a pass of finite points with the score that drove it.
  init(
    _ samples: SamplePass, score: any ScoreFunction, law: any KnownScoreDistribution,
    process: any ForwardProcess
  ) {
    self.law = law
    self.process = process
    self.score = score
    let last = samples.trajectories.frames.count - 1
    let stride = max(1, (last + SampleErrors.frameLimit - 1) / SampleErrors.frameLimit)
    // Counted from the data end, so that it is always among them.
    pending = Swift.stride(from: last, through: 0, by: -stride).reversed()[...]
    result = SampleErrors(step: samples.step, trajectories: samples.trajectories, frames: [])
  }

  var isFinished: Bool { pending.isEmpty }

  /// Whether every error so far is a number.
  var isFinite: Bool { result.frames.allSatisfy { $0.errors.l2.isFinite } }

  mutating func step() {
    guard let index = pending.popFirst() else { return }
    let trajectories = result.trajectories
    let count = min(trajectories.tracked, SampleErrors.pointLimit)
    let level = process.level(at: trajectories.times[index])
    let points = Points(
      values: trajectories.frames[index].prefix(count * trajectories.dimension).map(Double.init),
      dimension: trajectories.dimension)
    let values = ScoreErrorDistribution.errors(
      of: score.score(at: points, level: level), exact: law.score(at: points, level: level),
      level: level)
    result.frames.append(
      SampleErrors.Frame(
        index: index, values: values,
        errors: ScoreErrorDistribution(
          level: level, time: trajectories.times[index], unsorted: values)))
  }
}
