import ScoreCore
import Testing

@testable import ScoreLab

/// What a session measures, against theory and against itself.
@Suite struct MeasurementTests {
  private static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)

  private func trained(_ distribution: String, steps: Int) throws -> Session {
    var session = try Session(try .small("distribution.kind=\(distribution)", "probe.levels=6"))
    session.train(to: steps)
    return session
  }

  private func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    return (mean, (spread / n).squareRoot())
  }

  /// The mean of L2^2 over log SNR by the trapezoidal rule on a fine probe.
  private func meanSquare(_ session: Session, levels: Int, seed: UInt64) -> Double {
    var probe = ErrorProbe(
      distribution: session.distribution, process: Self.process, levelCount: levels,
      pointCount: 1000, seed: seed)
    let squares = (0..<levels).map { index in
      let l2 = probe.measure(session.score, levelIndex: index).l2
      return l2 * l2
    }
    let ends = squares[0] + squares[levels - 1]
    let sum = squares.reduce(0, +) - ends / 2
    return sum / Double(levels - 1)
  }

  // loss - floor = E ||sigma (s_hat - s)||^2 is Vincent's identity; the two sides share no draws.
  @Test(
    "The held-out excess is the mean of L2^2 over the levels",
    arguments: [("two_moons", 0), ("two_moons", 150), ("gaussian_mixture", 150)])
  func excessIsMeanSquare(distribution: String, steps: Int) throws {
    let session = try trained(distribution, steps: steps)
    let seeds = (1...8).map { UInt64($0) }
    let excess = meanAndError(
      seeds.map {
        HeldOutLoss(
          distribution: session.distribution, process: Self.process, objective: Objective(),
          seed: $0
        ).excess(of: session.score)
      })
    let square = meanAndError(seeds.map { meanSquare(session, levels: 49, seed: $0) })
    let coarse = meanAndError(seeds.map { meanSquare(session, levels: 25, seed: $0) })
    // Five standard errors of the difference, and the error of the trapezoidal rule in full.
    let error = (excess.error * excess.error + square.error * square.error).squareRoot()
    let tolerance = 5 * error + abs(square.mean - coarse.mean)
    #expect(abs(excess.mean - square.mean) <= tolerance)
    // The tolerance is small next to the value, so the test can fail.
    #expect(tolerance < 0.1 * square.mean)
  }

  @Test("D_delta is at most L2 / sqrt(delta), at every level and delta of a run")
  func markov() throws {
    var session = try trained("two_moons", steps: 0)
    for _ in 0..<4 {
      session.train(to: session.step + 40)
      let report = try session.probeNow()
      #expect(report.step == session.step && report.levels.count == 6)
      for level in report.levels {
        for delta in [0.001, 0.01, 0.05, 0.1, 0.25, 0.5] {
          let bound = level.markovBound(delta: delta)
          #expect(level.quantileError(delta: delta) <= bound)
          // L2 and its bound from the errors themselves.
          let squares = level.errors.map { Double($0) * Double($0) }
          let l2 = (squares.reduce(0, +) / Double(squares.count)).squareRoot()
          #expect(abs(bound - l2 / delta.squareRoot()) <= 1e-12 * bound)
        }
      }
    }
  }

  @Test("A measured session knows everything, and is open again after a step")
  func measuringEnds() throws {
    var session = try trained("two_moons", steps: 20)
    session.measureFully()
    let snapshot = session.snapshot(generation: 0, status: .paused, stepsPerSecond: nil)
    #expect(snapshot.probe?.step == 20 && snapshot.samples?.step == 20)
    #expect(snapshot.heldOut.last?.step == 20)
    #expect(snapshot.probe?.levels.count == session.configuration.probe.levels)
    #expect(snapshot.floor != nil && !session.isStartingUp)
    #expect(snapshot.noisedData?.frames.count == session.configuration.sampler.steps + 1)
    _ = session.trainStep()
    #expect(!session.isMeasured)
    session.measureFully()
    #expect(session.snapshot(generation: 0, status: .paused, stepsPerSecond: nil).probe?.step == 21)
  }

  @Test(
    "The exact-score run starts from the same noise as the learned samples and then parts from them"
  )
  func twinStart() throws {
    var session = try trained("two_moons", steps: 20)
    session.measureFully()
    let snapshot = session.snapshot(generation: 0, status: .paused, stepsPerSecond: nil)
    let (run, samples) = (try #require(snapshot.exactScoreRun), try #require(snapshot.samples))
    let noised = try #require(snapshot.noisedData)
    #expect(run.frames[0] == samples.trajectories.frames[0])
    #expect(run.frames.last != samples.trajectories.frames.last)
    #expect(run.times == samples.trajectories.times && run.times == noised.times)
  }

  @Test("A changed sampler draws everything anew, with its own number of frames")
  func changedSampler() throws {
    var session = try trained("gaussian_mixture", steps: 5)
    session.measureFully()
    session.configure(
      try session.configuration.setting(["sampler.steps=9", "sampler.count=30"]))
    #expect(!session.isMeasured)
    session.measureFully()
    let snapshot = session.snapshot(generation: 0, status: .paused, stepsPerSecond: nil)
    for pass in [snapshot.noisedData, snapshot.exactScoreRun, snapshot.samples?.trajectories] {
      let pass = try #require(pass)
      #expect(pass.frames.count == 10 && pass.tracked == 30)
    }
    #expect(snapshot.exactDensities?.frames.count == 10)
  }
}
