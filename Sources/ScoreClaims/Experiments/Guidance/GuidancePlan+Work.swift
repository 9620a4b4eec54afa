import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

extension GuidancePlan {
  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .exact(let place): SingleStep { .exact(exact(Guidance.weights[place])) }
    case .pair: SingleStep { .pair(pair()) }
    case .train(let set): training(set, threads: threads)
    }
  }

  // MARK: - Exact scores

  private func guided(_ weight: Double) -> GuidedScore {
    let classes = values.classes
    return GuidedScore(
      conditional: ExactScore(classes.given(values.wanted)),
      marginal: ExactScore(classes.marginal), weight: weight)
  }

  private func followed(_ score: any ScoreFunction) -> GuidedLaw {
    GuidedLaw(
      of: score, process: values.process, steps: values.flowSteps, cells: values.cells)
  }

  private func compared(_ found: GuidedLaw, weight: Double, exact: GuidedLaw) -> Law {
    let tilted = TiltedLaw(deviation: values.deviation, weight: weight)
    return Law(
      mean: found.mean, deviation: found.deviation,
      toTilted: found.variation { tilted.share(below: $0) },
      toConditional: found.variation { StandardNormal.cdf(($0 - 1) / values.deviation) },
      toExact: found.variation { exact.share(below: $0) })
  }

  private func exact(_ weight: Double) -> Exact {
    let score = exact(guided(weight))
    let tilted = TiltedLaw(deviation: values.deviation, weight: weight)
    let law = followed(score)
    return Exact(
      weight: weight, law: compared(law, weight: weight, exact: law), tiltedMean: tilted.mean,
      tiltedDeviation: tilted.deviation,
      scoreGaps: Guidance.ratios.map {
        tilted.scoreGap(of: score, level: Self.level(ratio: $0))
      },
      formGap: formGap(score, weight: weight))
  }

  /// The level of variance one whose noise over signal is a ratio.
  static func level(ratio: Double) -> NoiseLevel {
    let size = hypot(1, ratio)
    return NoiseLevel(alpha: 1 / size, sigma: ratio / size)
  }

  /// The largest gap, times sigma, to `-(x - alpha)/C + w (2 alpha / C) / (1 + exp(2 alpha x / C))`, where `C =
  /// alpha^2 s^2 + sigma^2`: the conditional score and w times the gradient of log p(y|x).
  private func formGap(_ score: any ScoreFunction, weight: Double) -> Double {
    let x = Points(values: (-40...40).map { Double($0) / 10 }, dimension: 1)
    return Guidance.ratios.map { ratio in
      let level = Self.level(ratio: ratio)
      let spread = pow(level.alpha * values.deviation, 2) + level.sigma * level.sigma
      let found = score.score(at: x, level: level)
      return zip(x.values, found.values).map { x, score in
        let tilt = 2 * level.alpha / spread
        return level.sigma
          * abs(score + (x - level.alpha) / spread - weight * tilt / (1 + exp(tilt * x)))
      }.max() ?? .nan
    }.max() ?? .nan
  }

  // MARK: - The Gaussian pair, and draws

  /// The groups that draws are cut into for an interval.
  private static let groups = 20

  private func pair() -> Pair {
    let pair = GaussianPair(
      conditional: Guidance.pairVariances.conditional, marginal: Guidance.pairVariances.marginal)
    let score = drawn(pair.score(weight: values.weight))
    var pass = SamplingPass(
      sampler: ExponentialIntegrator(), grid: LogSNRGrid(), stepCount: values.samplerSteps,
      process: values.process, score: score, count: values.draws, seed: seed)
    while pass.step() != nil {}
    let expected = pair.samplerVariance(weight: values.weight)
    let size = values.draws / Self.groups
    return Pair(
      flowGap: Guidance.weights.map { flowGap(pair, weight: $0) }.max() ?? .nan,
      samplerRatios: (0..<Self.groups).map { group in
        let rows = pass.points.values[group * size..<(group + 1) * size]
        return rows.reduce(0.0) { $0 + $1 * $1 } / Double(size) / expected
      },
      drawGap: drawGap())
  }

  private func flowGap(_ pair: GaussianPair, weight: Double) -> Double {
    let process = values.process
    let law = followed(drawn(pair.score(weight: weight)))
    let start = GuidedLaw.quantiles(values.cells)
    let (first, last) = (process.level(at: process.horizon), process.level(at: process.stop))
    // Images over starts: a line through zero, by least squares.
    let slope =
      zip(start, law.images).reduce(0.0) { $0 + $1.0 * $1.1 }
      / start.reduce(0.0) { $0 + $1 * $1 }
    let expected =
      last.alpha / first.alpha
      * pair.flowFactor(
        weight: weight, from: pow(first.noiseRatio, 2), to: pow(last.noiseRatio, 2))
    return abs(slope / expected - 1)
  }

  /// Draws by another solver from random noise, against the quantiles of the flow.
  private func drawGap() -> Double {
    let guided = guided(values.weight)
    let law = followed(exact(guided))
    var pass = SamplingPass(
      sampler: MultistepSolver(), grid: LogSNRGrid(), stepCount: values.flowSteps,
      process: values.process, score: drawn(guided), count: values.draws, seed: seed)
    while pass.step() != nil {}
    let sorted = pass.points.values.sorted()
    let count = Double(sorted.count)
    let gap = sorted.enumerated().map { place, x in
      abs((Double(place) + 0.5) / count - law.share(below: x))
    }
    return gap.contains(where: \.isNaN) ? .nan : (gap.max() ?? .nan) * count.squareRoot()
  }

  // MARK: - Networks

  private var architecture: Perceptron {
    Perceptron(
      InputEncoding(
        dimension: 1, timeFeatures: TimeFeatures(.logSNR, pairs: 8), conditionCount: 2),
      hidden: [values.width, values.width])
  }

  /// Points with their labels, some of which are hidden: both inputs are zero there.
  private func rows(_ set: Int) -> TrainingRows {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: UInt64(set))
    let drawn = values.classes.sample(count: values.points, using: &stream)
    var conditions = drawn.conditions
    for row in 0..<conditions.count where stream.uniform() < Guidance.unlabelled {
      for axis in 0..<conditions.dimension { conditions[row, axis] = 0 }
    }
    return TrainingRows(points: drawn.points, conditions: conditions)
  }

  private func training(_ set: Int, threads: Int) -> any UnitWork<Record> {
    let (architecture, process) = (architecture, values.process)
    let trainer = Trainer(
      architecture: architecture, process: process, trainingSet: .rows(rows(set)),
      optimization: Optimization(
        learningRate: values.rate, schedule: CosineRate(steps: values.steps),
        average: WeightAverage(decay: 0.99)),
      batch: values.batch, seed: RandomStream.derivedSeed(seed: seed, index: UInt64(set)),
      threads: threads)
    return UnitTraining(trainer, stepCount: values.steps, partSteps: 500, threads: threads).map {
      let weights = $0.average.values
      func network(_ condition: [Double]) -> NetworkScore {
        NetworkScore(
          architecture: architecture, parameters: weights, process: process,
          condition: condition, threads: 1)
      }
      func law(_ weight: Double) -> Law {
        let score = learned(
          GuidedScore(
            conditional: network(values.wanted.values), marginal: network([0, 0]), weight: weight))
        return compared(
          followed(score), weight: weight, exact: followed(guided(weight)))
      }
      return .train(Trained(guided: law(values.weight), plain: law(0)))
    }
  }
}
