import ScoreCore
import ScoreLab
import ScoreTheory

// Runs of the training core, and how far they are from minimisers.
extension ThreeErrorsPlan {
  /// A run on fixed pairs.
  private func run(
    _ kind: ScoreClass, level: Int, _ pairs: (clean: Points, noise: Points), rate: Double,
    schedule: any RateSchedule, seed: UInt64
  ) -> Trainer {
    let time = values.times[level]
    let network = kind.architecture(values)
    var run = Trainer(
      architecture: network, process: process,
      trainingSet: .rows(
        TrainingRows(
          points: pairs.clean,
          pairs: TrainingRows.NoisePairs(
            times: Array(repeating: time, count: pairs.clean.count), noise: pairs.noise))),
      objective: Objective(target: NoiseTarget(), levels: FixedLevel(time: time)),
      optimization: Optimization(
        rule: MomentumDescent(momentum: 0), learningRate: rate, schedule: schedule,
        average: WeightAverage(decay: 0)),
      batch: values.batch, seed: seed, threads: 1)
    // All runs share the frozen features, which are the class.
    run.state = TrainingState(
      parameters: network.initialParameters(seed: self.seed),
      momentCount: run.optimization.rule.momentCount)
    return run
  }

  func descent(_ batch: Int) -> Record {
    let size = values.descents / ThreeErrors.batchCount
    var decay = values.checkpoints.map { _ in 0.0 }
    for index in 0..<size {
      let (run, exact, _) = start(
        batch * size + index, rate: 0.1, schedule: decaySchedule, seedIndex: 0)
      let found = distances(run, exact, at: values.checkpoints)
      for place in found.indices { decay[place] += found[place] / Double(size) }
    }
    var (floors, expected): ([Double], [Double]) = ([], [])
    for (place, rate) in values.rates.enumerated() {
      let (run, exact, variance) = start(
        batch, rate: usedRate(rate), schedule: ConstantRate(), seedIndex: place + 1)
      // The second half of the run, which forgets its start after some 1 / (4 rate) steps.
      let half = (0..<200).map { values.steps / 2 + values.steps / 400 * ($0 + 1) }
      floors.append(Estimate(distances(run, exact, at: half)).value)
      expected.append(rate * variance / Double(values.batch))
    }
    return .descent(decay: decay, floors: floors, expected: expected)
  }

  /// A run of the linear class at the middle level with its exact minimiser, and the variance of
  /// gradients there.
  private func start(
    _ set: Int, rate: Double, schedule: any RateSchedule, seedIndex: Int
  ) -> (run: Trainer, exact: Points, variance: Double) {
    let (level, map) = (values.middle, featureMap(.linear))
    var stream = stream(5, set, seedIndex)
    let pairs = pairs(values.points, using: &stream)
    let regression = regression(map, level: level, rows: rows(pairs, level: level))
    guard let minimiser = regression.minimiser,
      let error = EstimationError(
        self.regression(map, level: level), rule: rules[level], distribution: exactDistribution)
    else { preconditionFailure("A regression with a penalty has a minimiser.") }
    let own = RandomStream.derivedSeed(
      seed: seed, index: UInt64(set) << 8 | UInt64(seedIndex))
    return (
      run(.linear, level: level, pairs, rate: rate, schedule: schedule, seed: own),
      minimiser.score(at: rules[level].points, level: rules[level].level), error.gradientVariance
    )
  }

  /// The squared distances of a run from a score after numbers of steps.
  private func distances(_ start: Trainer, _ exact: Points, at steps: [Int]) -> [Double] {
    var run = start
    return steps.map { target in
      while run.state.step < target { _ = run.step() }
      return gap(exact, run.currentScore, level: values.middle).squared
    }
  }

  func split(
    _ kind: ScoreClass, level: Int, set: Int, given records: Records, threads: Int
  ) -> any UnitWork<Record> {
    var stream = stream(6, level, set)
    let pairs = pairs(values.points, using: &stream)
    let own = RandomStream.derivedSeed(
      seed: seed, index: 1 << 32 | UInt64(level) << 16 | UInt64(set))
    let run = run(
      kind, level: level, pairs, rate: values.rate,
      schedule: InverseTimeRate(halfStep: Double(values.steps) / 10), seed: own)
    return UnitTraining(run, stepCount: values.steps, partSteps: 2000, threads: threads).map {
      let score = trained(networkScore(kind.architecture(values), $0.average.values))
      return .split(
        errors(kind, level: level, rows: rows(pairs, level: level), of: score, given: records))
    }
  }

  private func errors(
    _ kind: ScoreClass, level: Int, rows: RegressionRows, of score: any ScoreFunction,
    given records: Records
  ) -> ErrorSplit {
    let (rule, network) = (rules[level], kind.architecture(values))
    let population: any ScoreFunction
    let empirical: any ScoreFunction
    var (norm, methodGap): (Double?, Double?)
    switch kind {
    case .linear, .features:
      let map = featureMap(kind)
      population = minimiser(map, level: level)
      empirical = minimiser(map, level: level, rows: rows)
    case .network:
      let found = risk(network, rows).minimum(from: starts(network), by: method)
      norm = found.gradientNorm
      population = populationMinimum(level, records)
      empirical = networkScore(network, found.parameters)
    }
    let (a, b) = (
      population.score(at: rule.points, level: rule.level),
      empirical.score(at: rule.points, level: rule.level)
    )
    if kind == .linear {
      let found = risk(network, rows)
        .minimum(from: [network.initialParameters(seed: seed)], by: method)
      norm = found.gradientNorm
      methodGap = gap(b, networkScore(network, found.parameters), level: level).squared
    }
    return ErrorSplit(
      approximation: gap(rule.scores, population, level: level),
      statistical: gap(a, empirical, level: level), optimization: gap(b, score, level: level),
      total: gap(rule.scores, score, level: level),
      empirical: gap(rule.scores, empirical, level: level), gradientNorm: norm,
      methodGap: methodGap)
  }
}
