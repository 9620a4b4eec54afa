public import ScoreCore

/// Draws the samples that a configuration asks for, in the user's units, a step at a time.
///
/// Points go from noise to data in blocks of ``blockCount(dimension:)``, each with random streams
/// of its own, so the bits depend on the configuration and the score alone. A sample of at most one
/// block is bit for bit what the workbench shows.
///
/// What is in memory is the sample, 8 bytes a coordinate, and about ten arrays of one block: 10 MB
/// in two dimensions, where a block has 65,536 points, and 100 MB in any dimension up to 512.
public struct SampleDrawing: Sendable {
  private let sampler: SamplerConfiguration
  private let process: any ForwardProcess
  private let law: any KnownScoreDistribution
  private let score: (any ScoreFunction)?
  private let seed: UInt64
  private var run: SamplingRun?
  private var block: UInt32 = 0

  /// The points in the user's units, `[sampler.count, dimension]`; zero where not yet drawn.
  public private(set) var points: Points
  /// The number of steps taken.
  public private(set) var stepsDone = 0
  /// The number of steps in all blocks together.
  public let stepCount: Int

  /// Prepares a drawing.
  ///
  /// - Parameters:
  ///   - configuration: Gives sampler, process and seed.
  ///   - law: The configuration's law.
  ///   - score: The score to follow; nil draws from the law itself, a block a step.
  public init(
    _ configuration: RunConfiguration, law: any KnownScoreDistribution,
    score: (any ScoreFunction)?
  ) {
    sampler = configuration.sampler
    process = configuration.process.make()
    self.law = law
    self.score = score
    seed = configuration.seed
    points = Points(zeros: configuration.sampler.count, dimension: law.dimension)
    let size = SampleDrawing.blockCount(dimension: law.dimension)
    let blocks = (points.count + size - 1) / size
    stepCount = blocks * (score == nil ? 1 : configuration.sampler.steps)
  }

  /// The number of points of a block: 65,536, in many dimensions fewer, but never below 2048.
  public static func blockCount(dimension: Int) -> Int {
    min(65_536, max(2048, (1 << 20) / dimension))
  }

  public var isFinished: Bool { stepsDone == stepCount }

  /// How many points have a coordinate that is no finite number.
  public var brokenCount: Int {
    let d = points.dimension
    return (0..<points.count).count { row in
      !(row * d..<(row + 1) * d).allSatisfy { points.values[$0].isFinite }
    }
  }

  /// Takes one step of the block under way; none when all is drawn.
  public mutating func step() {
    guard !isFinished else { return }
    stepsDone += 1
    guard let score else {
      var stream = RandomStream(seed: seed, purpose: .lawSamples, index: UInt64(block))
      return store(law.sample(count: rows.count, using: &stream))
    }
    if run == nil {
      run = SamplingRun(
        sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: sampler.steps,
        process: process, score: score, count: rows.count, seed: seed, block: block)
    }
    _ = run?.step()
    if let done = run, done.isFinished {
      run = nil
      store(done.points)
    }
  }

  /// The rows of the block under way.
  private var rows: Range<Int> {
    let size = SampleDrawing.blockCount(dimension: points.dimension)
    let start = Int(block) * size
    return start..<min(points.count, start + size)
  }

  private mutating func store(_ drawn: Points) {
    let d = points.dimension
    let places = rows.lowerBound * d..<rows.upperBound * d
    points.values.replaceSubrange(places, with: law.coordinates.userUnits(drawn).values)
    block += 1
  }
}
