import ScoreCore
import Testing

@testable import ScoreLab

/// The score error at the network's own samples, against the definition.
@Suite struct SampleErrorsTests {
  private func measured(_ assignments: String...) throws -> Session {
    var session = try Session(
      try RunConfiguration.small("distribution.kind=two_moons").setting(assignments))
    session.train(to: 20)
    session.measureFully()
    return session
  }

  private func errors(of session: Session) throws -> SampleErrors {
    try #require(
      session.snapshot(generation: 0, status: .paused, stepsPerSecond: nil).sampleErrors)
  }

  @Test("Each error is sigma ||s_hat - s|| at the point of the pass, at the level of its time")
  func definition() throws {
    let session = try measured()
    let found = try errors(of: session)
    let process = session.configuration.process.make()
    #expect(found.step == 20 && found.frames.map(\.index) == Array(0...6))
    for frame in found.frames {
      let time = found.trajectories.times[frame.index]
      let level = process.level(at: time)
      #expect(frame.errors.level == level && frame.errors.time == time)
      let points = Points(
        values: found.trajectories.frames[frame.index].map(Double.init), dimension: 2)
      let (estimate, exact) = (
        session.score.score(at: points, level: level),
        session.distribution.score(at: points, level: level)
      )
      for row in 0..<points.count {
        let square = (0..<2).map { estimate[row, $0] - exact[row, $0] }.map { $0 * $0 }
          .reduce(0, +)
        // The error is kept in float32.
        let expected = level.sigma * square.squareRoot()
        #expect(abs(Double(frame.values[row]) - expected) <= 1e-6 * expected)
      }
      #expect(frame.errors.errors == frame.values.sorted())
    }
  }

  @Test("Of a long pass about twenty-five times are measured, the data end among them")
  func longPass() throws {
    let found = try errors(of: measured("sampler.steps=130", "sampler.count=5"))
    #expect(found.frames.count == 22)
    #expect(found.frames.last?.index == 130)
    #expect(found.frame(nearestTo: 0).index == 4 && found.frame(nearestTo: 100).index == 100)
  }

  @Test("The nearest time to a level is that nearest in log SNR")
  func nearestLevel() throws {
    let session = try measured()
    let found = try errors(of: session)
    for level in try session.measuredLevels() {
      let distances = found.frames.map { abs($0.errors.level.logSNR - level.logSNR) }
      let nearest = found.frame(nearestTo: level)
      #expect(abs(nearest.errors.level.logSNR - level.logSNR) == distances.min())
    }
  }

  @Test("A changed sampler drops the errors of the old one and measures its own")
  func changedSampler() throws {
    var session = try measured()
    session.configure(try session.configuration.setting(["sampler.steps=9"]))
    #expect(
      session.snapshot(generation: 0, status: .paused, stepsPerSecond: nil).sampleErrors == nil)
    session.measureFully()
    #expect(try errors(of: session).trajectories.frames.count == 10)
  }

  @Test("The probe's report says where the errors lie at every level")
  func places() throws {
    var session = try measured()
    let report = try session.probeNow()
    #expect(report.places.count == report.levels.count)
    for (places, level) in zip(report.places, report.levels) {
      #expect(places.worst.first.map { Float($0.error) } == level.errors.last)
    }
  }
}

extension Session {
  fileprivate func measuredLevels() throws -> [NoiseLevel] {
    var copy = self
    return try copy.probeNow().levels.map(\.level)
  }
}
