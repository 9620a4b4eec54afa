import ScoreCore
import Testing

@testable import ScoreLab

/// Passes whose numbers are not finite are not shown, and that is said until a good one comes.
@Suite struct DroppedPassTests {
  private let session: Session
  private let analysis: Analysis

  init() throws {
    session = try Session(.small("distribution.kind=gaussian_mixture"))
    let configuration = session.configuration
    analysis = Analysis(
      law: session.law, process: configuration.process.make(),
      objective: configuration.objective.make(), configuration: configuration)
  }

  /// A score whose weights are all good, or all not a number.
  private func score(isBroken: Bool) -> NetworkScore {
    var score = session.score
    if isBroken { score.parameters = score.parameters.map { _ in .nan } }
    return score
  }

  private func finish(_ analysis: inout Analysis, isBroken: Bool, step: Int) {
    while !analysis.isUpToDate(step: step) {
      analysis.advance(score: score(isBroken: isBroken), step: step)
    }
  }

  @Test("The older cloud and errors stay, with word of how much of the newest is broken")
  func keepsTheOlder() throws {
    var analysis = analysis
    finish(&analysis, isBroken: false, step: 0)
    #expect(analysis.droppedSamples == nil && analysis.droppedProbe == nil)
    let (samples, report) = (analysis.samples, analysis.report)
    finish(&analysis, isBroken: true, step: 1)
    #expect(analysis.droppedSamples == DroppedPass(step: 1, brokenCount: 50, count: 50))
    #expect(analysis.droppedProbe == DroppedPass(step: 1, brokenCount: 3, count: 3))
    #expect(analysis.samples == samples && analysis.report == report)
    finish(&analysis, isBroken: false, step: 2)
    #expect(analysis.droppedSamples == nil && analysis.droppedProbe == nil)
    #expect(analysis.samples?.step == 2 && analysis.report?.step == 2)
  }

  @Test("A divergence and another sampler forget what was dropped")
  func forgets() throws {
    var analysis = analysis
    finish(&analysis, isBroken: true, step: 5)
    #expect(analysis.droppedSamples?.step == 5 && analysis.samples == nil)
    var other = analysis
    analysis.rollBack(toStep: 4)
    #expect(analysis.droppedSamples == nil && analysis.droppedProbe == nil)
    var sampler = session.configuration.sampler
    sampler.steps = 9
    other.setSampler(sampler)
    #expect(other.droppedSamples == nil && other.droppedProbe != nil)
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
