import Glibc
import ScoreCore
import Testing

@testable import ScoreLab

/// The score and the log density over the line and the plane.
@Suite struct FieldMeasurementTests {
  private static let fields: [any Measurement.Type] = [
    ExactFieldMeasurement.self, LearnedFieldMeasurement.self, LearnedDensityMeasurement.self,
  ]

  private func measured(_ assignments: String..., steps: Int = 0) throws -> Session {
    var session = try Session(try .small().setting(assignments))
    session.show(MeasurementRequest(Self.fields))
    session.train(to: steps)
    session.measureFully()
    return session
  }

  @Test("Between the nodes a field is linear along each axis, and there is none outside")
  func interpolation() {
    let grid = FieldGrid(over: [-1...3, 2...4], side: 5)
    let nodes = grid.points
    #expect(nodes.count == 25 && nodes.row(0) == [-1, 2] && nodes.row(6) == [0, 2.5])
    let values = (0..<25).map { 1 + 2 * nodes[$0, 0] - 3 * nodes[$0, 1] }
    for (x, y) in [(-1.0, 2.0), (0.3, 2.9), (3.0, 4.0)] {
      let value = grid.value(of: values, x: x, y: y)
      #expect(abs((value ?? .nan) - (1 + 2 * x - 3 * y)) < 1e-12)
    }
    #expect(grid.value(of: values, x: 3.01, y: 3) == nil)
    #expect(grid.value(of: values, x: 0, y: 1.99) == nil)
  }

