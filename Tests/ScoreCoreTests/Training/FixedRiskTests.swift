import Glibc
import Testing

@testable import ScoreCore

@Suite struct FixedRiskTests {
  private static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
  private static let times = [0.05, 0.4, 2]

  /// 210 points with noise, 70 at each of three levels.
  private static func pairs() -> TrainingRows {
    var stream = RandomStream(seed: 4, purpose: .test)
    let count = 70 * times.count
    return TrainingRows(
      points: stream.normals(count: count, dimension: 2),
      pairs: TrainingRows.NoisePairs(
        times: (0..<count).map { times[$0 % times.count] },
        noise: stream.normals(count: count, dimension: 2)))
  }

  static let objectives: [Objective] = [
    Objective(), Objective(target: VelocityTarget(), weighting: MinSNRWeighting()),
  ]

  @Test(
    "Loss and gradient are those of a training step on the whole set",
    arguments: objectives.indices, [false, true])
  func likeTraining(index: Int, frozen: Bool) throws {
    let (objective, process, rows) = (Self.objectives[index], Self.process, Self.pairs())
    let pairs = try #require(rows.pairs)
    let network = Perceptron(
      dimension: 2, hidden: [12, 8], timeFeatures: TimeFeatures(.logSNR, pairs: 3),
      hasFrozenFeatures: frozen)
    var trainer = Trainer(
      architecture: network, process: process, trainingSet: .rows(rows), objective: objective,
      optimization: Optimization(rule: FullBatchDescent(), learningRate: 0.1), batch: 1, seed: 3,
      threads: 2)
    trainer.state.parameters = network.testParameters(seed: 8)
    let record = trainer.recordedStep()
    let risk = FixedRisk(
      architecture: network, target: objective.target, process: process,
      rows: Self.times.map { time in
        let level = process.level(at: time)
        let own = pairs.times.indices.filter { pairs.times[$0] == time }
        return RegressionRows(
          clean: Points(rows: own.map { rows.points.row($0) }),
          noise: Points(rows: own.map { pairs.noise.row($0) }), level: level,
          target: objective.target, weight: objective.weight(at: level, process: process) / 3)
      }, threads: 2)
    var gradient = [Double](repeating: 0, count: network.parameterCount)
    let parameters = record.before.parameters.map { Double($0) }
    let loss = risk.evaluate(at: parameters, gradient: &gradient)
    // Sums of some hundred float32 terms in another order.
    #expect(abs(loss - record.report.loss) < 1e-6 * loss)
    let gap = zip(gradient, record.gradient).reduce(0.0) { $0 + pow($1.0 - Double($1.1), 2) }
    let size = gradient.reduce(0.0) { $0 + $1 * $1 }
    #expect(gap.squareRoot() < 1e-5 * size.squareRoot() && size > 0)
    #expect(gradient[..<network.trainedOffset].allSatisfy { $0 == 0 })
  }

  @Test("The output layer's inputs times its weights are the prediction", arguments: [[], [9, 7]])
  func outputLayer(hidden: [Int]) {
    let network = Perceptron(
      dimension: 2, hidden: hidden, timeFeatures: TimeFeatures(.logSNR, pairs: 2),
      positionPairs: 1)
    let parameters = network.testParameters(seed: 2)
    let score = NetworkScore(
      architecture: network, parameters: parameters, process: Self.process, threads: 1)
    var stream = RandomStream(seed: 5, purpose: .test)
    // More points than go through the layers at once.
    let (x, level) = (
      stream.normals(count: 300, dimension: 2), Self.process.level(at: 0.3)
    )
    let inputs = score.outputLayerInputs(at: x, level: level)
    let prediction = score.prediction(at: x, level: level)
    let last = network.layers[network.layers.count - 1]
    for row in 0..<x.count {
      for axis in 0..<2 {
        let sum = (0..<last.inputs).reduce(Double(parameters[last.biasOffset + axis])) {
          $0 + inputs[row * last.inputs + $1]
            * Double(parameters[last.weightOffset + 2 * $1 + axis])
        }
        // float32 sums of some ten terms near 1.
        #expect(abs(sum - prediction[row, axis]) < 1e-5)
      }
    }
  }
}
