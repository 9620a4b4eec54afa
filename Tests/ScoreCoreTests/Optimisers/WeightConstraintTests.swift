import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// Projected training steps against plain ones that are projected in float64.
@Suite struct WeightConstraintTests {
  static let distribution = ReferenceGaussian(dimension: 2, variance: 0.3)

  private func run(
    _ constraint: (any WeightConstraint)?, hidden: [Int] = [90, 60], rule: any UpdateRule = Adam(),
    average: WeightAverage = WeightAverage(decay: 0.9), isFrozen: Bool = false, networks: Int = 1,
    threads: Int = 2
  ) -> Trainer {
    Trainer(
      architecture: Perceptron(
        dimension: 2, hidden: hidden, timeFeatures: TimeFeatures(.logSNR, pairs: 3),
        hasFrozenFeatures: isFrozen),
      process: OrnsteinUhlenbeck(horizon: 3, stop: 0.05),
      trainingSet: .make(from: Self.distribution, count: 200, seed: 3),
      objective: Objective(
        levels: networks > 1 ? NetworkBank(networks: networks) : UniformLogSNR()),
      optimization: Optimization(
        rule: rule, learningRate: 0.01, constraint: constraint, average: average),
      batch: 64, seed: 21, threads: threads)
  }

  private func distance(_ weights: some Collection<Float>, _ centre: some Collection<Float>)
    -> Double
  {
    zip(weights, centre).reduce(0.0) {
      let gap = Double($1.0) - Double($1.1)
      return $0 + gap * gap
    }.squareRoot()
  }

  @Test(
    "Each step is the plain step, then the nearest point of the ball",
    arguments: WeightBall.Centre.allCases)
  func projection(centre: WeightBall.Centre) {
    let start = run(nil).state.parameters
    let norm = distance(start, start.map { _ in 0 })
    let ball = WeightBall(radius: centre == .zero ? 0.9 * norm : 0.2, centre: centre)
    let middle = centre == .zero ? start.map { _ in Float(0) } : start
    var (kept, projections) = (run(ball), 0)
    for step in 1...40 {
      var free = run(nil)
      free.state = kept.state
      _ = free.step()
      _ = kept.step()
      let away = distance(free.state.parameters, middle)
      let factor = min(1, ball.radius / away)
      if factor < 1 { projections += 1 }
      #expect(kept.state.moments == free.state.moments)
      for i in middle.indices {
        let c = Double(middle[i])
        let expected = c + factor * (Double(free.state.parameters[i]) - c)
        #expect(abs(Double(kept.state.parameters[i]) - expected) < 5e-7, "step \(step)")
      }
      #expect(distance(kept.state.parameters, middle) <= ball.radius * (1 + 1e-6))
    }
    // Around zero the first step is far outside, and those after it go in as often as out.
    #expect(projections > (centre == .zero ? 0 : 10))
  }

  @Test("A ball that is never left changes no bit, and neither do threads")
  func wide() {
    var runs = [
      run(nil), run(WeightBall(radius: 1e6)), run(WeightBall(radius: 1e6, centre: .zero)),
      run(WeightBall(radius: 0.1), threads: 1), run(WeightBall(radius: 0.1), threads: 3),
    ]
    for index in runs.indices { for _ in 0..<20 { _ = runs[index].step() } }
    #expect(runs[1].state == runs[0].state && runs[2].state == runs[0].state)
    #expect(runs[3].state == runs[4].state && runs[3].state != runs[0].state)
  }

  @Test("The weight average is of the projected weights")
  func average() {
    // With a decay of 0 the average is the weights.
    var run = run(WeightBall(radius: 0.05), average: WeightAverage(decay: 0))
    for _ in 0..<10 { _ = run.step() }
    #expect(run.state.average == run.state.parameters)
  }

  @Test("Frozen weights are left alone and do not count")
  func frozen() {
    let start = run(nil, isFrozen: true)
    let first = start.architecture.trainedOffset
    var run = run(WeightBall(radius: 0.02, centre: .zero), isFrozen: true)
    for _ in 0..<10 { _ = run.step() }
    #expect(run.state.parameters[..<first] == start.state.parameters[..<first])
    let norm = distance(run.state.parameters[first...], [Float](repeating: 0, count: 1000))
    #expect(abs(norm / 0.02 - 1) < 1e-6)
  }

  @Test("Each network of a bank has a ball of its own, around its own start")
  func bank() {
    var run = run(WeightBall(radius: 0.1), networks: 3)
    let (start, size) = (run.state.parameters, run.architecture.parameterCount)
    for _ in 0..<30 { _ = run.step() }
    for network in 0..<3 {
      let range = network * size..<(network + 1) * size
      #expect(abs(distance(run.state.parameters[range], start[range]) / 0.1 - 1) < 1e-5)
    }
  }

  @Test("A ball put around the initial weights in the middle of a run is around the same ones")
  func live() {
    var run = run(nil)
    let start = run.state.parameters
    for _ in 0..<30 { _ = run.step() }
    #expect(distance(run.state.parameters, start) > 0.3 && run.initialWeights.isEmpty)
    run.optimization.constraint = WeightBall(radius: 0.25)
    _ = run.step()
    #expect(abs(distance(run.state.parameters, start) / 0.25 - 1) < 1e-5)
    run.optimization.constraint = nil
    #expect(run.initialWeights.isEmpty)
  }

  @Test("The catalog has no constraint and the ball, whose parameters reach it")
  func catalog() throws {
    #expect(Set(WeightConstraintCatalog.all.map(\.name)).count == WeightConstraintCatalog.all.count)
    let none = try #require(WeightConstraintCatalog.entry(named: "none")).make()
    #expect(none == nil)
    let entry = try #require(WeightConstraintCatalog.entry(named: "ball"))
    #expect(try entry.make() as? WeightBall == WeightBall(radius: 10))
    let ball = try entry.make(["ball_radius": .number(0.5), "ball_centre": .text("zero")])
    #expect(ball as? WeightBall == WeightBall(radius: 0.5, centre: .zero))
    #expect(throws: ParameterError.self) { try entry.make(["ball_radius": .number(0)]) }
    #expect(throws: ParameterError.self) { try entry.make(["ball_centre": .text("one")]) }
  }
}
