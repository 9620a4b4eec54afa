import ScoreCore
import Testing

@testable import ScoreLab

@Suite struct SampleDrawingTests {
  private func drawn(
    _ configuration: RunConfiguration, distribution: any KnownScoreDistribution,
    score: (any ScoreFunction)?
  ) -> SampleDrawing {
    var drawing = SampleDrawing(configuration, distribution: distribution, score: score)
    while !drawing.isFinished { drawing.step() }
    return drawing
  }

  private func run(
    _ configuration: RunConfiguration, score: any ScoreFunction, count: Int, block: UInt32
  ) -> Points {
    var run = SamplingPass(
      sampler: configuration.sampler.makeSampler(), grid: configuration.sampler.makeGrid(),
      stepCount: configuration.sampler.steps, process: configuration.process.make(), score: score,
      count: count, seed: configuration.seed, block: block)
    while run.step() != nil {}
    return run.points
  }

  @Test("A sample is its blocks, each a sampling run of its own, in order")
  func blocks() throws {
    let configuration = try RunConfiguration.small("sampler.count=70000", "sampler.steps=2")
    let distribution = try configuration.distribution.makeDistribution(dataSource: DataFile())
    let score = ExactScore(distribution)
    let drawing = drawn(configuration, distribution: distribution, score: score)
    #expect(drawing.stepsDone == 4 && drawing.points.count == 70_000)
    let size = SampleDrawing.blockCount(dimension: 2)
    #expect(size == 65_536)
    let first = run(configuration, score: score, count: size, block: 0)
    let second = run(configuration, score: score, count: 70_000 - size, block: 1)
    let frame = distribution.coordinates
    #expect(drawing.points.rows(0..<size) == frame.userUnits(first))
    #expect(drawing.points.rows(size..<70_000) == frame.userUnits(second))
    #expect(second.row(0) != first.row(0))
  }

  @Test("Samples are in the user's units, from the sampler and from the distribution")
  func units() throws {
    let configuration = try RunConfiguration.small(
      "distribution={kind: old_faithful}", "sampler.count=4000", "sampler.steps=100")
    let distribution = try configuration.distribution.makeDistribution(dataSource: DataFile())
    let moments = try #require(distribution.moments)
    for score in [ExactScore(distribution), nil] {
      let points = drawn(configuration, distribution: distribution, score: score).points
      for axis in 0..<2 {
        let scale = distribution.coordinates.scale[axis]
        let mean = points.column(axis).reduce(0, +) / 4000
        let expected = distribution.coordinates.offset[axis] + scale * moments.mean[axis]
        // Five standard errors of a mean of 4000 points of about unit deviation in model units.
        #expect(abs(mean - expected) < 5 * scale / 4000.0.squareRoot(), "axis \(axis)")
      }
    }
  }

  @Test("A distribution's own sample is drawn block by block with streams of their own")
  func distributionItself() throws {
    let configuration = try RunConfiguration.small("sampler.count=70000")
    let distribution = try configuration.distribution.makeDistribution(dataSource: DataFile())
    let drawing = drawn(configuration, distribution: distribution, score: nil)
    #expect(drawing.stepsDone == 2)
    var stream = RandomStream(seed: configuration.seed, purpose: .distributionSamples)
    let first = distribution.sample(count: 65_536, using: &stream)
    #expect(drawing.points.rows(0..<65_536) == distribution.coordinates.userUnits(first))
    #expect(drawing.points.row(65_536) != drawing.points.row(0))
  }

  @Test("Blocks that are given away are the sample, and none of it is kept")
  func streams() throws {
    let configuration = try RunConfiguration.small("sampler.count=70000", "sampler.steps=2")
    let distribution = try configuration.distribution.makeDistribution(dataSource: DataFile())
    var drawing = SampleDrawing(
      configuration, distribution: distribution, score: ExactScore(distribution), keepsPoints: false
    )
    var given = Points(zeros: 0, dimension: 2)
    while !drawing.isFinished {
      if let block = drawing.step() { given.append(block) }
    }
    #expect(
      given
        == drawn(configuration, distribution: distribution, score: ExactScore(distribution)).points)
    #expect(drawing.points.count == 0 && drawing.count == 70_000)
  }

  @Test("Points that are no numbers are counted")
  func broken() throws {
    struct Broken: ScoreFunction {
      let dimension = 2
      func score(at x: Points, level: NoiseLevel) -> Points {
        var score = x
        score[3, 1] = .nan
        score[5, 0] = .infinity
        return score
      }
    }
    let configuration = try RunConfiguration.small()
    let distribution = try configuration.distribution.makeDistribution(dataSource: DataFile())
    #expect(
      drawn(configuration, distribution: distribution, score: Broken()).points.brokenCount == 2)
    #expect(
      drawn(configuration, distribution: distribution, score: ExactScore(distribution)).points
        .brokenCount == 0)
  }

  @Test("Blocks stay small in many dimensions", arguments: [1, 2, 16, 17, 64, 784, 100_000])
  func sizes(dimension: Int) {
    let size = SampleDrawing.blockCount(dimension: dimension)
    #expect((2048...65_536).contains(size))
    #expect(size == 2048 || size * dimension <= 1 << 20)
  }
}
