public import ScoreCore

/// Draws the samples that a configuration asks for, in the user's units, a step at a time.
///
/// Points go from noise to data in blocks of ``blockCount(dimension:)``, each with random streams
/// of its own, so the bits depend on the configuration and the score alone. A sample of at most one
/// block is bit for bit what the workbench shows.
///
/// What is in memory is about ten arrays of one block: 10 MB in two dimensions, where a block has
/// 65,536 points, and 100 MB in any dimension up to 512; and the sample, 8 bytes a coordinate, if
/// it is kept.
public struct SampleDrawing: Sendable {
  private let sampler: SamplerConfiguration
  private let process: any ForwardProcess
  private let distribution: any KnownScoreDistribution
  private let score: (any ScoreFunction)?
  /// The class of each sample; nil where there are none.
  private let classes: ClassSampling?
  private let seed: UInt64
  private var run: SamplingPass?
  private var block: UInt32 = 0
  private let keepsPoints: Bool

  /// How many points there are in all.
  public let count: Int
  /// The points drawn so far in the user's units, `[..., dimension]`; none if they are not kept.
  public private(set) var points: Points
  /// The number of steps taken.
  public private(set) var stepsDone = 0
  /// The number of steps in all blocks together.
  public let stepCount: Int

  /// Prepares a drawing.
  ///
  /// - Parameters:
  ///   - configuration: Gives sampler, process and seed.
  ///   - distribution: The configuration's distribution.
  ///   - score: The score to follow; nil draws from the distribution itself, a block a step.
  ///   - keepsPoints: Whether blocks are kept in ``points``.
  public init(
    _ configuration: RunConfiguration, distribution: any KnownScoreDistribution,
    score: (any ScoreFunction)?, keepsPoints: Bool = true
  ) {
    sampler = configuration.sampler
    process = configuration.process.make()
    self.distribution = distribution
    self.score = score
    classes = ClassSampling(configuration, distribution)
    seed = configuration.seed
    self.keepsPoints = keepsPoints
    count = configuration.sampler.count
    points = Points(zeros: 0, dimension: distribution.dimension)
    let size = SampleDrawing.blockCount(dimension: distribution.dimension)
    let blocks = (count + size - 1) / size
    stepCount = blocks * (score == nil ? 1 : configuration.sampler.steps)
  }

  /// The number of points of a block: 65,536, in many dimensions fewer, but never below 2048.
  public static func blockCount(dimension: Int) -> Int {
    min(65_536, max(2048, (1 << 20) / dimension))
  }

  public var isFinished: Bool { stepsDone == stepCount }

  /// Takes one step of the block under way; none when all is drawn.
  ///
  /// - Returns: The block in the user's units, `[at most a block, dimension]`, if the step ended
  ///   it.
  @discardableResult
  public mutating func step() -> Points? {
    guard !isFinished else { return nil }
    stepsDone += 1
    guard let score else {
      var stream = RandomStream(seed: seed, purpose: .distributionSamples, index: UInt64(block))
      return finish(distribution.sample(count: rows.count, using: &stream))
    }
    if run == nil {
      run = SamplingPass(
        sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: sampler.steps,
        process: process, score: classes?.score(score, of: rows) ?? score, count: rows.count,
        seed: seed, block: block)
    }
    _ = run?.step()
    guard let done = run, done.isFinished else { return nil }
    run = nil
    return finish(done.points)
  }

  /// The classes of samples by their numbers from 0; nil where the score is given no class.
  public func classes(of rows: Range<Int>) -> SampleClasses? {
    guard let classes, let score, classes.score(score, of: 0..<1) != nil else { return nil }
    return SampleClasses(names: classes.names, values: classes.classes(of: rows))
  }

  /// The rows of the block under way.
  private var rows: Range<Int> {
    let size = SampleDrawing.blockCount(dimension: points.dimension)
    let start = Int(block) * size
    return start..<min(count, start + size)
  }

  private mutating func finish(_ drawn: Points) -> Points {
    let finished = distribution.coordinates.userUnits(drawn)
    if keepsPoints { points.append(finished) }
    block += 1
    return finished
  }
}

extension Points {
  /// How many points have a coordinate that is no finite number.
  public var brokenCount: Int {
    (0..<count).count { row in
      !(row * dimension..<(row + 1) * dimension).allSatisfy { values[$0].isFinite }
    }
  }
}
