import Testing

@testable import ScoreCore

@Suite struct FixedRowsTests {
  private static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)

  private static func trainer(_ objective: Objective) -> Trainer {
    var stream = RandomStream(seed: 4, purpose: .test)
    let network = Perceptron(
      dimension: 2, hidden: [12, 8], timeFeatures: TimeFeatures(.logSNR, pairs: 3))
    var trainer = Trainer(
      architecture: network, process: process,
      trainingSet: .fixed(stream.normals(count: 150, dimension: 2)), objective: objective,
      optimization: Optimization(rule: FullBatchDescent(), learningRate: 0.1), batch: 1, seed: 3,
      threads: 1)
    trainer.state.parameters = network.testParameters(seed: 8)
    return trainer
  }

  @Test(
    "The loss over fixed rows is that of a step on the whole set",
    arguments: [
      Objective(weighting: MinSNRWeighting(), noise: .fixedPairs),
      Objective(
        target: VelocityTarget(), levels: FixedLevel(time: 0.3), noise: .fixed),
    ])
  func likeTraining(objective: Objective) {
    var trainer = Self.trainer(objective)
    let level = Self.process.level(at: 0.3)
    let risk = FixedRisk(
      architecture: trainer.architecture, target: objective.target, process: Self.process,
      rows: trainer.fixedRows(at: [level]), threads: 1)
    let parameters = trainer.state.parameters.map { Double($0) }
    var gradient = [Double](repeating: 0, count: parameters.count)
    let loss = risk.evaluate(at: parameters, gradient: &gradient)
    // Float32 sums in another order, and levels whose clock is worked out again.
    #expect(abs(loss - trainer.step().loss) < 1e-5 * loss)
  }

  @Test(
    "Each point keeps its level where pairs are fixed, and is at every level where noise alone is")
  func levels() {
    let levels = [0.1, 0.5, 2].map { Self.process.level(at: $0) }
    let pairs = Self.trainer(Objective(noise: .fixedPairs)).fixedRows(at: levels)
    #expect(pairs.count == 150 && pairs.allSatisfy { $0.points.count == 1 })
    #expect(Set(pairs.map(\.level)).count > 100)
    let rows = Self.trainer(Objective(noise: .fixed)).fixedRows(at: levels)
    #expect(rows.map(\.level) == levels && rows.allSatisfy { $0.points.count == 150 })
    // The same noise at all of them.
    let noise = rows.map(\.targets)
    #expect(noise[0] == noise[1] && noise[1] == noise[2])
  }
}
