import ScoreCore
import Testing

@testable import ScoreLab

/// What of a run's measurements is worth keeping.
@Suite struct MeasurementCollectorTests {
  @Test("What is kept is what was measured, once for each step")
  func values() throws {
    var session = try Session(try .small("probe.delta=0.2"))
    session.train(to: 30)
    session.measureFully()
    var collector = MeasurementCollector()
    collector.collect(session)
    collector.collect(session)
    let found = collector.take()
    let probe = try #require(session.measurements.probe)
    let floor = try #require(session.measurements.floor)
    #expect(
      found.points.filter { $0.name == "l2" }.map(\.value) == probe.levels.map(\.l2)
        && found.points.filter { $0.name == "l2" }.map(\.level) == probe.levels.map(\.time))
    let quantiles = probe.levels.map { $0.quantileEstimate(delta: 0.2) }
    let kept = found.points.filter { $0.name == "d_delta" }
    #expect(kept.map(\.value) == quantiles.map(\.orderStatistic))
    #expect(kept.map(\.low) == quantiles.map(\.interval.lowerBound))
    #expect(found.points.filter { $0.name == "floor" }.map(\.value) == [floor.value])
    let loss = found.points.filter { $0.name == "loss" }
    #expect(loss.map(\.value) == [session.history.smoothed] && loss.map(\.step) == [30])
    #expect(found.points.filter { $0.name == "held_out_excess" }.count == 1)
    let cloud = try #require(found.clouds.first)
    let frames = try #require(session.measurements.samples).trajectories.frames
    #expect(cloud.step == 30 && cloud.points == frames.last)
    #expect(collector.take().isEmpty)
  }

  @Test("Points are kept when the step has grown by a hundredth, the last one in any case")
  func spacing() throws {
    var session = try Session(try .small())
    var collector = MeasurementCollector()
    var steps: [Int] = []
    for step in 1...300 {
      session.train(to: step)
      collector.collect(session, isLast: step == 300)
      steps += collector.take().points.filter { $0.name == "loss" }.map(\.step)
    }
    #expect(steps.prefix(100) == Array(1...100)[...])
    #expect(steps.last == 300 && steps.count < 200)
    #expect(zip(steps, steps.dropFirst()).dropLast().allSatisfy { 100 * $1 >= 101 * $0 })
  }

  @Test("What a divergence has undone is to be forgotten")
  func divergence() throws {
    var session = try Session(try .small())
    session.train(to: 70)
    var collector = MeasurementCollector()
    collector.collect(session)
    #expect(collector.take().points.map(\.step) == [70])
    session.configure(try session.configuration.setting(["optimizer.learning_rate=30"]))
    session.train(to: 500)
    try #require(session.divergence != nil)
    collector.collect(session)
    let found = collector.take()
    // A state within 64 steps before the divergence is gone back to.
    #expect(session.step < 70 || found.lastStep == nil)
    #expect(found.lastStep == (session.step < 70 ? session.step : nil))
    #expect(found.points.allSatisfy { $0.step <= session.step })
  }
}
