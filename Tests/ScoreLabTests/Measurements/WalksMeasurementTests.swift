import ScoreCore
import Testing

@testable import ScoreLab

/// Particles on their whole way, and one that a person has put down.
@Suite struct WalksMeasurementTests {
  private func session(_ assignments: String...) throws -> Session {
    var session = try Session(
      try .small().setting(["distribution.kind=two_moons"] + assignments))
    session.train(to: 20)
    return session
  }

  @Test(
    "They are the first samples, and their twins the first of the exact score",
    arguments: ["exponential_integrator", "ddim", "dpm_solver_2m"])
  func sameParticles(sampler: String) throws {
    var session = try session("sampler.kind=\(sampler)")
    session.measureFully()
    let walks = try #require(session.measurements.walks)
    let samples = try #require(session.measurements.samples?.trajectories)
    let twins = try #require(session.measurements.exactScoreRun)
    #expect(walks.step == 20 && walks.ways.map(\.isDeterministic) == [false, true])
    let own = try #require(walks.ways.first { $0.sampler == sampler })
    #expect(own.learned.tracked == Walk.particleLimit && own.learned.times == samples.times)
    for frame in samples.frames.indices {
      // Fewer rows at once may be summed in another order.
      #expect(isNear(own.learned.frames[frame], samples.frames[frame]))
      #expect(isNear(own.exact.frames[frame], twins.frames[frame]))
    }
    // The other kind starts from the same noise.
    #expect(walks.ways[0].learned.frames[0] == walks.ways[1].learned.frames[0])
    #expect(walks.ways[0].learned.frames.last != walks.ways[1].learned.frames.last)
  }

  private func isNear(_ particles: [Float], _ points: [Float]) -> Bool {
    particles.count == 40 && zip(particles, points).allSatisfy { abs($0 - $1) < 1e-3 }
  }

  @Test("Where there is a rare part, the first particle is one that the exact score brings there")
  func rarePart() throws {
    var session = try Session(
      try .small().setting([
        "distribution.kind=pair", "distribution.separation=10", "distribution.eta=0.01",
        "sampler.steps=40",
      ]))
    session.measureFully()
    let (walks, part) = (
      try #require(session.measurements.walks), try #require(session.distribution.rarePart)
    )
    let way = walks.ways[0]
    let ends = try #require(way.exact.frames.last).map { [Double($0)] }
    #expect(part.contains(ends[0]))
    // They are a block of samples of the same seed, driven by the noise of that block.
    let (sampler, process) = (session.configuration.sampler, session.configuration.process.make())
    let expected = (0..<RareParticleSearch.blockLimit).lazy.map { block in
      var pass = SamplingPass(
        sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: 40, process: process,
        score: ExactScore(session.distribution), count: Walk.particleLimit,
        seed: session.configuration.seed, block: block)
      while pass.step() != nil {}
      return pass.points.values
    }.first { ends in ends.contains { part.contains([$0]) } }
    let block = try #require(expected)
    #expect(zip(ends.map { $0[0] }.sorted(), block.sorted()).allSatisfy { abs($0 - $1) < 1e-4 })
    // Every particle keeps its own start, scores and twin.
    #expect(walks.ways[1].learned.frames[0] == way.learned.frames[0])
    let level = process.level(at: way.learned.times[0])
    let start = Points(values: way.learned.frames[0].map(Double.init), dimension: 1)
    let scores = session.distribution.score(at: start, level: level).values
    #expect(
      zip(way.exactScores[0], scores).allSatisfy { abs(Double($0) - level.sigma * $1) < 1e-5 })
  }

  @Test("At each time both scores are known where the particle is, times sigma")
  func scores() throws {
    var session = try session()
    session.show(MeasurementRequest([WalksMeasurement.self]))
    session.measureFully()
    let walk = try #require(session.measurements.walks?.ways.first)
    let process = session.configuration.process.make()
    for (index, time) in walk.learned.times.enumerated() {
      let level = process.level(at: time)
      let points = Points(
        values: walk.learned.frames[index].map(Double.init), dimension: 2)
      let exact = session.distribution.score(at: points, level: level)
      // The points were rounded to float32 on the way here, and the score is as steep as 1 / sigma^2.
      let tolerance = 1e-5 / level.sigma
      for (found, expected) in zip(walk.exactScores[index], exact.values) {
        #expect(abs(Double(found) - level.sigma * expected) < tolerance * max(1, abs(expected)))
      }
      #expect(walk.estimates[index].count == 40)
    }
  }

  @Test("A particle that was put down goes through its place, and by the flow back to it")
  func placed() throws {
    var session = try session("sampler.steps=200")
    var request = MeasurementRequest([PlacedWalksMeasurement.self])
    request.placed = PlacedParticle(position: [0.5, -0.25], index: 120)
    session.show(request)
    session.measureFully()
    let walks = try #require(session.measurements.placedWalks)
    let (sde, flow) = (walks.ways[0], walks.ways[1])
    #expect(sde.learned.frames.count == 81 && flow.learned.frames.count == 201)
    for way in [sde.learned, sde.exact] { #expect(way.frames[0] == [0.5, -0.25]) }
    for way in [flow.learned, flow.exact] { #expect(way.frames[120] == [0.5, -0.25]) }
    #expect(flow.learned.times == flow.learned.times.sorted(by: >))
    // From the noise that the exact flow found for it, another solver comes to the same place.
    var back = SamplingPass(
      sampler: ProbabilityFlowHeun(), times: Array(flow.exact.times[...120]),
      process: session.configuration.process.make(), score: ExactScore(session.distribution),
      start: Points(values: flow.exact.frames[0].map(Double.init), dimension: 2), seed: 1)
    while back.step() != nil {}
    #expect(zip(back.points.values, [0.5, -0.25]).allSatisfy { abs($0 - $1) < 0.02 })
  }

  @Test("It is followed from the data end and the noise end too, and gone when it is picked up")
  func ends() throws {
    var session = try session()
    for index in [0, 6] {
      var request = MeasurementRequest([PlacedWalksMeasurement.self])
      request.placed = PlacedParticle(position: [1, 1], index: index)
      session.show(request)
      session.measureFully()
      let walks = try #require(session.measurements.placedWalks)
      #expect(walks.ways[0].learned.frames.count == 7 - index)
      #expect(walks.ways[1].learned.frames.count == 7)
      #expect(walks.ways[1].learned.frames[index] == [1, 1])
    }
    session.show(MeasurementRequest([PlacedWalksMeasurement.self]))
    session.measureFully()
    #expect(session.measurements.placedWalks == nil)
  }

  @Test("One that was put down in a run of another dimension is none here", arguments: [1, 3, 8])
  func otherDimension(count: Int) throws {
    var session = try session()
    var request = MeasurementRequest([PlacedWalksMeasurement.self])
    request.placed = PlacedParticle(position: Array(repeating: 0, count: count), index: 2)
    session.show(request)
    session.measureFully()
    #expect(session.measurements.placedWalks == nil)
  }
}
