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
      return training(simulations, seed: budget, threads: threads) { source, _ in
        .network(learned(task, learned(source, task, budget)))
      }
    case .single(let count):
      let simulations = simulations(.twoMoons, count: count, part: 2)
      return training(simulations, seed: count, threads: threads) { network, weights in
        .single(
          Single(
            weights: weights, parameters: network.parameters, observations: network.observations,
            accuracies: (0..<values.roundObservations).map {
              accuracy(learned(network, .twoMoons, count), .twoMoons, observation: $0, part: 5)
            }))
      }
    case .round(let observation):
      let half = values.roundBudget / 2
      guard case .single(let first)? = records[.single(simulations: half)] else {
        preconditionFailure("A second round has a first.")
      }
      return training(
        secondRound(first, observation: observation), seed: half, threads: threads
      ) { source, _ in
        .round(accuracy(second(source), .twoMoons, observation: observation, part: 5))
      }
    }
  }

  /// Parameters with their observations.
  struct Simulations: Sendable {
    var parameters: Points
    var observations: Points
  }

  private func stream(_ part: UInt64, _ task: Task, _ index: Int = 0) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment,
      index: part << 56 | UInt64(Task.allCases.firstIndex(of: task) ?? 0) << 48 | UInt64(index))
  }

  private func simulations(_ task: Task, count: Int, part: UInt64) -> Simulations {
    var stream = stream(part, task)
    let drawn = task.simulator.drawPairs(count: count, using: &stream)
    return Simulations(parameters: drawn.parameters, observations: drawn.observations)
  }

  // MARK: - Networks

  private var architecture: Perceptron {
    Perceptron(
      InputEncoding(
        dimension: 2, positionPairs: 2, timeFeatures: TimeFeatures(.logSNR, pairs: 8),
        conditionCount: 2),
      hidden: [values.width, values.width])
  }

  private func network(
    _ weights: TrainedWeights, _ parameters: ColumnScale, _ observations: ColumnScale
  ) -> PosteriorNetwork {
    PosteriorNetwork(
      architecture: architecture, weights: weights.average.values,
      parameters: parameters, observations: observations, process: values.process,
      steps: values.samplerSteps)
  }

  private func training(
    _ simulations: Simulations, seed index: Int, threads: Int,
    _ finish: @escaping @Sendable (PosteriorNetwork, TrainedWeights) -> Record
  ) -> any UnitWork<Record> {
    let parameters = ColumnScale(of: simulations.parameters)
    let observations = ColumnScale(of: simulations.observations)
    let rows = TrainingRows(
      points: parameters.applied(to: simulations.parameters),
      conditions: observations.applied(to: simulations.observations))
    let trainer = Trainer(
      architecture: architecture, process: values.process, trainingSet: .rows(rows),
      optimization: Optimization(
        learningRate: values.rate, schedule: CosineRate(steps: values.steps),
        average: WeightAverage(decay: 0.99)),
      batch: values.batch, seed: RandomStream.derivedSeed(seed: seed, index: UInt64(index)),
      threads: threads)
    return UnitTraining(trainer, stepCount: values.steps, partSteps: 200, threads: threads).map {
      finish(network($0, parameters, observations), $0)
    }
  }

  /// As many simulations again, with parameters of the prior within a box about the first round's samples,
  /// and those of the first round within it.
  ///
  /// Both are drawn from the prior within the box, so the posterior there is what it was.
  private func secondRound(_ first: Single, observation: Int) -> Simulations {
    let task = Task.twoMoons
    let source = network(first.weights, first.parameters, first.observations)
    let seen = learned(source, task, values.roundBudget / 2).draw(
      given: self.observation(task, observation, part: 5), count: values.samples,
      seed: RandomStream.derivedSeed(seed: seed, index: UInt64(1000 + observation)))
    let box = (0..<2).map { axis in
      let column = seen.column(axis)
      let (low, high) = (column.min() ?? -1, column.max() ?? 1)
      let margin = PosteriorEstimation.boxMargin * (high - low)
      return low - margin...high + margin
    }
    func isInside(_ row: [Double]) -> Bool { zip(box, row).allSatisfy { $0.contains($1) } }
    let half = values.roundBudget / 2
    let old = simulations(task, count: half, part: 2)
    let kept = (0..<half).filter { isInside(old.parameters.row($0)) }
    var stream = stream(9, task, observation)
    var found = Points(zeros: 0, dimension: 2)
    while found.count < half {
      let drawn = task.simulator.drawPrior(count: half, using: &stream)
      let inside = (0..<half).filter { isInside(drawn.row($0)) }.prefix(half - found.count)
      for row in inside { found.append(drawn.rows(row..<row + 1)) }
    }
    var observations = task.simulator.simulate(found, using: &stream)
    for row in kept {
      found.append(old.parameters.rows(row..<row + 1))
      observations.append(old.observations.rows(row..<row + 1))
    }
    return Simulations(parameters: found, observations: observations)
  }

  // MARK: - Tests

  /// An observation of the prior's own parameters, the same for all that is tested.
  private func observation(_ task: Task, _ index: Int, part: UInt64) -> [Double] {
    var stream = stream(part, task, index)
    return task.simulator.drawPairs(count: 1, using: &stream).observations.row(0)
  }

  /// The accuracy of a classifier on samples and exact draws: a half where they cannot be told apart.
  private func accuracy(
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
      momentGap: task == .linearGaussian ? momentGap(exact) : 0)
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
