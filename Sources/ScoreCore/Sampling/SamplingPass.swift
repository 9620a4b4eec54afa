/// One pass of a sampler from noise to data, a step at a time.
///
/// The start and the noise of step k come from streams numbered by the seed and k, so two passes
/// with the same seed are driven by the same noise whatever their scores. More points than fit one
/// pass are drawn in blocks, passes of one seed whose streams are numbered by the block as well.
public struct SamplingPass: Sendable {
  public let sampler: any Sampler
  public let process: any ForwardProcess
  public let score: any ScoreFunction
  /// The times visited, decreasing, `[steps + 1]`.
  public let times: [Double]
  public let seed: UInt64
  /// Which of the blocks of one large sample this is, from 0.
  public let block: UInt32
  /// The points at `times[stepsDone]`.
  public private(set) var points: Points
  public private(set) var stepsDone = 0
  private var memory = SamplerMemory()

  /// Starts a pass at the process's horizon from normal points of its prior deviation.
  public init(
    sampler: any Sampler, grid: any TimeGrid, stepCount: Int, process: any ForwardProcess,
    score: any ScoreFunction, count: Int, seed: UInt64, block: UInt32 = 0
  ) {
    var stream = RandomStream(
      seed: seed, purpose: .samplingStart, index: SamplingPass.index(block: block, step: 0))
    var start = stream.normals(count: count, dimension: score.dimension)
    start.scale(by: process.priorDeviation)
    self.init(
      sampler: sampler, times: grid.times(stepCount: stepCount, process: process),
      process: process, score: score, start: start, seed: seed, block: block)
  }

  /// Starts a pass from given points at the first of the given times.
  public init(
    sampler: any Sampler, times: [Double], process: any ForwardProcess,
    score: any ScoreFunction, start: Points, seed: UInt64, block: UInt32 = 0
  ) {
    precondition(times.count >= 2, "A pass has at least one step.")
    precondition(start.dimension == score.dimension, "Points and score differ in dimension.")
    self.sampler = sampler
    self.process = process
    self.score = score
    self.times = times
    self.seed = seed
    self.block = block
    points = start
  }

  public var isFinished: Bool { stepsDone == times.count - 1 }

  /// Takes one step.
  ///
  /// - Returns: The time reached, or nil when the pass is finished.
  public mutating func step() -> Double? {
    guard !isFinished else { return nil }
    let step = TimeStep(
      from: times[stepsDone], to: times[stepsDone + 1], stepCount: times.count - 1)
    var noise = RandomStream(
      seed: seed, purpose: .samplingNoise,
      index: SamplingPass.index(block: block, step: stepsDone))
    sampler.step(
      &points, over: step, process: process, score: score, noise: &noise, memory: &memory)
    stepsDone += 1
    return step.to
  }

  private static func index(block: UInt32, step: Int) -> UInt64 {
    UInt64(block) << 32 | UInt64(step)
  }
}
