import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

extension FlowMatchingPlan {
  func work(on unit: Unit, given records: Records, threads: Int) -> any UnitWork<Record> {
    switch unit {
    case .train(let set, let target): training(set, target, threads: threads)
    case .baselines(let set): SingleStep { .baselines(baselines(points(set))) }
    case .ripple(let place): SingleStep { .ripple(ripple(FlowMatching.frequencies[place])) }
    case .region: SingleStep { .region(region()) }
    }
  }

  /// A data set without a far point, as a share `(1 - eta)^n` of all data sets are.
  private func points(_ set: Int) -> Points {
    var stream = RandomStream(seed: seed, purpose: .experiment, index: UInt64(set))
    return stream.normals(count: values.points, dimension: 1)
  }

  // MARK: - Networks

  private func training(
    _ set: Int, _ target: FlowMatching.Target, threads: Int
  ) -> any UnitWork<Record> {
    let (architecture, process) = (values.architecture, values.process)
    let trainer = Trainer(
      architecture: architecture, process: process, trainingSet: .fixed(points(set)),
      objective: Objective(target: target.target, levels: UniformTime()),
      optimization: Optimization(
        learningRate: values.rate, schedule: CosineRate(steps: values.steps),
        average: WeightAverage(decay: 0.99)),
      batch: values.batch, seed: RandomStream.derivedSeed(seed: seed, index: UInt64(set)),
      threads: threads)
    return UnitTraining(trainer, stepCount: values.steps, partSteps: 500, threads: threads).map {
      let network = NetworkScore(
        architecture: architecture, parameters: $0.average.values, target: target.target,
        process: process, threads: 1)
      let score = trained(network, target)
      return .train(
        Trained(
          errors: errors(of: score),
          image: FlowImage(
            of: score, law: values.law, process: process, steps: values.flowSteps,
            cells: values.cells),
          conversionGap: target == .velocity ? conversionGap(network) : 0))
    }
  }

  /// The noisy distribution with its far part at a time of the straight path.
  private func rule(_ time: Double) -> PopulationRule {
    PopulationRule(
      line: values.pair.first, level: values.process.level(at: time), range: values.range,
      resolution: 16)
  }

  func errors(of score: any ScoreFunction) -> [VelocityError] {
    FlowMatching.times.map { time in
      let rule = rule(time)
      let flow = FlowVelocity(at: rule.level)
      let found = flow.velocity(
        at: rule.points, score: score.score(at: rule.points, level: rule.level))
      return error(of: found, rule, flow)
    }
  }

  private func error(
    of velocity: Points, _ rule: PopulationRule, _ flow: FlowVelocity
  ) -> VelocityError {
    let exact = flow.velocity(at: rule.points, score: rule.scores)
    let gaps = zip(velocity.values, exact.values).map { abs($0 - $1) }
    let masses = PointMasses(rule.masses)
    return VelocityError(
      l2: masses.mean(of: gaps.map { $0 * $0 }).squareRoot(),
      dDelta: masses.quantiles(of: gaps, deltas: [values.delta])[0])
  }

  /// D_delta of what the network predicts, the velocity itself, against that of the score that is made of it.
  private func conversionGap(_ network: NetworkScore) -> Double {
    FlowMatching.times.map { time in
      let rule = rule(time)
      let flow = FlowVelocity(at: rule.level)
      let direct = error(
        of: network.prediction(at: rule.points, level: rule.level), rule, flow)
      let score = rule.gap(
        between: rule.scores, and: network.score(at: rule.points, level: rule.level),
        deltas: [values.delta])
      return abs(direct.dDelta * rule.level.alpha / score.quantiles[0] - 1)
    }.max() ?? .nan
  }

  private func baselines(_ points: Points) -> [Baseline: [VelocityError]] {
    // Silverman's rule for the deviation of a kernel on the line.
    let deviation = 1.06 * pow(Double(points.count), -0.2)
    let kernel = IsotropicMixture(
      means: points, deviations: Array(repeating: deviation, count: points.count))
    return [
      .bulk: errors(of: ExactScore(bulk)), .kernel: errors(of: ExactScore(kernel)),
      .gaussian: errors(of: BaselineScore.gaussian(fittedTo: points)),
      .zero: errors(of: BaselineScore.Zero(dimension: 1)),
    ]
  }

  private var bulk: IsotropicMixture {
    IsotropicMixture(means: Points(rows: [[0]]), deviations: [1])
  }

  // MARK: - Errors of known size

  private func image(_ score: any ScoreFunction) -> FlowImage {
    FlowImage(
      of: score, law: values.bulk, process: values.process, steps: values.flowSteps,
      cells: values.cells)
  }

  private var reverse: OrnsteinUhlenbeck { OrnsteinUhlenbeck(horizon: 5, stop: 0.001) }
  private var reverseTimes: [Double] {
    ExponentialDecayGrid().times(stepCount: values.samplerSteps, process: reverse)
  }

  /// The total variation of the stochastic sampler from exact noisy points, by quadrature.
  private func variation(_ score: any ScoreFunction) -> Double {
    var chain = ChainDensity(
      times: reverseTimes, process: reverse, score: score, range: -9...9
    ) { $0.values.map(StandardNormal.density) }
    while !chain.isFinished { chain.step() }
    return chain.totalVariation(to: bulk)
  }

  private func ripple(_ frequency: Double) -> Rippled {
    let exact = ExactScore(bulk)
    let score = rippled(
      RippledScore(
        base: exact, epsilon: values.epsilon, frequency: frequency,
        largestRatio: FlowMatching.largestRatio))
    return Rippled(
      frequency: frequency, largestError: largestError(score), image: image(score),
      variation: variation(score),
      bound: PathCertificate.pinsker(pathDivergence) + variation(exact))
  }

  /// `sum_k h_k epsilon^2 / sigma_k^2` over the steps that err: what the path's divergence is at most.
  private var pathDivergence: Double {
    let epsilon = boundedEpsilon(values.epsilon)
    return zip(reverseTimes, reverseTimes.dropFirst()).reduce(0.0) { sum, step in
      let level = reverse.level(at: step.0)
      guard level.noiseRatio <= FlowMatching.largestRatio else { return sum }
      return sum + (step.0 - step.1) * epsilon * epsilon / (level.sigma * level.sigma)
    }
  }

  /// The largest error times sigma at the times that are looked at, over epsilon.
  private func largestError(_ score: any ScoreFunction) -> Double {
    let x = Points(values: (0...4000).map { -5 + Double($0) / 400 }, dimension: 1)
    return FlowMatching.times.map { time in
      let level = values.process.level(at: time)
      let (found, exact) = (
        score.score(at: x, level: level), bulk.score(at: x, level: level)
      )
      return zip(found.values, exact.values).map { level.sigma * abs($0 - $1) }.max() ?? .nan
    }.max() ?? .nan
  }

  private func region() -> Region {
    let exact = ExactScore(bulk)
    let score = kicked(KickedScore(base: exact, kick: FlowMatching.kick, mass: values.mass))
    return Region(
      image: image(score), exact: image(exact), variation: variation(score),
      exactVariation: variation(exact))
  }
}
