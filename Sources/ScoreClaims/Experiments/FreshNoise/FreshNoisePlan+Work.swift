import ScoreCore
import ScoreLab
import ScoreTheory

extension FreshNoisePlan {
  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .normal(let level): SingleStep { .normal(normalErrors(level: level)) }
    case .fits(let data, let level, let set):
      SingleStep { .fits(fits(data, level: level, set: set)) }
    case .run(let data, let level, let set, let isFresh):
      run(data, level: level, set: set, isFresh: isFresh, threads: threads)
    }
  }

  /// Points and the most draws of noise for each: row `j n + i` is draw j of point i.
  struct Sample: Sendable {
    let clean: Points
    let noise: Points

    /// The rows of the first k draws of each point.
    func rows(draws k: Int, level: NoiseLevel) -> RegressionRows {
      let repeated = Points(
        values: (0..<k).flatMap { _ in clean.values }, dimension: clean.dimension)
      return RegressionRows(
        clean: repeated, noise: noise.rows(0..<k * clean.count), level: level,
        target: NoiseTarget())
    }
  }

  /// Spacings of a rule of fresh noise within one deviation of it: kinks want more than lines.
  private static let resolutions = (features: 16.0, line: 4.0)

  /// The rows of endless draws of noise at points.
  static func freshRows(
    _ points: Points, level: NoiseLevel, resolution: Double
  ) -> RegressionRows {
    let mixture = IsotropicMixture(
      means: points, deviations: Array(repeating: 0, count: points.count))
    let (low, high) = (points.values.min() ?? 0, points.values.max() ?? 0)
    return PopulationRule(line: mixture, level: level, range: low...high, resolution: resolution)
      .rows(target: NoiseTarget())
  }

  static func minimiser(
    _ features: any ScoreFeatures, _ rows: RegressionRows, ridge: Double = 1e-10
  ) -> LinearlyWeightedScore {
    var regression = ScoreRegression(features, ridge: ridge)
    regression.add(rows)
    guard let found = regression.minimiser else {
      preconditionFailure("A regression on more points than features has a minimiser.")
    }
    return found
  }

  /// The mean squared error of a prediction at rows.
  private static func loss(_ score: LinearlyWeightedScore, _ rows: RegressionRows) -> Double {
    let predicted = score.prediction(at: rows.points, level: rows.level).values
    let total = rows.weights.reduce(0, +)
    return predicted.indices.reduce(0.0) { sum, row in
      let gap = predicted[row] - rows.targets.values[row]
      return sum + rows.weights[row] * gap * gap / total
    }
  }

  private func stream(_ part: UInt64, _ data: Int, _ level: Int, _ set: Int) -> RandomStream {
    RandomStream(
      seed: seed, purpose: .experiment,
      index: part << 56 | UInt64(data) << 48 | UInt64(level) << 40 | UInt64(set))
  }

  private func sample(_ data: FreshNoise.Data, level: Int, set: Int) -> Sample {
    let place = FreshNoise.Data.allCases.firstIndex(of: data) ?? 0
    var stream = stream(1, place, level, set)
    let clean = values.distribution(of: data).sample(count: values.points, using: &stream)
    return Sample(
      clean: clean,
      noise: stream.normals(count: FreshNoise.mostDraws * values.points, dimension: 1))
  }

  // MARK: - Minimisers

  private func normalErrors(level: Int) -> [[Double]] {
    let features = LinearFeatures(dimension: 1, hasIntercept: false)
    let noise = process.level(at: values.times[level])
    let sets = (0..<values.normalSets).map { set -> [Double] in
      var stream = stream(2, 0, level, set)
      let sample = Sample(
        clean: stream.normals(count: values.points, dimension: 1),
        noise: stream.normals(count: FreshNoise.mostDraws * values.points, dimension: 1))
      let rows =
        FreshNoise.draws.map { sample.rows(draws: usedDraws($0), level: noise) }
        + [
          Self.freshRows(
            freshPoints(sample.clean), level: noise, resolution: Self.resolutions.line)
        ]
      return rows.map { rows in
        // N(0, 1) stays what it is, so that the exact prediction is sigma x.
        let gap = Self.minimiser(features, rows, ridge: 0).weights[0] - noise.sigma
        return gap * gap
      }
    }
    return (0...FreshNoise.draws.count).map { place in sets.map { $0[place] } }
  }

  private func fits(_ data: FreshNoise.Data, level: Int, set: Int) -> Fits {
    let (population, sample) = (population(data, level), sample(data, level: level, set: set))
    let (rule, noise) = (population.rule, population.rule.level)
    let freshRows = Self.freshRows(
      freshPoints(sample.clean), level: noise, resolution: Self.resolutions.features)
    let fresh = Self.minimiser(features, freshRows)
    let rows = FreshNoise.draws.map { sample.rows(draws: usedDraws($0), level: noise) }
    let found = rows.map { Self.minimiser(features, $0) }
    let limit = fresh.score(at: rule.points, level: noise)
    return Fits(
      draws: found.map { errors(of: $0, population) }, fresh: errors(of: fresh, population),
      distances: found.map {
        rule.gap(between: limit, and: $0.score(at: rule.points, level: noise), deltas: []).squared
      },
      zero: errors(of: BaselineScore.Zero(dimension: 1), population),
      gaussian: errors(of: BaselineScore.gaussian(fittedTo: sample.clean), population),
      excesses: [
        Self.loss(fresh, rows[0]) - Self.loss(found[0], rows[0]),
        Self.loss(found[0], freshRows) - Self.loss(fresh, freshRows),
      ])
  }

  private func errors(of score: any ScoreFunction, _ population: Population) -> Errors {
    let rule = population.rule
    let found = score.score(at: rule.points, level: rule.level)
    func gap(_ other: Points) -> ScoreGap {
      rule.gap(between: other, and: found, deltas: [values.delta])
    }
    return Errors(statistical: gap(population.minimiser), whole: gap(rule.scores))
  }

  // MARK: - Descents

  /// A descent on the points of a data set, on the first noise of each or on fresh noise; both start at one
  /// place and draw their batches with one seed.
  private func run(
    _ data: FreshNoise.Data, level: Int, set: Int, isFresh: Bool, threads: Int
  ) -> any UnitWork<Record> {
    let (sample, time) = (sample(data, level: level, set: set), values.times[level])
    let pairs = TrainingRows.NoisePairs(
      times: Array(repeating: time, count: values.points),
      noise: sample.noise.rows(0..<values.points))
    let architecture = values.architecture
    var run = Trainer(
      architecture: architecture, process: process,
      trainingSet: .rows(TrainingRows(points: sample.clean, pairs: isFresh ? nil : pairs)),
      objective: Objective(target: NoiseTarget(), levels: FixedLevel(time: time)),
      optimization: Optimization(
        rule: MomentumDescent(momentum: 0), learningRate: values.rate,
        schedule: InverseTimeRate(halfStep: Double(values.steps) / 10),
        average: WeightAverage(decay: 0)),
      batch: values.batch,
      seed: RandomStream.derivedSeed(
        seed: seed,
        index: UInt64(level) << 32 | UInt64(data == .hardPair ? 1 : 0) << 24
          | UInt64(set)), threads: threads)
    // All share the frozen features, which are the class.
    run.state = TrainingState(
      parameters: architecture.initialParameters(seed: seed),
      momentCount: run.optimization.rule.momentCount)
    return UnitTraining(run, stepCount: values.steps, partSteps: 2000, threads: threads).map {
      let score = NetworkScore(
        architecture: architecture, parameters: $0.average.values, process: process, threads: 1)
      return .run(errors(of: isFresh ? trained(score) : score, population(data, level)))
    }
  }
}
