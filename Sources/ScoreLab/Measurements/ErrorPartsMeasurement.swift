import ScoreCore

/// The parts of the score error at the probe's points, one noise level a unit.
///
/// What the minimisers give there is kept as long as they are the same, so that a pass costs little more
/// than the probe's.
package struct ErrorPartsMeasurement: Measurement {
  package typealias Value = ErrorParts
  package static let name = "error_parts"
  package static let isTakenUnasked = false
  package static let dependencies: [MeasurementDependency] = [
    .weights, .value(of: MinimisersMeasurement.self),
  ]

  private struct Pass {
    let score: any ScoreFunction
    let population: (any ScoreFunction)?
    let empirical: (any ScoreFunction)?
    var found: ErrorParts
  }

  /// What the minimisers give at the points of a level.
  private struct Known {
    let revision: Int
    let population: Points?
    let empirical: Points?
  }

  private var probe: ErrorProbe
  private var known: [Int: Known] = [:]
  private var pass: Pass?
  package private(set) var reading = Reading<ErrorParts>()

  package init(of subject: MeasurementSubject) { probe = subject.probe(points: nil) }

  package var unitCost: Double { 2 * Double(probe.pointCount) }

  package mutating func begin(_ input: MeasurementInput) {
    pass = nil
    guard let source = input.measurement(MinimisersMeasurement.self),
      let minimisers = source.reading.value
    else { return }
    pass = Pass(
      score: input.score(), population: source.population, empirical: source.empirical,
      found: ErrorParts(step: input.step, minimisers: minimisers, levels: []))
  }

  package mutating func step() -> Bool {
    guard var pass else { return true }
    pass.found.levels.append(measure(pass, at: pass.found.levels.count))
    self.pass = pass
    guard pass.found.levels.count == probe.times.count else { return false }
    self.pass = nil
    let broken = pass.found.levels.count { level in
      !([level.whole] + level.parts).allSatisfy { $0.l2.isFinite }
    }
    reading.end(
      with: pass.found, step: pass.found.step, brokenCount: broken, of: pass.found.levels.count)
    return true
  }

  private mutating func measure(_ pass: Pass, at index: Int) -> ErrorParts.Level {
    let (level, time, points, exact) = probe.points(levelIndex: index)
    let minimisers = known(pass, at: index, points, level)
    let run = pass.score.score(at: points, level: level)
    func distance(_ first: Points?, _ second: Points?) -> ScoreErrorDistribution? {
      guard let first, let second else { return nil }
      return ScoreErrorDistribution(level: level, time: time, estimate: first, exact: second)
    }
    return ErrorParts.Level(
      whole: ScoreErrorDistribution(level: level, time: time, estimate: run, exact: exact),
      approximation: distance(minimisers.population, exact),
      statistical: distance(minimisers.empirical, minimisers.population),
      optimization: distance(run, minimisers.empirical),
      rest: distance(run, minimisers.population))
  }

  private mutating func known(
    _ pass: Pass, at index: Int, _ points: Points, _ level: NoiseLevel
  ) -> Known {
    let revision = pass.found.minimisers.revision
    if let known = known[index], known.revision == revision { return known }
    let new = Known(
      revision: revision, population: pass.population?.score(at: points, level: level),
      empirical: pass.empirical?.score(at: points, level: level))
    known[index] = new
    return new
  }

  package mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { $0.step > step ? nil : $0 }
  }
}

extension MeasurementResults {
  /// The newest parts of the error.
  package var errorParts: ErrorParts? { self[ErrorPartsMeasurement.self].value }
}
