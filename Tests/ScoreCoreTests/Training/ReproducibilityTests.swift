import TestSupport
import Testing

@testable import ScoreCore

/// The same configuration and seed give the same bits, however the work is done.
@Suite struct ReproducibilityTests {
  private func run(
    batch: Int, threads: Int = 2, seed: UInt64 = 1, fixed: Bool = false,
    objective: Objective = Objective(), rule: any UpdateRule = Adam(), maximumNorm: Double? = nil,
    architecture: any Architecture = Perceptron(dimension: 2, hidden: [33, 20], timePairs: 6)
  ) -> Trainer {
    Trainer(
      architecture: architecture,
      process: OrnsteinUhlenbeck(horizon: 5, stop: 0.001),
      trainingSet: .make(
        from: ReferenceGaussian(dimension: 2), count: fixed ? 100 : nil, seed: seed),
      objective: objective,
      optimization: Optimization(
        rule: rule, learningRate: 1e-3, maximumNorm: maximumNorm,
        average: WeightAverage(decay: 0.99)),
      batch: batch, seed: seed, threads: threads)
  }

  private func advance(_ run: inout Trainer, steps: Int) -> [Double] {
    (0..<steps).map { _ in run.step().loss }
  }

  @Test(
    "The number of threads changes no bit", arguments: [1, 63, 64, 65, 256, 1000, 1400], [2, 3, 16])
  func threads(batch: Int, threads: Int) {
    var (one, many) = (run(batch: batch, threads: 1), run(batch: batch, threads: threads))
    let losses = advance(&one, steps: 20)
    #expect(advance(&many, steps: 20) == losses)
    #expect(one.state == many.state)
    #expect(one.state.parameters.allSatisfy { $0.isFinite })
    #expect(one.state.parameters != one.architecture.initialParameters(seed: 1))
  }

  @Test("Nor does it with gradients that are computed in several parts, of any architecture")
  func threadsOfArchitectures() {
    let encoding = InputEncoding(
      dimension: 2, positionPairs: 2, timeFeatures: TimeFeatures(.logSNR, pairs: 4))
    let architectures: [any Architecture] = [
      Perceptron(encoding, hidden: [200, 200], isResidual: true),
      Perceptron(encoding, hidden: [70, 160], hasFrozenFeatures: true),
      NeuralTangentNetwork(encoding, width: 150, trainsOuterWeights: true),
      ConservativeNetwork(encoding, width: 150),
    ]
    for architecture in architectures {
      #expect(architecture.gradientParts >= 2 || architecture.segments.contains { !$0.isTrained })
      var (one, many) = (
        run(batch: 1400, threads: 1, architecture: architecture),
        run(batch: 1400, threads: 5, architecture: architecture)
      )
      #expect(advance(&one, steps: 3) == advance(&many, steps: 3))
      #expect(one.state == many.state)
      #expect(one.state.parameters != architecture.initialParameters(seed: 1))
    }
  }

  @Test("Fixed noise, banks and clipping change no bit with the threads either")
  func threadsOfVariants() {
    let variants: [(Objective, any UpdateRule, Double?)] = [
      (Objective(noise: .fixed), Adam(), 0.01),
      (Objective(noise: .fixedPairs), Adam(), 0.01),
      (Objective(levels: NetworkBank(networks: 3)), MomentumDescent(), nil),
      (Objective(isStratified: false, noise: .fixed), FullBatchDescent(), 0.1),
    ]
    for (objective, rule, norm) in variants {
      func make(_ threads: Int) -> Trainer {
        run(
          batch: 300, threads: threads, fixed: true, objective: objective, rule: rule,
          maximumNorm: norm)
      }
      var (one, many) = (make(1), make(3))
      #expect(advance(&one, steps: 12) == advance(&many, steps: 12))
      #expect(one.state == many.state)
    }
  }

  @Test(
    "A run continued from a copied state equals the uninterrupted run", arguments: [true, false])
  func continuation(fixed: Bool) {
    var whole = run(batch: 100, fixed: fixed)
    let losses = advance(&whole, steps: 30)
    var before = run(batch: 100, fixed: fixed)
    let first = advance(&before, steps: 13)
    var after = run(batch: 100, fixed: fixed)
    after.state = before.state
    #expect(first + advance(&after, steps: 17) == losses)
    #expect(after.state == whole.state)
  }

  @Test("Copies of a run never touch each other")
  func copies() {
    var a = run(batch: 130)
    _ = advance(&a, steps: 5)
    var b = a
    let frozen = a.state
    let lossesA = advance(&a, steps: 7)
    #expect(b.state == frozen)
    let lossesB = advance(&b, steps: 3)
    let middle = a.state
    #expect(lossesB + advance(&b, steps: 4) == lossesA)
    #expect(a.state == middle && b.state == middle)
    // In turns, with different settings, each copy still equals its lonely twin.
    var c = a
    var lonely = a
    c.optimization.learningRate = 0.1
    c.batch = 17
    for _ in 0..<4 {
      _ = a.step()
      _ = c.step()
    }
    _ = advance(&lonely, steps: 4)
    #expect(a.state == lonely.state && a.state != c.state)
  }

  @Test("A batch size changed between steps leaves nothing of the old batch behind")
  func changedBatch() {
    var changed = run(batch: 1000)
    for batch in [1000, 64, 512, 1024, 65, 700, 1, 300] {
      changed.batch = batch
      // A fresh run at the same state has a workspace that never saw another batch.
      var fresh = run(batch: batch)
      fresh.state = changed.state
      #expect(changed.step() == fresh.step())
      #expect(changed.state == fresh.state)
    }
  }

  @Test("Seeds differ in their start and in their batches")
  func seeds() {
    var (a, b) = (run(batch: 64, seed: 1), run(batch: 64, seed: 2))
    #expect(a.state != b.state)
    b.state = a.state
    #expect(a.step().loss != b.step().loss)
    #expect(a.step().loss != a.step().loss)
  }
}
