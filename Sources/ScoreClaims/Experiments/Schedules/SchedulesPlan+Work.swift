import ScoreCore
import ScoreLab
import ScoreTheory

// What the units of a plan take from records.
extension SchedulesPlan {
  func score(
    _ outcome: Int, _ records: Records, _ threads: Int
  ) -> any ScoreFunction {
    guard isLearned(outcome), let session, case .trained(let weights)? = records[.training] else {
      return ExactScore(paths.distribution)
    }
    return session.score.with(weights, threads: threads)
  }

  func times(_ outcome: Int, _ records: Records) -> [Double] {
    let place = schedule(outcome)
    if place < schedules.count { return schedules[place].times }
    guard case .search(let search)? = records[.search] else {
      preconditionFailure("The optimised schedule is found before it is used.")
    }
    return search.best
  }

  /// The points of an outcome, block by block.
  func output(_ outcome: Int, _ records: Records) -> Points {
    needs(of: .measure(outcome: outcome, isVariation: true)).compactMap { unit in
      if case .sampling(let points)? = records[unit] { points } else { nil }
    }.joined(dimension: paths.distribution.dimension)
  }

  func search(_ records: Records) -> ScheduleSearch {
    let information = needs(of: .search).flatMap { unit -> [Double] in
      if case .information(let part)? = records[unit] { part } else { [] }
    }
    return ScheduleSearch(
      FrozenScoreCost(times: candidates, information: information), stepCount: stepCount)
  }
}

// The work itself.
extension SchedulesPlan {
  func information(_ part: Int) -> [Double] {
    let start = part * Self.evaluationsPerUnit
    let end = min(evaluationTimes.count, start + Self.evaluationsPerUnit)
    return evaluationTimes[start..<end].map { curve.value(at: $0) }
  }

  func found(_ search: ScheduleSearch) -> Search {
    let best = search.schedule ?? []
    var stream = paths.stream(2)
    return Search(
      best: best,
      costs: (schedules.map(\.times) + [best]).map { search.cost.cost(of: $0) ?? .nan },
      startDivergence: paths.startGap(using: &stream).divergence)
  }

  func follow(_ block: Int) -> [Double] {
    let integral = PathIntegral(
      distribution: paths.distribution, process: paths.process,
      estimate: ExactScore(paths.distribution),
      times: schedules[0].times)
    var stream = paths.stream(1, block)
    return integral.block(count: pathBlocks[block].count, using: &stream).discretization
  }

  func sample(_ block: Int, _ score: any ScoreFunction, _ times: [Double]) -> Points {
    var run = paths.sampling(
      block, count: sampleBlocks[block].count, score: score, times: times, sampler: sampler)
    while run.step() != nil {}
    return run.points
  }

  func density(
    _ outcome: Int, _ output: Points, _ score: any ScoreFunction, _ times: [Double]
  ) -> Density {
    guard let range else { preconditionFailure("Densities are followed on the line.") }
    var chain = paths.chain(score, times: times, range: range)
    var gaussian: Double?
    if outcome == 0 {
      var stream = paths.stream(3)
      gaussian = paths.variation(
        of: BaselineScore.gaussianDistribution(of: paths.distribution, using: &stream), over: range)
    }
    while !chain.isFinished { chain.step() }
    return Density(
      variation: chain.totalVariation(to: paths.distribution),
      sampled: SampledDensity(output, density: chain), gaussianVariation: gaussian)
  }

  /// Measures one of two distances; those that the dimension does not allow stay open.
  func measure(_ output: Points, isVariation: Bool) -> MetricResult? {
    let dimension = paths.distribution.dimension
    let settings = MetricSettings(seed: paths.seed, draws: 39)
    if isVariation {
      guard dimension <= 2 else { return nil }
      return try? HistogramTotalVariation().measure(
        output, against: paths.target, settings: settings)
    }
    let metric: any SampleMetric =
      dimension == 1
      ? WassersteinDistance(order: 2) : SlicedWasserstein(order: 2, directionCount: 32)
    return try? metric.measure(output, against: paths.target, settings: settings)
  }
}

/// The search of the best schedule on normal data, a step of it at a time.
struct GaussianSearch: UnitWork {
  private var schedules: GaussianSchedules
  private var stepsDone = 0

  init(_ schedules: GaussianSchedules) { self.schedules = schedules }

  var progress: Double { Double(stepsDone) / Double(schedules.stepCount) }

  mutating func step() -> GaussianSchedules? {
    schedules.step()
    stepsDone += 1
    return stepsDone == schedules.stepCount ? schedules : nil
  }
}

/// The search of the best schedule, a step of it at a time.
struct ScheduleSearchWork: UnitWork {
  private var search: ScheduleSearch
  private var stepsDone = 0

  init(_ search: ScheduleSearch) { self.search = search }

  var progress: Double { Double(stepsDone) / Double(search.stepCount) }

  mutating func step() -> ScheduleSearch? {
    search.step()
    stepsDone += 1
    return search.schedule == nil ? nil : search
  }
}
