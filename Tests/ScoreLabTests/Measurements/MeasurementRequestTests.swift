import ScoreCore
import Testing

@testable import ScoreLab

/// What is asked for is measured, the same whatever else is, and nothing else.
@Suite struct MeasurementRequestTests {
  private func trained() throws -> Session {
    var session = try Session(
      try .small("distribution.kind=gaussian_mixture"))
    session.train(to: 10)
    return session
  }

  @Test(
    "Asked for alone, a measurement is the same, and only those it depends on are taken with it",
    arguments: MeasurementCatalog.all.indices)
  func alone(place: Int) throws {
    let kind = MeasurementCatalog.all[place]
    var (alone, all) = (try trained(), try trained())
    alone.show(MeasurementRequest([kind]))
    all.show(.all)
    alone.measureFully()
    all.measureFully()
    let (own, full) = (alone.measurements, all.measurements)
    func expect<Kind: Measurement>(_ other: Kind.Type) {
      guard own[other].value != nil else {
        #expect(Kind.name != kind.name)
        return
      }
      #expect(own[other] == full[other], "\(Kind.name)")
      #expect(kind.name == Kind.name || kind.sources.contains(Kind.name), "\(Kind.name)")
    }
    for other in MeasurementCatalog.all { expect(other) }
  }

  @Test("Where nobody asks, what takes long is not taken, and neither is what depends on it")
  func unasked() throws {
    var session = try trained()
    session.measureFully()
    let found = session.measurements
    #expect(
      found[ProbeMeasurement.self].value != nil && found[SamplesMeasurement.self].value != nil)
    #expect(found[MinimisersMeasurement.self].value == nil)
    #expect(found[ErrorPartsMeasurement.self].value == nil)
    #expect(found[PathBoundMeasurement.self].value == nil)
    for kind in MeasurementCatalog.all where kind.isTakenUnasked {
      let slow = MeasurementCatalog.all.filter { !$0.isTakenUnasked }.map { $0.name }
      #expect(kind.sources.allSatisfy { !slow.contains($0) }, "\(kind.name)")
    }
  }

  @Test("A report takes what it prints, and nothing else")
  func report() throws {
    var session = try trained()
    session.measureNow(MeasurementRequest([HeldOutMeasurement.self]))
    #expect(session.measurements.heldOut.map(\.step) == [10])
    #expect(session.measurements.probe == nil && session.measurements.floor == nil)
    // Once more of the same weights is the same, and not a second point.
    let once = session.measurements.heldOut
    session.measureNow(MeasurementRequest([HeldOutMeasurement.self]))
    #expect(session.measurements.heldOut == once)
  }

  @Test(
    "What is no longer asked for stays as it was, and is of the newest weights when asked again")
  func askedAgain() throws {
    var session = try trained()
    session.show(MeasurementRequest([ProbeMeasurement.self]))
    // A pass under way must not be gone on with.
    session.measure()
    session.show(.none)
    #expect(session.isMeasured && !session.isStartingUp)
    session.train(to: 20)
    session.show(MeasurementRequest([ProbeMeasurement.self]))
    #expect(session.isStartingUp)
    session.measureFully()
    #expect(session.measurements.probe?.step == 20)
    session.show(.none)
    session.train(to: 30)
    #expect(session.isMeasured && session.measurements.probe?.step == 20)
  }

  @Test("A thread measures what is asked for, also after a restart")
  func runner() throws {
    var options = SessionRunner.Options()
    options.startsPaused = true
    let runner = SessionRunner(
      configuration: try .small("distribution.kind=gaussian_mixture"), dataSource: DataFile(),
      options: options)
    defer { runner.send(.stop) }
    runner.show(MeasurementRequest([ProbeMeasurement.self]))
    for seed in 1...2 {
      runner.send(.restart(seed: UInt64(seed)))
      let message = try #require(
        runner.message { $0.commandsDone == seed && $0.snapshot?.probe != nil })
      let snapshot = try #require(message.snapshot)
      #expect(snapshot.generation == seed)
      #expect(snapshot.floor == nil && snapshot.samples == nil && snapshot.heldOut.isEmpty)
    }
    // Asking is no command: nobody's count of answers changes.
    runner.show(MeasurementRequest([FloorMeasurement.self]))
    #expect(runner.message { $0.snapshot?.floor != nil }?.commandsDone == 2)
  }
}

extension Measurement {
  /// The names of the measurements whose values it depends on, itself or through others.
  fileprivate static var sources: [String] {
    dependencies.flatMap { dependency -> [String] in
      if case .value(let other) = dependency { [other.name] + other.sources } else { [] }
    }
  }
}
