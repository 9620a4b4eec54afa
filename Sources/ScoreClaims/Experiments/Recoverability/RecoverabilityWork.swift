import ScoreCore
import ScoreLab

/// The networks of one seed, trained in two halves and then measured one after the other.
struct RecoverabilityWork: UnitWork {
  typealias Record = RecoverabilityPlan.Record
  private typealias Outcome = RecoverabilityPlan.Outcome

  private let plan: RecoverabilityPlan
  private let threads: Int
  private let index: Int
  private var probe: ErrorProbe
  private let heldOut: HeldOutLoss
  private var training: ParallelTraining
  private var isFirstHalf = true
  private var slicesDone = 0
  private var untrained: NetworkScore
  private var excessHalfway = Double.nan
  private var measured: [Outcome] = []

  init(_ plan: RecoverabilityPlan, index: Int, threads: Int) {
    (self.plan, self.index, self.threads) = (plan, index, threads)
    let seed = plan.replicateSeed(index)
    probe = ErrorProbe(
      distribution: plan.distribution, process: plan.process, times: plan.times,
      pointCount: plan.setup.run.probe.points, seed: seed)
    heldOut = HeldOutLoss(
      distribution: plan.distribution, process: plan.process, objective: plan.plainObjective,
      seed: seed)
    let runs = plan.training(seed: index)
    untrained = runs[0].averagedScore
    training = plan.half(runs, isFirst: true)
  }

  private var weightings: [String] { Recoverability.weightings }

  var progress: Double {
    Double(slicesDone + measured.count) / Double(plan.sliceCount + weightings.count + 3)
  }

  var detail: String? {
    training.isFinished && !isFirstHalf
      ? "measuring \(weightings[min(measured.count, weightings.count - 1)])"
      : "step \(training.runs[0].state.step) of \(plan.experiment.steps)"
  }

  mutating func step() throws -> Record? {
    guard training.isFinished else {
      training.advance(threads: threads)
      slicesDone += 1
      return nil
    }
    if isFirstHalf {
      excessHalfway = heldOut.excess(of: plan.followedScore(score(0), false))
      training = plan.half(training.runs, isFirst: false)
      isFirstHalf = false
      return nil
    }
    guard measured.count == weightings.count else {
      let name = weightings[measured.count]
      measured.append(try outcome(of: plan.measuredScore(score(measured.count), name)))
      return nil
    }
    return try record()
  }

  private func score(_ place: Int) -> NetworkScore {
    var score = training.runs[place].averagedScore
    score.threads = threads
    return score
  }

  private mutating func record() throws -> Record {
    var stepper = BayesFloorStepper(
      distribution: plan.distribution, process: plan.process, objective: plan.plainObjective,
      seed: plan.setup.seed)
    while !stepper.isFinished { stepper.step() }
    var stream = RandomStream(seed: probe.seed, purpose: .experiment, index: 1)
    let baselines: [any ScoreFunction] = RecoverabilityPlan.Baseline.allCases.map { baseline in
      switch baseline {
      case .exact: ExactScore(plan.distribution)
      case .zero: BaselineScore.Zero(dimension: plan.distribution.dimension)
      case .gaussian: BaselineScore.gaussian(of: plan.distribution, using: &stream)
      }
    }
    return Record(
      outcomes: measured, baselines: try baselines.map { try outcome(of: $0) },
      excessHalfway: excessHalfway,
      excessAtEnd: heldOut.excess(of: plan.followedScore(score(0), true)),
      floor: stepper.floor?.value ?? .nan,
      kernels: [untrained, score(0), score(1)].map { kernel(of: $0) })
  }

  // MARK: - What a score got wrong

  private mutating func outcome(of score: any ScoreFunction) throws -> Outcome {
    let excess = probe.times.indices.map { index in
      let l2 = probe.measure(score, levelIndex: index).l2
      return l2 * l2
    }
    let sample = draw(from: score)
    return Outcome(
      excess: excess, transport: try distance(SlicedWasserstein(order: 2), sample),
      variation: try distance(HistogramTotalVariation(), sample))
  }

  private func distance(
    _ metric: any SampleMetric, _ sample: Points
  ) throws -> RecoverabilityPlan.Distance {
    guard sample.values.allSatisfy(\.isFinite) else {
      return .init(value: .infinity, nullMean: .nan, nullHigh: .nan)
    }
    let clean = MetricReference.distribution(
      plan.distribution, level: plan.process.level(at: plan.process.stop))
    // 19 draws are the fewest of which the largest is the 95% quantile.
    let found = try metric.measure(
      sample, against: clean, settings: MetricSettings(seed: probe.seed, draws: 19))
    return .init(value: found.value, nullMean: found.nullMean, nullHigh: found.nullHigh)
  }

  /// A sample by the run's sampler, all networks of a seed driven by the same noise.
  private func draw(from score: any ScoreFunction) -> Points {
    let sampler = plan.setup.run.sampler
    var run = SamplingPass(
      sampler: sampler.makeSampler(), grid: sampler.makeGrid(), stepCount: sampler.steps,
      process: plan.process, score: score, count: sampler.count, seed: probe.seed)
    while run.step() != nil {}
    return run.points
  }

  // MARK: - What a network is like

  private func kernel(of network: NetworkScore) -> RecoverabilityPlan.KernelLevels {
    var found = RecoverabilityPlan.KernelLevels()
    let d = plan.distribution.dimension
    for (place, time) in plan.times.enumerated() {
      let level = plan.process.level(at: time)
      let network = plan.lookedAt(network, level)
      var stream = RandomStream(seed: probe.seed, purpose: .experiment, index: 2 + UInt64(place))
      let count = max(plan.experiment.gradientDraws, plan.experiment.kernelPoints)
      let clean = plan.distribution.sample(count: count, using: &stream)
      let noise = stream.normals(count: count, dimension: d)
      let x = level.noisy(clean, noise: noise)
      let few = x.rows(0..<plan.experiment.kernelPoints)
      found.rank.append(
        EffectiveRank.value(
          ofGram: network.tangentGram(at: few, level: level), size: few.count * d))
      if let perceptron = network.architecture as? Perceptron, let last = perceptron.layers.last {
        let rows = network.outputLayerInputs(at: x, level: level)
        found.featureRank.append(EffectiveRank.ofRows(rows, width: last.inputs).rank)
      } else {
        found.featureRank.append(.nan)
      }
      let y = network.target.coefficients(at: level)
      var targets = clean
      for i in targets.values.indices {
        targets.values[i] = y.data * clean.values[i] + y.noise * noise.values[i]
      }
      let gradients = network.gradientNoise(at: x, targets: targets, level: level)
      found.signal.append(gradients.signal)
      found.noise.append(gradients.noise)
    }
    return found
  }
}