  @Test("The exact score is the slope of the exact log density at every time")
  func slope() throws {
    let field = try #require(
      try measured("distribution.kind=gaussian_mixture").measurements.exactField)
    let end = try #require(field.end)
    #expect(field.frames.first?.place.index == 0 && field.frames.last?.place.index == 6)
    for frame in field.frames + [end] {
      let (grid, sigma) = (frame.place.grid, frame.place.level.sigma)
      for node in stride(from: 8, to: grid.side - 8, by: 7) {
        let (x, h) = (grid.node(node, axis: 0), 1e-4 * sigma)
        let distribution = try measuredDistribution()
        let values = distribution.logDensity(
          at: Points(values: [x - h, x + h], dimension: 1), level: frame.place.level)
        let slope = sigma * (values[1] - values[0]) / (2 * h)
        #expect(abs(Double(frame.score[node]) - slope) < 1e-4 * max(1, abs(slope)))
      }
      #expect(frame.logDensity.count == grid.side && frame.score.count == grid.side)
    }
  }

  private func measuredDistribution() throws -> any KnownScoreDistribution {
    try RunConfiguration.small("distribution.kind=gaussian_mixture").distribution.makeDistribution(
      dataSource: DataFile())
  }

  @Test("The exact density over a plane has all its mass there, and the end is drawn closer")
  func mass() throws {
    let field = try #require(
      try measured("distribution.kind=two_moons", "sampler.count=1000").measurements.exactField)
    for frame in field.frames where frame.place.level.sigma > 0.3 {
      let grid = frame.place.grid
      let area = (0...1).reduce(1.0) { $0 * (grid.node(1, axis: $1) - grid.node(0, axis: $1)) }
      let mass = frame.logDensity.reduce(0) { $0 + exp($1) } * area
      // The margin of 15 % cuts the outermost noise off.
      #expect(abs(mass - 1) < 0.01, "t \(frame.place.time): \(mass)")
    }
    let (end, wide) = (try #require(field.end), try #require(field.frames.last))
    #expect(end.place.time == wide.place.time)
    #expect(end.place.grid.ranges[0].upperBound < wide.place.grid.ranges[0].upperBound)
    #expect(field.frame(nearestTo: 6, isEnd: true) == end)
    #expect(field.frame(nearestTo: 6, isEnd: false) == wide)
  }

  @Test("The learned density is that of the flow with many more steps")
  func flow() throws {
    let session = try measured("distribution.kind=gaussian_mixture", steps: 100)
    let found = try #require(session.measurements.learnedDensity)
    let end = try #require(session.measurements.exactField?.end?.place)
    let frame = try #require(found.frame(nearestTo: end))
    #expect(frame.step == 100 && frame.place.grid.ranges == end.grid.ranges)
    var run = LikelihoodStepper(
      process: session.configuration.process.make(), score: session.score, stepCount: 200,
      points: frame.place.grid.points)
    while run.step() != nil {}
    let fine = try #require(run.logDensity)
    let top = fine.max() ?? 0
    for (value, exact) in zip(frame.values, fine) where exact > top - 8 {
      #expect(abs(Double(value) - exact) < 0.1)
    }
  }

  @Test(
    "In the plane the learned density of a linear score is the Gaussian's at the end of its flow")
  func linearFlow() throws {
    // A network that says x_0 = m everywhere has the score (alpha m - x) / sigma^2, whose flow keeps
    // (x - alpha m) / sigma, so that
    // log p_t(x) = log N(alpha_T m + (sigma_T / sigma_t) (x - alpha_t m); prior) + 2 log (sigma_T / sigma_t).
    let configuration = try RunConfiguration.small(
      "distribution.kind=two_moons", "objective.target=data")
    let m = [0.75, -0.5]
    var session = try Session(configuration)
    let count = session.training.state.average.count
    session.training.state.average = Array(repeating: 0, count: count - 2) + m.map { Float($0) }
    session.show(MeasurementRequest(Self.fields))
    session.measureFully()
    let process = configuration.process.make()
    let (end, prior) = (process.level(at: process.horizon), process.priorDeviation)
    let frames = try #require(session.measurements.learnedDensity).frames
    #expect(frames.count >= 2)
    for frame in frames {
      let (level, nodes) = (frame.place.level, frame.place.grid.points)
      let stretch = end.sigma / level.sigma
      var (inside, largest) = (0, 0.0)
      for node in 0..<nodes.count {
        let squared = (0...1).reduce(0.0) { sum, axis in
          let way = end.alpha * m[axis] + stretch * (nodes[node, axis] - level.alpha * m[axis])
          return sum + way * way
        }
        let expected =
          -squared / (2 * prior * prior) - log(2 * .pi * prior * prior) + 2 * log(stretch)
        let error = abs(Double(frame.values[node]) - expected)
        // A tenth of a nat where there is density, and as much of a hundred nats far off.
        largest = max(largest, error / max(1, -expected / 100))
        inside += expected > 2 * log(stretch) - 8 ? 1 : 0
      }
      #expect(largest < 0.1, "t \(frame.place.time)")
      #expect(inside > 0 || level.sigma < 0.1)
    }
  }

  @Test("Frames are shown as they come, each with its step; a divergence forgets the later ones")
  func frames() throws {
    var session = try measured("distribution.kind=gaussian_mixture", steps: 10)
    let old = try #require(session.measurements.learnedField)
    #expect(old.frames.count == 8 && old.frames.allSatisfy { $0.step == 10 })
    session.train(to: 20)
    session.measure()
    var steps: Set<Int> = []
    while steps.count < 2, !session.isMeasured {
      session.measure()
      steps = Set(session.measurements.learnedField?.frames.map(\.step) ?? [])
    }
    #expect(steps == [10, 20])
    var reading = Reading(value: session.measurements.learnedField)
    reading.forgetFrames(after: 15)
    #expect(reading.value?.frames.allSatisfy { $0.step == 10 } == true)
    reading.forgetFrames(after: 5)
    #expect(reading.value == nil)
  }

  @Test("Points of more than two coordinates have no field")
  func dimensions() throws {
    let session = try measured("distribution.kind=iris")
    #expect(session.measurements.exactField?.frames.isEmpty == true)
    #expect(session.measurements.exactField?.end == nil)
    #expect(session.measurements.learnedField == nil)
  }
}
