import ScoreCore
import Testing

@testable import ScoreLab

/// A new measurement is one type and one line of the catalog; docs/EXTENDING.md shows the first.
@Suite struct NewMeasurementTests {
  private func session(_ kinds: any Measurement.Type...) throws -> Session {
    let configuration = try RunConfiguration.small("distribution.kind=gaussian_mixture")
    return Session(
      configuration: configuration,
      distribution: try configuration.distribution.makeDistribution(dataSource: DataFile()),
      threads: 1,
      measurements: MeasurementCatalog.all + kinds)
  }

  @Test("It is measured with the others, again after every step, and asked for by its type")
  func isMeasured() throws {
    var session = try session(WeightNormMeasurement.self)
    for step in [0, 5] {
      session.train(to: step)
      session.measureFully()
      let expected = session.averagedParameters.reduce(0.0) { $0 + Double($1) * Double($1) }
        .squareRoot()
      let norm = try #require(session.measurements[WeightNormMeasurement.self].value)
      #expect(abs(norm - expected) <= 1e-12 * expected)
      #expect(session.measurements.probe?.step == step)
    }
    session.show(MeasurementRequest([WeightNormMeasurement.self]))
    let probe = session.measurements.probe
    session.train(to: 6)
    session.measureFully()
    #expect(session.measurements.probe == probe)
  }

  @Test("A divergence forgets what was measured of undone steps")
  func forgets() throws {
    var session = try session(WeightNormMeasurement.self)
    session.configure(try session.configuration.setting(["optimizer.learning_rate=30"]))
    session.show(MeasurementRequest([WeightNormMeasurement.self]))
    while session.divergence == nil {
      session.measureFully()
      _ = session.trainStep()
    }
    #expect(session.step == 0 && !session.isMeasured)
    #expect(session.measurements[WeightNormMeasurement.self].value == nil)
    session.measureFully()
    #expect(session.measurements[WeightNormMeasurement.self].value != nil)
  }

  /// Of which two cost one and three.
  private func scheduler() throws -> (MeasurementScheduler, any ScoreFunction) {
    let session = try session()
    let configuration = session.configuration
    return (
      MeasurementScheduler(
        of: MeasurementSubject(
          distribution: session.distribution, process: configuration.process.make(),
          objective: configuration.objective.make(), configuration: configuration),
        catalog: [Counted<One>.self, Counted<Three>.self]), session.score
    )
  }

  @Test("Units come in proportion to one over their cost")
  func shares() throws {
    var (scheduler, score) = try scheduler()
    for step in 0..<400 { scheduler.advance(step: step) { score } }
    #expect(scheduler.results[Counted<One>.self].value == 300)
    #expect(scheduler.results[Counted<Three>.self].value == 100)
  }

  @Test("What is in front is given three times the work of another, until it is no longer")
  func inFront() throws {
    var (scheduler, score) = try scheduler()
    var request = MeasurementRequest([Counted<One>.self, Counted<Three>.self])
    request.putInFront([Counted<Three>.self])
    #expect(!scheduler.hasFront)
    scheduler.show(request)
    #expect(scheduler.hasFront)
    for step in 0..<400 { scheduler.advance(step: step) { score } }
    #expect(scheduler.results[Counted<One>.self].value == 200)
    #expect(scheduler.results[Counted<Three>.self].value == 200)
    request.putInFront([])
    scheduler.show(request)
    #expect(!scheduler.hasFront)
    for step in 400..<800 { scheduler.advance(step: step) { score } }
    #expect(scheduler.results[Counted<One>.self].value == 500)
    #expect(scheduler.results[Counted<Three>.self].value == 300)
  }
}

/// The length of the averaged weights.
private struct WeightNormMeasurement: Measurement {
  static let name = "weight_norm"
  static let dependencies = [MeasurementDependency.weights]
  private var parameters: [Float] = []
  private var measured = 0
  private(set) var reading = Reading<Double>()

  init(of subject: MeasurementSubject) {}

  var unitCost: Double { 1000 }

  mutating func begin(_ input: MeasurementInput) {
    (measured, parameters) = (input.step, (input.score() as? NetworkScore)?.parameters ?? [])
  }

  mutating func step() -> Bool {
    reading.value = parameters.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    return true
  }

  mutating func forget(after step: Int) { if measured > step { reading.value = nil } }
}

private protocol Cost: Sendable { static var value: Double { get } }
private enum One: Cost { static let value = 1.0 }
private enum Three: Cost { static let value = 3.0 }

/// Counts its units, one a pass, of a given cost.
private struct Counted<Price: Cost>: Measurement {
  static var name: String { "counted_\(Int(Price.value))" }
  static var dependencies: [MeasurementDependency] { [.weights] }
  private(set) var reading = Reading(value: 0)

  init(of subject: MeasurementSubject) {}

  var unitCost: Double { Price.value }
  mutating func begin(_ input: MeasurementInput) {}
  mutating func step() -> Bool {
    reading.value = (reading.value ?? 0) + 1
    return true
  }
}
