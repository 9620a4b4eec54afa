import ScoreCore
import Testing

@testable import ScoreLab

/// What happens when training goes wrong: a stop, a good state, a message, and a way on.
@Suite struct DivergenceTests {
  private func isFinite(_ session: Session) -> Bool {
    session.parameters.allSatisfy(\.isFinite) && session.averagedParameters.allSatisfy(\.isFinite)
      && session.history.buckets.allSatisfy {
        $0.minimum.isFinite && $0.maximum.isFinite && $0.sum.isFinite && $0.smoothed.isFinite
      }
  }

  /// Trains `steps` steps, then with an absurd rate until the run is stopped.
  private func diverged(after steps: Int) throws -> (session: Session, path: [[Float]]) {
    var session = try Session(try .small())
    var path = [session.parameters]
    while session.step < steps {
      _ = session.trainStep()
      path.append(session.parameters)
    }
    session.configure(try session.configuration.setting(["optimizer.learning_rate=10"]))
    session.train(to: steps + 30)
    return (session, path)
  }

  // Around the multiples of the checkpoint interval, where a ruined state could be kept as good.
  @Test(
    "An absurd rate stops the run at a good earlier state",
    arguments: [0, 1, 5, 31, 32, 33, 62, 63, 64, 65, 95, 96, 97, 130])
  func stops(after steps: Int) throws {
    let (session, path) = try diverged(after: steps)
    let divergence = try #require(session.divergence)
    #expect(divergence.step > steps && divergence.step <= steps + 10)
    #expect(divergence.restoredStep == session.step)
    try #require(session.step <= steps)
    #expect(divergence.learningRate == 10)
    #expect(isFinite(session))
    #expect(session.parameters == path[session.step])
    #expect(session.history.buckets.reduce(0) { $0 + $1.count } == session.step)
    // Not further back than two intervals of 32.
    #expect(session.step >= steps - 64)
  }

  @Test(
    "A diverged run takes no step until it is resumed, then trains on",
    arguments: [0, 31, 32, 63, 64, 96])
  func resumes(after steps: Int) throws {
    var (session, _) = try diverged(after: steps)
    let frozen = session.bits
    #expect(session.trainStep() == nil)
    #expect(session.bits == frozen)
    session.configure(try session.configuration.setting(["optimizer.learning_rate=0.001"]))
    session.resumeAfterDivergence()
    #expect(session.divergence == nil)
    let start = session.step
    session.train(to: session.executedSteps + 100)
    #expect(session.divergence == nil)
    #expect(session.step == start + 100)
    #expect(isFinite(session))
  }

  /// A run whose weights were ruined by four steps of a high rate and then stayed, without a loss that
  /// stops it or that keeps its states from counting as good; nil where the rate does not do that.
  private func ruined(
    _ trained: Session, rate: Double, excess: (Session) -> Double
  ) throws -> Session? {
    var session = trained
    let before = excess(session)
    func set(_ rate: Double) throws {
      session.configure(try session.configuration.setting(["optimizer.learning_rate=\(rate)"]))
    }
    try set(rate)
    session.train(to: trained.step + 4)
    try set(1e-7)
    session.train(to: trained.step + 160)
    let isKept = session.divergence == nil && session.good.training.step > trained.step
    return isKept && excess(session) > 10 * before ? session : nil
  }

  @Test("Weights that were ruined long before the loss gave them away are not gone back to")
  func ruinedLongBefore() throws {
    var trained = try Session(try .small("optimizer.average=0.9"))
    trained.train(to: 320)
    let loss = HeldOutLoss(
      distribution: trained.distribution, process: trained.training.process,
      objective: trained.training.objective, seed: 5)
    let before = loss.excess(of: trained.score)
    var found: Session?
    for rate in [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1] where found == nil {
      found = try ruined(trained, rate: rate) { loss.excess(of: $0.score) }
    }
    var session = try #require(found)
    session.configure(try session.configuration.setting(["optimizer.learning_rate=100"]))
    session.train(to: 520)
    let divergence = try #require(session.divergence)
    #expect(divergence.restoredStep == session.step && session.step <= 320)
    #expect(loss.excess(of: session.score) < 3 * before)
  }

  @Test("The message shows no number that is not finite")
  func message() throws {
    for loss in [Double.nan, .infinity, 1e30] {
      let text = Divergence(step: 70, loss: loss, learningRate: 10, restoredStep: 64).message
      #expect(text.contains("70") && text.contains("64") && text.contains("10"))
      #expect(!text.lowercased().contains("nan") && !text.lowercased().contains("inf"))
    }
  }

