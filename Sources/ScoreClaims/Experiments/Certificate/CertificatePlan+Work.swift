import ScoreCore
import ScoreLab
import ScoreTheory

extension CertificatePlan {
  func follow(_ block: Int, _ estimate: any ScoreFunction) -> Paths {
    let count = pathBlocks[block].count
    var stream = paths.stream(1, block)
    let found = PathIntegral(
      distribution: paths.distribution, process: paths.process, estimate: estimate,
      times: paths.times
    ).block(count: count, using: &stream)
    return Paths(
      scoreErrors: Packed(found.scoreError), discretizations: Packed(found.discretization),
      totals: Packed(found.total), errors: found.errors.map { Packed($0) },
      baselines: baselines.map { baseline in
        let integral = PathIntegral(
          distribution: paths.distribution, process: paths.process, estimate: baseline.score,
          times: paths.times,
          resolvesSteps: false)
        var stream = paths.stream(4, block)
        return Packed(integral.block(count: count, using: &stream).scoreError)
      })
  }

  private func blocks(_ records: Records) -> [Paths] {
    records.finished.compactMap { if case .path(let block) = $0.record { block } else { nil } }
  }

  func stepErrors(_ steps: Range<Int>, _ records: Records) -> [StepError] {
    let blocks = blocks(records)
    let share = values.delta / Double(paths.stepCount)
    return steps.map { k in
      let level = paths.process.level(at: paths.times[k])
      // The errors along paths are of the score itself; the distribution's are times sigma.
      let found = ScoreErrorDistribution(
        level: level, time: paths.times[k],
        unsorted: blocks.flatMap { $0.errors[k].values.map { Float(level.sigma) * $0 } })
      return StepError(l2: found.l2, quantile: found.quantileEstimate(delta: share))
    }
  }

  func bounds(_ records: Records) -> Bounds {
    var stream = paths.stream(2)
    let curve = FisherCurve(
      distribution: informationDistribution, process: paths.process, draws: 4096, using: &stream)
    let start = paths.startGap(using: &stream)
    return Bounds(
      certificate: PathCertificate(
        accumulated: blocks(records).flatMap(\.scoreErrors.values),
        confidence: ExplicitBound.confidence),
      freezing: curve.frozenScoreCost(times: paths.times), curveDraws: curve.drawCount,
      start: start,
      secondMoment: paths.distribution.secondMoment(draws: 20_000, using: &stream))
  }

  func sample(_ block: Int, _ estimate: any ScoreFunction) -> Record {
    .sampling(
      exact: KeptPoints(points(block, ExactScore(paths.distribution))),
      estimate: isExact ? nil : KeptPoints(points(block, followed ?? estimate)))
  }

  private func points(_ block: Int, _ score: any ScoreFunction) -> Points {
    var run = paths.sampling(
      block, count: sampleBlocks[block].count, score: score, sampler: sampler)
    while run.step() != nil {}
    return run.points
  }

  /// The points made by the estimate or by the exact score, block by block.
  private func output(_ records: Records, isOfEstimate: Bool) -> Points {
    records.finished.compactMap { _, record in
      guard case .sampling(let exact, let estimate) = record else { return nil }
      return isOfEstimate ? estimate : exact
    }.joined(dimension: paths.distribution.dimension)
  }

  func measure(_ records: Records, isOfEstimate: Bool) -> MetricResult? {
    if isOfEstimate && isExact { return nil }
    // A score that throws points beyond all bounds leaves nothing to measure.
    return try? HistogramTotalVariation().measure(
      output(records, isOfEstimate: isOfEstimate), against: paths.target,
      settings: MetricSettings(seed: paths.seed, draws: 39))
  }

  func start(_ chain: Chain, _ estimate: any ScoreFunction) -> ChainDensity {
    guard let range else { preconditionFailure("Densities are followed on the line.") }
    return switch chain {
    case .exact, .exactFromDistribution:
      paths.chain(
        ExactScore(paths.distribution), range: range,
        startsAtDistribution: chain == .exactFromDistribution)
    case .followed, .followedFromDistribution:
      paths.chain(
        followed ?? estimate, range: range, startsAtDistribution: chain == .followedFromDistribution
      )
    case .gaussian: paths.chain(baselines[0].score, range: range)
    case .zero: paths.chain(baselines[1].score, range: range)
    }
  }

  func density(_ chain: Chain, _ density: ChainDensity, _ records: Records) -> Density {
    let isSampled = chain == .exact || chain == .followed
    return Density(
      distance: density.totalVariation(to: paths.distribution),
      sampled: isSampled
        ? SampledDensity(output(records, isOfEstimate: chain == .followed), density: density) : nil,
      density: density.density)
  }

  /// One number of steps of the distribution, from it at the horizon.
  func row(_ place: Int) -> CertificateSweep.Row {
    guard let range else { preconditionFailure("Densities are followed on the line.") }
    let times = paths.timesOfSweep[place]
    var stream = paths.stream(2)
    let curve = FisherCurve(
      distribution: informationDistribution, process: paths.process, draws: 4096, using: &stream)
    var density = paths.chain(
      ExactScore(paths.distribution), times: times, range: range, startsAtDistribution: true)
    while !density.isFinished { density.step() }
    return CertificateSweep.Row(
      steps: times.count - 1, dimension: 1,
      distance: density.totalVariation(to: paths.distribution),
      bound: PathCertificate.pinsker(curve.frozenScoreCost(times: times).value))
  }
}

/// A density followed to its end, some steps at a time.
struct ChainWork: UnitWork {
  private var density: ChainDensity

  init(_ density: ChainDensity) { self.density = density }

  var progress: Double { Double(density.stepsDone) / Double(density.times.count - 1) }

  mutating func step() -> ChainDensity? {
    for _ in 0..<CertificatePlan.chainStepsPerPart { density.step() }
    return density.isFinished ? density : nil
  }
}
