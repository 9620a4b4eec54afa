import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// Networks that take a condition, and rows that carry their level and noise.
@Suite struct ConditionalTrainingTests {
  static let process = OrnsteinUhlenbeck(horizon: 4, stop: 0.02)
  static let distribution = ClassMixture([
    .init(
      share: 1,
      distribution: GaussianMixture([.init(mean: [-0.8, 0], spread: .isotropic(0.5))])),
    .init(
      share: 2,
      distribution: GaussianMixture([
        .init(mean: [0.8, 0.8], spread: .isotropic(0.4)),
        .init(mean: [0.8, -0.8], spread: .isotropic(0.4)),
      ])),
  ])

  private func network(conditionCount: Int = 2) -> Perceptron {
    Perceptron(
      dimension: 2, hidden: [48, 48], timeFeatures: TimeFeatures(.logSNR, pairs: 8),
      conditionCount: conditionCount)
  }

  private func trained(steps: Int, threads: Int = 2) -> Trainer {
    var run = Trainer(
      architecture: network(), process: Self.process,
      trainingSet: .unlimitedConditional(Self.distribution),
      optimization: Optimization(learningRate: 4e-3, schedule: CosineRate(steps: 1500)),
      batch: 256, seed: 5, threads: threads)
    for _ in 0..<steps { _ = run.step() }
    return run
  }

  @Test("A network that is given the label learns the score of each class, and samples it")
  func learnsClasses() throws {
    let scores = trained(steps: 1500).averagedConditionalScore
    let marginal = ExactScore(Self.distribution.marginal)
    for index in 0..<2 {
      let condition = Self.distribution.condition(ofClass: index)
      let score = scores.given(condition)
      var probe = ErrorProbe(
        distribution: Self.distribution.given(condition), process: Self.process,
        times: [0.1, 0.4, 1],
        pointCount: 4000, seed: 9)
      for level in 0..<3 {
        let learned = probe.measure(score, levelIndex: level).l2
        let blind = probe.measure(marginal, levelIndex: level).l2
        #expect(learned < 0.4 * blind, "class \(index), level \(level): \(learned) for \(blind)")
      }
      var run = SamplingPass(
        sampler: ElucidatedHeun(), grid: LogSNRGrid(), stepCount: 20, process: Self.process,
        score: score, count: 4000, seed: 4)
      while run.step() != nil {}
      let moments = try #require(Self.distribution.given(condition).moments)
      for axis in 0..<2 {
        // A deviation is below 1 and a mean of 4000 off by 0.06 at most; the rest is the network's.
        let mean = Samples.mean(run.points.column(axis))
        #expect(abs(mean - moments.mean[axis]) < 0.15, "class \(index), axis \(axis): \(mean)")
      }
    }
  }

  @Test("The bits do not depend on the threads, and steps are recorded with their conditions")
  func bits() throws {
    var (one, two) = (trained(steps: 20, threads: 1), trained(steps: 20))
    #expect(one.state == two.state)
    let record = one.recordedStep()
    _ = two.step()
    #expect(one.state == two.state && record.batch.conditionCount == 2)
    #expect(record.batch.conditions.count == 2 * record.batch.count)
    let labels = (0..<record.batch.count).map {
      Array(record.batch.conditions[2 * $0..<2 * $0 + 2])
    }
    #expect(labels.allSatisfy { $0 == [1, 0] || $0 == [0, 1] } && Set(labels).count == 2)
    // A row's gradient has the row's condition: their mean is the step's.
    let size = one.architecture.parameterCount
    var mean = [Double](repeating: 0, count: size)
    for row in 0..<record.batch.count {
      for (i, g) in one.gradient(ofRow: row, of: record).gradient.enumerated() {
        mean[i] += Double(g) / Double(record.batch.count)
      }
    }
    let largest = record.gradient.reduce(0) { max($0, abs($1)) }
    for i in 0..<size {
      #expect(abs(mean[i] - Double(record.gradient[i])) < 1e-5 * Double(largest))
    }
  }

