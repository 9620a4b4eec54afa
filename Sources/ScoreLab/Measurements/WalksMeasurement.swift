import ScoreCore

/// The first particles of the samples on their whole way, by the reverse SDE and by the probability
/// flow from the same start, some steps a unit.
///
/// Where the distribution has a rare part, they are particles of which one goes there by the
/// configured sampler with the exact score, and that one comes first.
public struct WalksMeasurement: Measurement {
  public static let name = "walks"
  public static let dependencies = [MeasurementDependency.weights, .sampler]
  /// The sampler's steps of one unit.
  private static let stepsAtOnce = 4

  private let subject: MeasurementSubject
  private var passes: [WalkPass] = []
  private var passStep = 0
  /// Which particles they are; nil where they are the first of the samples.
  private var search: RareParticleSearch?
  /// The weights of a pass that is yet to start.
  private var pending: (step: Int, score: any ScoreFunction)?
  public private(set) var reading = Reading<Walks>()

  public init(of subject: MeasurementSubject) {
    self.subject = subject
    search = RareParticleSearch(subject)
  }

  public var unitCost: Double { 512 }

  public mutating func begin(_ input: MeasurementInput) {
    passes = []
    pending = (input.step, input.score())
  }

  private mutating func start(at step: Int, _ score: any ScoreFunction) {
    let configuration = subject.configuration.sampler
    let samplers = WalkSamplers(configuration)
    let block = search?.block ?? 0
    let start = configuration.particles(of: subject, score: score, block: block)
    passStep = step
    passes = [samplers.reverseSDE, samplers.flow].map {
      WalkPass(
        $0.name, $0.sampler, of: subject, score: score, times: start.times, start: start.points,
        block: block)
    }
    pending = nil
  }

  public mutating func step() -> Bool {
    if let found = search, !found.isFinished {
      search?.step()
      return false
    }
    if let pending { start(at: pending.step, pending.score) }
    for index in passes.indices {
      for _ in 0..<Self.stepsAtOnce { passes[index].step() }
    }
    guard passes.allSatisfy(\.isFinished) else { return false }
    let ways = passes.map { pass in search.map { pass.walk.taking($0.rows) } ?? pass.walk }
    passes = []
    reading.end(
      with: Walks(step: passStep, ways: ways), step: passStep,
      brokenCount: ways.map(\.learned.brokenCount).max() ?? 0, of: ways.first?.learned.tracked ?? 0)
    return true
  }

  public mutating func forget(after step: Int) {
    (passes, pending) = ([], nil)
    reading.forget(after: step) { $0.step > step ? nil : $0 }
  }
}

/// The ways of the particle that a person has put down; none where there is none.
public struct PlacedWalksMeasurement: Measurement {
  public static let name = "placed_walks"
  public static let dependencies = [MeasurementDependency.weights, .sampler, .placedParticle]

  private let subject: MeasurementSubject
  private var pass: (step: Int, score: any ScoreFunction)?
  public private(set) var reading = Reading<[PlacedWalks]>()

  public init(of subject: MeasurementSubject) { self.subject = subject }

  // A single particle: less than a unit of anything else.
  public var unitCost: Double { 512 }

  public mutating func begin(_ input: MeasurementInput) { pass = (input.step, input.score()) }

  public mutating func step() -> Bool {
    guard let (step, score) = pass else { return true }
    pass = nil
    // It may still be that of a run of another dimension, until the screen has seen the new one.
    let placed = subject.placed.flatMap { $0.position.count == score.dimension ? $0 : nil }
    let found = placed.map { [walks(of: $0, step: step, score)] } ?? []
    reading.end(
      with: found, step: step,
      brokenCount: found.flatMap(\.ways).map(\.learned.brokenCount).max() ?? 0, of: 1)
    return true
  }

  private func walks(
    of particle: PlacedParticle, step: Int, _ score: any ScoreFunction
  ) -> PlacedWalks {
    let configuration = subject.configuration.sampler
    let samplers = WalkSamplers(configuration)
    let times = configuration.makeGrid().times(
      stepCount: configuration.steps, process: subject.process)
    let index = min(max(0, particle.index), times.count - 1)
    let start = Points(rows: [particle.position])
    let later = Array(times[index...])
    let down = [samplers.reverseSDE, samplers.flow].map { rule in
      walk(rule.name, rule.sampler, later, start, score)
    }
    return PlacedWalks(
      step: step, particle: PlacedParticle(position: particle.position, index: index),
      ways: [down[0], throughNoise(down[1], Array(times[...index]), start, score)])
  }

  /// From a place to the data.
  private func walk(
    _ name: String, _ sampler: any Sampler, _ times: [Double], _ start: Points,
    _ score: any ScoreFunction
  ) -> Walk {
    guard times.count >= 2 else {
      let empty = Trajectories(count: 1, dimension: start.dimension, frames: 1)
      var walk = Walk(
        sampler: name, isDeterministic: sampler.isDeterministic, learned: empty, exact: empty)
      walk.record(learned: start, exact: start, at: times[0], subject: subject, score: score)
      return walk
    }
    var pass = WalkPass(name, sampler, of: subject, score: score, times: times, start: start)
    while !pass.isFinished { pass.step() }
    return pass.walk
  }

  /// The way of the flow with what comes before the place in front of it.
  private func throughNoise(
    _ later: Walk, _ earlier: [Double], _ start: Points, _ score: any ScoreFunction
  ) -> Walk {
    guard earlier.count >= 2 else { return later }
    func way(_ score: any ScoreFunction) -> [Points] {
      var flow = LikelihoodStepper(
        process: subject.process, score: score, times: earlier.reversed(), points: start)
      var points: [Points] = []
      while flow.step() != nil { points.append(flow.points) }
      return points.reversed()
    }
    let empty = Trajectories(
      count: 1, dimension: start.dimension, frames: earlier.count - 1 + later.learned.times.count)
    var walk = Walk(
      sampler: later.sampler, isDeterministic: later.isDeterministic, learned: empty, exact: empty)
    let ways = zip(way(score), way(ExactScore(subject.distribution)))
    for (time, points) in zip(earlier, ways) {
      walk.record(
        learned: points.0, exact: points.1, at: time, subject: subject, score: score)
    }
    walk.append(later)
    return walk
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { $0.contains { $0.step > step } ? nil : $0 }
  }
}

extension Walk {
  /// Goes on with a walk that begins where this one ends.
  fileprivate mutating func append(_ later: Walk) {
    for (index, time) in later.learned.times.enumerated() {
      func points(_ way: Trajectories) -> Points {
        Points(values: way.frames[index].map(Double.init), dimension: way.dimension)
      }
      learned.record(points(later.learned), at: time)
      exact.record(points(later.exact), at: time)
    }
    estimates += later.estimates
    exactScores += later.exactScores
  }
}

extension MeasurementResults {
  /// The first particles on their whole way.
  public var walks: Walks? { self[WalksMeasurement.self].value }
  /// The ways of the particle that was put down.
  public var placedWalks: PlacedWalks? { self[PlacedWalksMeasurement.self].value?.first }
}
