import ScoreCore

/// Finds the best schedule for a law, and samples along it and along every grid.
struct ScheduleRun: ExperimentRun {
  private static let evaluationsPerUnit = 32

  /// What sampling along one schedule with one score gave.
  struct Outcome: Sendable {
    let schedule: Int
    let isLearned: Bool
    var output: Points
    var variation: MetricReport?
    var transport: MetricReport?
    /// The total variation distance without sampling error, and how far the points are from the
    /// density that gives it; on the line only.
    var exactVariation: Double?
    var sampled: SampledDensity?
  }

  let bench: ScheduleBench
  let paths: ReversePathSetup
  let stepCount: Int
  private(set) var session: Session?
  private(set) var unitsDone = 0
  var gaussian: GaussianSchedules
  /// What makes the points that are sampled.
  var sampler: any Sampler = ExponentialIntegrator()
  /// The optimised one is added when it is found.
  private(set) var schedules: [NamedSchedule]
  /// The path divergence of each schedule, when it is known.
  private(set) var costs: [Double] = []
  private(set) var outcomes: [Outcome] = []
  /// The divergence along simulated paths of the first schedule.
  private(set) var simulated: [Double] = []
  private(set) var startDivergence: Estimate?
  /// The distance of one Gaussian with the law's mean and variance, on the line.
  private(set) var gaussianVariation: Double?
  /// Where densities are followed; nil where they are not.
  let range: ClosedRange<Double>?
  var curve: FisherCurve
  private let candidates: [Double]
  private let evaluationTimes: [Double]
  private var information: [Double] = []
  private var search: ScheduleSearch?
  private let sampleBlocks: [Range<Int>]
  private let pathBlocks: [Range<Int>]

  init(bench: ScheduleBench, paths: ReversePathSetup, stepCount: Int, session: Session?) {
    self.bench = bench
    self.paths = paths
    self.stepCount = stepCount
    self.session = session
    gaussian = GaussianSchedules(
      variance: bench.variance, process: paths.process, stepCount: stepCount)
    schedules = NamedSchedule.all(stepCount: stepCount, process: paths.process)
    candidates = NamedSchedule.candidates(schedules, process: paths.process)
    evaluationTimes = FrozenScoreCost.evaluationTimes(for: candidates)
    var stream = paths.stream(0)
    curve = FisherCurve(law: paths.law, process: paths.process, draws: 4096, using: &stream)
    range = paths.lineRange(using: &stream)
    let dimension = paths.law.dimension
    sampleBlocks = ReversePathSetup.blocks(of: paths.count, steps: stepCount, dimension: dimension)
    pathBlocks = ReversePathSetup.blocks(
      of: bench.pathCount, steps: 5 * stepCount, dimension: dimension)
  }

  private enum Unit {
    case training, gaussian, information, search, path(Int), sampling(Int), measure(Int)
    case density(Int)
  }

  private var scoreCount: Int { session == nil ? 1 : 2 }
  /// The optimised schedule is one more than the catalog's.
  private var outcomeCount: Int { (TimeGridCatalog.all.count) * scoreCount }

  private var plan: UnitPlan<Unit> {
    let evaluations = evaluationTimes.count + Self.evaluationsPerUnit - 1
    return UnitPlan([
      (Session.trainingUnits(bench.trainingSteps), { _ in .training }),
      (stepCount, { _ in .gaussian }),
      (evaluations / Self.evaluationsPerUnit, { _ in .information }),
      (stepCount, { _ in .search }), (pathBlocks.count, Unit.path),
      (outcomeCount * sampleBlocks.count, Unit.sampling),
      (range == nil ? 0 : outcomeCount, Unit.density), (2 * outcomeCount, Unit.measure),
    ])
  }

  var unitCount: Int { plan.count }

  var activity: String {
    switch plan[unitsDone] {
    case .training: "training, step \(session?.step ?? 0) of \(bench.trainingSteps)"
    case .gaussian, .search: "searching the best schedule"
    case .information: "finding the Fisher information"
    case .path: "checking the divergence along paths"
    case .sampling(let place): "sampling, \(name(place / sampleBlocks.count))"
    case .density(let place): "following the samples' density, \(name(place))"
    case .measure(let place): "measuring, \(name(place / 2))"
    case nil: "done"
    }
  }

