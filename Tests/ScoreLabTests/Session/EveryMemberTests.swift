import ScoreCore
import Testing

@testable import ScoreLab

/// A session trains and measures with every member of every catalog.
@Suite struct EveryMemberTests {
  static let assignments: [[String]] = {
    let closed: [(String, [String])] = [
      ("network.kind", NetworkConfiguration.Kind.allCases.map(\.rawValue)),
      ("network.activation", Activation.allCases.map(\.rawValue)),
      ("network.residual", ["true"]), ("network.position_features", ["3"]),
      ("network.time_embedding", TimeFeatures.Kind.allCases.map(\.rawValue)),
      ("objective.noise", ["fixed", "fixed_pairs"]), ("objective.stratified", ["false"]),
      ("objective.huber_length", ["0.5"]),
      ("optimizer.average_profile", ["power"]), ("optimizer.clip_norm", ["0.1"]),
      ("optimizer.warmup", ["10"]),
    ]
    return Catalogs.all.flatMap { path, items in
      items.map { Catalogs.assignments(path, $0.name) }
    } + closed.flatMap { path, names in names.map { ["\(path)=\($0)"] } }
  }()

  @Test("It trains, measures and samples finite numbers", arguments: assignments)
  func runs(assignments: [String]) throws {
    let configuration = try RunConfiguration.small(
      "network.hidden=[16, 16]", "distribution.kind=gaussian_mixture")
    var session = try Session(try configuration.setting(assignments))
    let start = session.parameters
    session.train(to: 20)
    #expect(session.divergence == nil && session.step == 20)
    #expect(session.parameters != start)
    session.measureFully()
    let snapshot = session.snapshot(generation: 0, status: .paused, stepsPerSecond: nil)
    let floor = try #require(snapshot.floor)
    let excess = try #require(snapshot.heldOut.last?.excess)
    #expect(floor.value.isFinite && excess.isFinite && excess >= 0)
    #expect(snapshot.probe?.levels.count == 3)
    #expect(snapshot.samples?.trajectories.brokenCount == 0)
    #expect(session.averagedParameters.allSatisfy { $0.isFinite })
  }
}
