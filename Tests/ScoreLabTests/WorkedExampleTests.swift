import ScoreCore
import ScoreLab
import TestSupport
import Testing

@Suite struct WorkedExampleTests {
  @Test("The worked example of the documentation runs as it is printed there")
  func example() throws {
    // The example.
    let configuration = try RunConfiguration.start.setting([
      "distribution.kind=two_moons", "network.hidden=[32, 32]", "probe.points=256",
    ])
    var session = try Session(configuration: configuration, dataSource: DataFile())
    while session.step < 50, session.trainStep() != nil {}

    // The least loss that any network could have, and the error at each noise level.
    session.measureNow(MeasurementRequest([FloorMeasurement.self, ProbeMeasurement.self]))
    let floor = session.measurements.floor?.value
    let worst = session.measurements.probe?.levels.map(\.l2).max()
    // Its end.
    #expect(session.step == 50 && session.divergence == nil)
    #expect(try #require(floor) > 0)
    #expect(try #require(worst) > 0)
    #expect(
      try WorkedExample.printed(for: "ScoreLab", test: #filePath)
        == WorkedExample.tested(in: #filePath))
  }
}