  private func name(_ outcome: Int) -> String { schedules[outcome / scoreCount].name }

  mutating func step() {
    guard let unit = plan[unitsDone] else { return }
    switch unit {
    case .training:
      let target = min(bench.trainingSteps, (unitsDone + 1) * Session.trainingPerUnit)
      session?.train(to: target)
    case .gaussian: gaussian.step()
    case .information: findInformation()
    case .search: advanceSearch()
    case .path(let block): follow(block)
    case .sampling(let place): sample(place / sampleBlocks.count, place % sampleBlocks.count)
    case .density(let place): followDensity(place)
    case .measure(let place): measure(place / 2, isVariation: place % 2 == 0)
    }
    unitsDone += 1
  }

  private mutating func findInformation() {
    let end = min(evaluationTimes.count, information.count + Self.evaluationsPerUnit)
    information += evaluationTimes[information.count..<end].map { curve.value(at: $0) }
    guard information.count == evaluationTimes.count else { return }
    search = ScheduleSearch(
      FrozenScoreCost(times: candidates, information: information), stepCount: stepCount)
  }

  private mutating func advanceSearch() {
    search?.step()
    guard let search, let best = search.schedule else { return }
    schedules.append(NamedSchedule(name: NamedSchedule.optimised, times: best))
    costs = schedules.map { search.cost.cost(of: $0.times) ?? .nan }
    var stream = paths.stream(2)
    startDivergence = paths.startGap(using: &stream).divergence
  }

  private mutating func follow(_ block: Int) {
    let integral = PathIntegral(
      law: paths.law, process: paths.process, estimate: ExactScore(paths.law),
      times: schedules[0].times)
    var stream = paths.stream(1, block)
    simulated += integral.block(count: pathBlocks[block].count, using: &stream).discretization
  }

  private mutating func sample(_ place: Int, _ block: Int) {
    if outcomes.count == place {
      outcomes.append(
        Outcome(
          schedule: place / scoreCount, isLearned: place % scoreCount == 1,
          output: Points(zeros: 0, dimension: paths.law.dimension)))
    }
    var run = paths.sampling(
      block, count: sampleBlocks[block].count, score: score(of: outcomes[place]),
      times: schedules[outcomes[place].schedule].times, sampler: sampler)
    while run.step() != nil {}
    outcomes[place].output.append(run.points)
  }

  private func score(of outcome: Outcome) -> any ScoreFunction {
    (outcome.isLearned ? session?.score : nil) ?? ExactScore(paths.law)
  }

  private mutating func followDensity(_ place: Int) {
    guard let range else { return }
    let outcome = outcomes[place]
    var chain = paths.chain(
      score(of: outcome), times: schedules[outcome.schedule].times, range: range)
    if place == 0 {
      var stream = paths.stream(3)
      gaussianVariation = paths.variation(
        of: BaselineScore.gaussianLaw(of: paths.law, using: &stream), over: range)
    }
    while !chain.isFinished { chain.step() }
    outcomes[place].exactVariation = chain.totalVariation(to: paths.law)
    outcomes[place].sampled = SampledDensity(outcome.output, density: chain)
  }

  /// Measures one of two distances; those that the dimension does not allow stay open.
  private mutating func measure(_ place: Int, isVariation: Bool) {
    let dimension = paths.law.dimension
    let settings = MetricSettings(seed: paths.seed, draws: 39)
    let output = outcomes[place].output
    if isVariation {
      guard dimension <= 2 else { return }
      outcomes[place].variation = try? HistogramTotalVariation().measure(
        output, against: paths.target, settings: settings)
    } else {
      let metric: any SampleMetric =
        dimension == 1
        ? WassersteinDistance(order: 2) : SlicedWasserstein(order: 2, directionCount: 32)
      outcomes[place].transport = try? metric.measure(
        output, against: paths.target, settings: settings)
      outcomes[place].output = Points(zeros: 0, dimension: dimension)
    }
  }
}