  @Test("A condition acts as an input: given it, the network is one with it in its first biases")
  func partialApplication() {
    let condition = Condition([0.7, -1.2])
    let conditional = network()
    let parameters = conditional.testParameters(seed: 6)
    let scores = ConditionalNetworkScore(
      architecture: conditional, target: NoiseTarget(), process: Self.process,
      parameters: parameters, bank: [], threads: 1)
    // The same network without the two inputs, whose weights go into the biases.
    let plain = network(conditionCount: 0)
    let (first, offset) = (conditional.layers[0], conditional.encoding.conditionOffset)
    var own = Array(parameters[..<(offset * first.outputs)])
    own += (0..<first.outputs).map { j in
      condition.values.enumerated().reduce(parameters[first.biasOffset + j]) {
        $0 + Float($1.element) * parameters[(offset + $1.offset) * first.outputs + j]
      }
    }
    own += parameters[(first.biasOffset + first.outputs)...]
    let other = NetworkScore(architecture: plain, parameters: own, process: Self.process)
    let x = Points(rows: [[0.3, -1], [2, 0.1], [0, 0]])
    let level = Self.process.level(at: 0.5)
    let found = scores.given(condition).score(at: x, level: level)
    let expected = other.score(at: x, level: level)
    for (a, b) in zip(found.values, expected.values) { #expect(abs(a - b) < 2e-5) }
  }

  @Test("Rows that carry the level and noise of fixed pairs are trained alike")
  func carriedPairs() {
    let points = Points(rows: (0..<60).map { [sin(Double($0)), cos(2 * Double($0))] })
    func run(_ set: TrainingSet, _ noise: Objective.Noise, _ rule: any UpdateRule) -> Trainer {
      Trainer(
        architecture: network(conditionCount: 0), process: Self.process, trainingSet: set,
        objective: Objective(target: VelocityTarget(), noise: noise),
        optimization: Optimization(rule: rule, learningRate: 0.01), batch: 32, seed: 3)
    }
    // The pairs that one run draws, as numbers: a whole step has the points in order.
    var source = run(.fixed(points), .fixedPairs, FullBatchDescent())
    let batch = source.recordedStep().batch
    let times = zip(batch.alphas, batch.sigmas).map {
      Self.process.time(atLogSNR: 2 * log(Double($0) / Double($1)))
    }
    let noise = Points(values: batch.noise.map { Double($0) }, dimension: 2)
    let rows = TrainingRows(points: points, pairs: .init(times: times, noise: noise))
    var (drawn, carried) = (
      run(.fixed(points), .fixedPairs, Adam()), run(.rows(rows), .fresh, Adam())
    )
    for step in 1...30 {
      let (a, b) = (drawn.step().loss, carried.step().loss)
      // Levels went through float32 once more.
      #expect(abs(a / b - 1) < 1e-4, "step \(step): \(a) and \(b)")
    }
    // Without the pairs the losses are others.
    var fresh = run(.fixed(points), .fresh, Adam())
    #expect(abs(fresh.step().loss / run(.fixed(points), .fixedPairs, Adam()).firstLoss - 1) > 1e-3)
  }

  @Test("Rows may carry numbers for conditions, next to pairs")
  func numbers() {
    // The target of every row is its noise, which the condition names: a network can read it off.
    var stream = RandomStream(seed: 2, purpose: .test)
    let (points, noise) = (
      stream.normals(count: 64, dimension: 1), stream.normals(count: 64, dimension: 1)
    )
    let rows = TrainingRows(
      points: points, conditions: noise,
      pairs: .init(times: Array(repeating: 0.5, count: 64), noise: noise))
    var run = Trainer(
      architecture: Perceptron(
        dimension: 1, hidden: [], timeFeatures: TimeFeatures(.plain, pairs: 0), conditionCount: 1),
      process: Self.process, trainingSet: .rows(rows),
      optimization: Optimization(rule: MomentumDescent(momentum: 0.9), learningRate: 0.05),
      batch: 64,
      seed: 1)
    let first = run.step().loss
    for _ in 0..<400 { _ = run.step() }
    #expect(run.step().loss < 1e-4 * first)
  }
}

extension Trainer {
  /// The loss of the next step.
  fileprivate var firstLoss: Double {
    var copy = self
    return copy.step().loss
  }
}
