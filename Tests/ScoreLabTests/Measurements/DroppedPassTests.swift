import ScoreCore
import Testing

@testable import ScoreLab

/// Passes whose numbers are not finite are not shown, and that is said until a good one comes.
@Suite struct DroppedPassTests {
  private let session: Session
  private let scheduler: MeasurementScheduler

  init() throws {
    session = try Session(.small("distribution.kind=gaussian_mixture"))
    let configuration = session.configuration
    scheduler = MeasurementScheduler(
      of: MeasurementSubject(
        distribution: session.distribution, process: configuration.process.make(),
        objective: configuration.objective.make(), configuration: configuration),
      catalog: MeasurementCatalog.all)
  }

  /// A score whose weights are all good, or all not a number.
  private func score(isBroken: Bool) -> NetworkScore {
    var score = session.score
    if isBroken { score.parameters = score.parameters.map { _ in .nan } }
    return score
  }

  private func finish(_ scheduler: inout MeasurementScheduler, isBroken: Bool, step: Int) {
    let score = score(isBroken: isBroken)
    while !scheduler.isUpToDate(step: step) { scheduler.advance(step: step) { score } }
  }

  @Test("The older cloud and errors stay, with word of how much of the newest is broken")
  func keepsTheOlder() throws {
    var scheduler = scheduler
    finish(&scheduler, isBroken: false, step: 0)
    #expect(scheduler.results.droppedSamples == nil && scheduler.results.droppedProbe == nil)
    let (samples, report) = (scheduler.results.samples, scheduler.results.probe)
    finish(&scheduler, isBroken: true, step: 1)
    #expect(scheduler.results.droppedSamples == DroppedPass(step: 1, brokenCount: 50, count: 50))
    #expect(scheduler.results.droppedProbe == DroppedPass(step: 1, brokenCount: 3, count: 3))
    #expect(scheduler.results.samples == samples && scheduler.results.probe == report)
    finish(&scheduler, isBroken: false, step: 2)
    #expect(scheduler.results.droppedSamples == nil && scheduler.results.droppedProbe == nil)
    #expect(scheduler.results.samples?.step == 2 && scheduler.results.probe?.step == 2)
  }

  @Test("A divergence and another sampler forget what was dropped")
  func forgets() throws {
    var scheduler = scheduler
    finish(&scheduler, isBroken: true, step: 5)
    #expect(scheduler.results.droppedSamples?.step == 5 && scheduler.results.samples == nil)
    var other = scheduler
    scheduler.rollBack(toStep: 4)
    #expect(scheduler.results.droppedSamples == nil && scheduler.results.droppedProbe == nil)
    var sampler = session.configuration.sampler
    sampler.steps = 9
    other.setSampler(sampler)
    #expect(other.results.droppedSamples == nil && other.results.droppedProbe != nil)
  }

  @Test("A point is broken once, at however many times and in however many coordinates")
  func brokenCount() {
    var trajectories = Trajectories(count: 3, dimension: 2, frames: 2)
    trajectories.record(Points(values: [0, 1, .nan, .infinity, 4, 5], dimension: 2), at: 1)
    // Beyond the range of float32.
    trajectories.record(Points(values: [0, 1e39, .nan, 3, 4, 5], dimension: 2), at: 0)
    #expect(trajectories.brokenCount == 2)
  }
}