  @Test("The message names the noise level that is furthest off, one of those measured")
  func place() throws {
    let (session, _) = try diverged(after: 5)
    let divergence = try #require(session.divergence)
    let levels = ErrorProbe(
      distribution: session.distribution, process: OrnsteinUhlenbeck(horizon: 5, stop: 0.001),
      levelCount: session.configuration.probe.levels, pointCount: 1, seed: 1)
    switch try #require(divergence.place) {
    case .time(let time):
      #expect(levels.times.contains(time))
      #expect(divergence.message.contains("worst at noise level t = "))
    case .everyLevel: #expect(divergence.message.contains("every noise level"))
    }
  }

  @Test("The message gives the noise level in three digits")
  func placeInWords() {
    var divergence = Divergence(step: 3, loss: .nan, learningRate: 10, restoredStep: 0)
    for (time, text) in [(4.263096, "4.26"), (0.001, "0.001"), (79.96, "80")] {
      divergence.place = .time(time)
      #expect(divergence.message.contains("worst at noise level t = \(text))"))
    }
    divergence.place = .everyLevel
    #expect(divergence.message.contains("at every noise level)"))
  }

  @Test("The level of a divergence is the first without a number, else that of the largest error")
  func places() throws {
    let configuration = try RunConfiguration.small("probe.levels=4")
    let distribution = GaussianMixture([.init(weight: 1, mean: [0, 0], spread: .isotropic(1))])
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
    let architecture = configuration.network.architecture(dimension: 2)
    func place(_ outputs: [Float]) -> Divergence.Place {
      // A bank of networks that give constants, one a level.
      let subject = MeasurementSubject(
        distribution: distribution, process: process, objective: Objective(),
        configuration: configuration)
      let bank = NetworkBank(networks: 4)
      let bias = architecture.parameterCount - architecture.dimension
      let parameters = outputs.flatMap { output in
        var parameters = [Float](repeating: 0, count: architecture.parameterCount)
        parameters[bias] = output
        return parameters
      }
      let score = NetworkScore(
        architecture: architecture, parameters: parameters, process: process,
        bank: (bank.atoms(of: process) ?? []).map(\.logSNR), threads: 1)
      return subject.place(ofDivergence: score)
    }
    // The bank runs from the most noise to the least.
    #expect(place([1000, 0, 0, 0]) == .time(5))
    #expect(place([0, 0, 0, 1000]) == .time(0.001))
    #expect(place([.nan, 1000, .infinity, 0]) != .time(5))
    #expect(place([.nan, 0, 0, 1000]) == .time(5))
    #expect(place([.nan, .nan, .infinity, .nan]) == .everyLevel)
  }

  @Test("Two reports of one divergence are equal even without a loss")
  func equality() {
    let divergence = Divergence(step: 3, loss: .nan, learningRate: 10, restoredStep: 0)
    #expect(SessionStatus.diverged(divergence) == .diverged(divergence))
    var other = divergence
    other.step = 4
    #expect(other != divergence)
  }

  @Test("Marks after the restored step move back to where their change is now in force")
  func marksMoveBack() throws {
    let (session, _) = try diverged(after: 70)
    #expect(session.edits.count == 1)
    #expect(session.edits.allSatisfy { $0.step <= session.step })
  }

  @Test("What is published stays finite while a run diverges, and belongs to kept steps")
  func publishedIsFinite() throws {
    var session = try Session(try .small())
    var rates = ["0.001", "10", "0.5", "100", "0.001"].makeIterator()
    for step in 0..<400 {
      if step % 80 == 0, let rate = rates.next() {
        session.configure(try session.configuration.setting(["optimizer.learning_rate=\(rate)"]))
      }
      if session.trainStep() == nil { session.resumeAfterDivergence() }
      for _ in 0..<3 { session.measure() }
      let snapshot = session.snapshot(generation: 0, status: .training, stepsPerSecond: nil)
      #expect(isFinite(snapshot), "at step \(session.step)")
    }
  }

  private func isFinite(_ snapshot: Snapshot) -> Bool {
    let errors = (snapshot.probe?.levels ?? []).flatMap(\.errors)
    return errors.allSatisfy(\.isFinite) && snapshot.samples?.trajectories.brokenCount ?? 0 == 0
      && snapshot.heldOut.allSatisfy { $0.excess.isFinite && $0.step <= snapshot.step }
      && (snapshot.probe?.step ?? 0) <= snapshot.step
      && (snapshot.samples?.step ?? 0) <= snapshot.step
      && snapshot.floor?.error.isFinite != false
  }

  @Test("Weights that give no finite sample end their measuring instead of repeating it for ever")
  func ruinedWeightsAreMeasured() throws {
    let distribution = BrokenScore()
    var session = Session(configuration: try .small(), distribution: distribution, threads: 1)
    _ = session.trainStep()
    var units = 0
    while !session.isMeasured && units < 1000 {
      session.measure()
      units += 1
    }
    #expect(session.isMeasured)
    let snapshot = session.snapshot(generation: 0, status: .paused, stepsPerSecond: nil)
    #expect(snapshot.probe == nil)
    #expect(snapshot.heldOut.isEmpty)
  }
}

/// A distribution whose score is no number, to make every measurement fail.
private struct BrokenScore: KnownScoreDistribution {
  let dimension = 1

  func sample(count: Int, using stream: inout RandomStream) -> Points {
    Points(zeros: count, dimension: 1)
  }

  func logDensity(at x: Points, level: NoiseLevel) -> [Double] { x.squaredNorms().map { -$0 } }

  func score(at x: Points, level: NoiseLevel) -> Points {
    Points(values: x.values.map { _ in .nan }, dimension: 1)
  }
}
