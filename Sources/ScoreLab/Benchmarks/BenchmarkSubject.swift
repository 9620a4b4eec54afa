import ScoreCore

/// What the benchmarks run on, put together from the core in this one place.
struct BenchmarkSubject {
  private static let timePairs = 16
  /// The inputs of the network: two coordinates, then sines and cosines.
  static let inputs = 2 + 2 * timePairs
  private static let seed: UInt64 = 7
  private static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)

  let benchmark: BenchmarkCase
  let threads: Int

  /// The distribution of the default configuration, two moons.
  private var distribution: any KnownScoreDistribution {
    guard
      let distribution = try? RunConfiguration().distribution.makeDistribution(
        dataSource: DataFile())
    else {
      preconditionFailure("The default distribution can be made.")
    }
    return distribution
  }

  /// A run of one batch a step, its 10,000 points in memory.
  func training(batch: Int) -> Trainer {
    Trainer(
      architecture: Perceptron(
        InputEncoding(dimension: 2, timeFeatures: TimeFeatures(.logSNR, pairs: Self.timePairs)),
        hidden: Array(repeating: benchmark.width, count: benchmark.depth)),
      process: Self.process,
      trainingSet: TrainingSet.make(from: distribution, count: 10_000, seed: Self.seed),
      objective: Objective(levels: UniformTime()),
      optimization: Optimization(learningRate: 1e-3), batch: batch, seed: Self.seed,
      threads: threads)
  }

  /// A network that has learned a little: fresh ones predict zero whatever the point.
  func score() -> any ScoreFunction {
    var run = training(batch: 256)
    for _ in 0..<100 { _ = run.step() }
    return run.averagedScore
  }

  /// A sampling pass that has not begun.
  func samplingPass(score: any ScoreFunction) -> SamplingPass {
    SamplingPass(
      sampler: EulerMaruyama(), grid: UniformGrid(), stepCount: BenchmarkCase.samplingSteps,
      process: Self.process, score: score, count: benchmark.count, seed: Self.seed)
  }

  /// A probe that has not computed its exact scores.
  func probe() -> ErrorProbe {
    ErrorProbe(
      distribution: distribution, process: Self.process, levelCount: BenchmarkCase.probeLevels,
      pointCount: benchmark.count, seed: Self.seed)
  }
}
