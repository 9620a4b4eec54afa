import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

extension PosteriorEstimationPlan {
  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .known(let task): return SingleStep { .known(known(task)) }
    case .network(let task, let budget):
      let simulations = simulations(task, count: budget, part: 1)
      return training(task, simulations, seed: budget, threads: threads) { source, _ in
        .network(learned(task, learned(source, task, budget)))
      }
    case .single(let count):
      let simulations = simulations(.twoMoons, count: count, part: 2)
      return training(.twoMoons, simulations, seed: count, threads: threads) { network, weights in
        .single(
          Single(
            weights: weights, parameters: network.parameters, observations: network.observations,
            accuracies: (0..<values.roundObservations).map {
              accuracy(learned(network, .twoMoons, count), .twoMoons, observation: $0, part: 5)
            }))
      }
    case .round(let observation, let truncation):
      guard case .single(let first)? = records[.single(simulations: values.roundBudget / 2)] else {
        preconditionFailure("A second round has a first.")
      }
      return secondRound(first, observation: observation, truncation, threads: threads)
    }
  }

  /// Parameters with their observations.
  struct Simulations: Sendable {
    var parameters: Points
    var observations: Points
  }

  func stream(_ part: UInt64, _ task: Task, _ index: Int = 0) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment,
      index: part << 56 | UInt64(Task.allCases.firstIndex(of: task) ?? 0) << 48 | UInt64(index))
  }

  func simulations(_ task: Task, count: Int, part: UInt64) -> Simulations {
    var stream = stream(part, task)
    let drawn = task.simulator.drawPairs(count: count, using: &stream)
    return Simulations(parameters: drawn.parameters, observations: drawn.observations)
  }

  // MARK: - Networks

  private func architecture(_ task: Task) -> Perceptron {
    let simulator = task.simulator
    return Perceptron(
      InputEncoding(
        dimension: simulator.parameterCount, positionPairs: 2,
        timeFeatures: TimeFeatures(.logSNR, pairs: 8),
        conditionCount: simulator.observationCount),
      hidden: [values.width, values.width])
  }

  func network(
    _ task: Task, _ weights: TrainedWeights, _ parameters: ColumnScale, _ observations: ColumnScale
  ) -> PosteriorNetwork {
    PosteriorNetwork(
      architecture: architecture(task), weights: weights.average.values,
      parameters: parameters, observations: observations, process: values.process,
      steps: values.samplerSteps)
  }

  func training(
    _ task: Task, _ simulations: Simulations, seed index: Int, threads: Int,
    _ finish: @escaping @Sendable (PosteriorNetwork, TrainedWeights) -> Record
  ) -> some UnitWork<Record> {
    let parameters = ColumnScale(of: simulations.parameters)
    let observations = ColumnScale(of: simulations.observations)
    let rows = TrainingRows(
      points: parameters.applied(to: simulations.parameters),
      conditions: observations.applied(to: simulations.observations))
    let trainer = Trainer(
      architecture: architecture(task), process: values.process, trainingSet: .rows(rows),
      optimization: Optimization(
        learningRate: values.rate, schedule: CosineRate(steps: values.steps),
        average: WeightAverage(decay: 0.99)),
      batch: values.batch, seed: RandomStream.derivedSeed(seed: seed, index: UInt64(index)),
      threads: threads)
    return UnitTraining(trainer, stepCount: values.steps, partSteps: 200, threads: threads).map {
      finish(network(task, $0, parameters, observations), $0)
    }
  }

  // MARK: - Tests

  /// An observation of the prior's own parameters, the same for all that is tested.
  func observation(_ task: Task, _ index: Int, part: UInt64) -> [Double] {
    var stream = stream(part, task, index)
    return task.simulator.drawPairs(count: 1, using: &stream).observations.row(0)
  }

  /// The accuracy of a classifier on samples and exact draws: a half where they cannot be told apart.
  func accuracy(
    _ source: any PosteriorSource, _ task: Task, observation index: Int, part: UInt64
  ) -> Double {
    let observation = observation(task, index, part: part)
    let drawn = source.draw(
      given: observation, count: values.samples,
      seed: RandomStream.derivedSeed(seed: seed, index: UInt64(index)))
    var stream = stream(part + 1, task, index)
    let exact = task.simulator.drawPosterior(
      given: observation, count: values.samples, using: &stream)
    return NetworkClassifier.accuracy(drawn, exact, settings: MetricSettings(seed: seed))
  }

  private func accuracies(_ source: any PosteriorSource, _ task: Task) -> [Double] {
    (0..<values.observations).map { accuracy(source, task, observation: $0, part: 3) }
  }

  private func ranks(
    _ source: any PosteriorSource, _ task: Task, pairs: Int, part: UInt64
  ) -> RankHistogram {
    let fresh = simulations(task, count: pairs, part: part)
    return RankHistogram(
      source, parameters: fresh.parameters, observations: fresh.observations,
      draws: PosteriorEstimation.rankDraws, seed: seed)
  }

  private func learned(_ task: Task, _ source: any PosteriorSource) -> Learned {
    Learned(
      accuracies: accuracies(source, task),
      ranks: ranks(source, task, pairs: values.pairs, part: 7))
  }

  private func known(_ task: Task) -> Known {
    let simulator = task.simulator
    let exact = exact(ExactPosterior(simulator: simulator))
    let scaled = self.exact(ExactPosterior(simulator: simulator, scale: values.scale))
    let first = simulations(task, count: values.budgets[0], part: 1)
    return Known(
      accuracies: [
        .exact: accuracies(exact, task),
        .regression: accuracies(
          RegressionPosterior(first.parameters, first.observations), task),
        .prior: accuracies(PriorDraws(simulator: simulator), task),
      ],
      exactRanks: ranks(exact, task, pairs: values.exactPairs, part: 8),
      scaledRanks: ranks(scaled, task, pairs: values.exactPairs, part: 8),
      momentGap: task == .linearGaussian ? momentGap(exact) : 0,
      flowGap: task == .linearGaussian ? flowGap() : 0)
  }

  /// How far draws given x = (1, 1) are from mean 10/13 and variance 3/13, in standard errors.
  private func momentGap(_ source: any PosteriorSource) -> Double {
    let drawn = source.draw(
      given: [1, 1], count: values.exactPairs,
      seed: RandomStream.derivedSeed(seed: seed, index: 2000))
    let (mean, variance) = (Estimate(drawn.values), 3.0 / 13)
    let squares = Estimate(drawn.values.map { ($0 - 10.0 / 13) * ($0 - 10.0 / 13) })
    return max(
      abs(mean.value - 10.0 / 13) / mean.standardError,
      abs(squares.value - variance) / squares.standardError)
  }
}
