import ScoreCore

/// Trains, follows exact paths, samples, and puts the terms together.
struct CertificateRun: ExperimentRun {
  private static let levelsPerUnit = 64
  private static let chainStepsPerUnit = 50
  /// The confidence of each of the three terms, so that all hold together with 95%.
  static let confidence = 1 - 0.05 / 3
  /// The normal quantile of that confidence.
  static let reach = StandardNormal.quantile(confidence)

  /// The error of the score at the start of one step.
  struct StepError {
    /// `sigma sqrt(E ||s_hat - s||^2)`.
    var l2: Double
    /// `sigma D_delta` at the share delta / N.
    var quantile: QuantileEstimate
  }

  /// What is known when all paths are followed.
  struct Bounds {
    /// The score's term.
    var certificate: PathCertificate
    /// The discretisation's divergence by the Fisher information.
    var freezing: Estimate
    /// The draws behind that information; 0 where it is exact.
    var curveDraws: Int
    var start: StartGap
    /// `E ||x_0||^2`.
    var secondMoment: Double
  }

  /// The densities that are followed on the line.
  enum Chain: Int, CaseIterable {
    case exact, exactFromLaw, gaussian, zero, followed, followedFromLaw
  }

  /// A score that knows little, with Girsanov's integral along the same number of paths.
  struct Baseline {
    let name: String
    let chain: Chain
    let score: any ScoreFunction
    var scoreErrors: [Double] = []
  }

  let bench: CertificateBench
  let paths: ReversePathSetup
  private(set) var session: Session?
  private(set) var unitsDone = 0
  /// The score that points follow, where it is not the one that the bounds are of.
  var followed: (any ScoreFunction)?
  /// What makes the points that are sampled.
  var sampler: any Sampler = ExponentialIntegrator()
  /// What makes the points of the sweep in a dimension.
  var sweepSampler: @Sendable (Int) -> any Sampler = { _ in ExponentialIntegrator() }
  /// The law whose Fisher information gives the discretisation's divergence.
  var informationLaw: any KnownScoreDistribution
  /// Girsanov's integrals of each path.
  private(set) var scoreErrors: [Double] = []
  private(set) var discretizations: [Double] = []
  private(set) var totals: [Double] = []
  private(set) var baselines: [Baseline]
  /// `||s_hat - s||` at each step, until it is summed up in ``stepErrors``.
  private var errors: [[Float]]
  private(set) var stepErrors: [StepError] = []
  private(set) var bounds: Bounds?
  /// The points made by the estimate and by the exact score, on the same noise.
  private var output: Points
  private var exactOutput: Points
  private(set) var variation: MetricReport?
  private(set) var exactVariation: MetricReport?
  /// The densities on the line, and how far the finished ones are from the law.
  private(set) var chains: [Chain: ChainDensity] = [:]
  private(set) var distances: [Chain: Double] = [:]
  /// How far the sampled points are from them.
  private(set) var sampled: SampledDensity?
  private(set) var exactSampled: SampledDensity?
  private(set) var sweep = CertificateSweep()
  /// Where densities are followed; nil where they are not.
  let range: ClosedRange<Double>?
  private let pathBlocks: [Range<Int>]
  private let sampleBlocks: [Range<Int>]

  init(bench: CertificateBench, paths: ReversePathSetup, session: Session?) {
    self.bench = bench
    self.paths = paths
    self.session = session
    informationLaw = paths.law
    errors = Array(repeating: [], count: paths.stepCount)
    output = Points(zeros: 0, dimension: paths.law.dimension)
    exactOutput = output
    var stream = paths.stream(3)
    range = paths.lineRange(using: &stream)
    baselines = [
      Baseline(
        name: "one Gaussian", chain: .gaussian,
        score: BaselineScore.gaussian(of: paths.law, using: &stream)),
      Baseline(
        name: "zero", chain: .zero, score: BaselineScore.Zero(dimension: paths.law.dimension)),
    ]
    // A path takes five scores a step and one of the network, a sample one of each.
    pathBlocks = ReversePathSetup.blocks(
      of: bench.pathCount, steps: 4 * paths.stepCount, dimension: paths.law.dimension)
    sampleBlocks = ReversePathSetup.blocks(
      of: paths.count, steps: 2 * paths.stepCount, dimension: paths.law.dimension)
  }

  private enum Unit {
    case training, path(Int), quantiles, bounds, sampling(Int), variation(Int), chain(Int)
    case sweep(Int)
  }

  private var plan: UnitPlan<Unit> {
    let levels = (paths.stepCount + Self.levelsPerUnit - 1) / Self.levelsPerUnit
    return UnitPlan([
      (Session.trainingUnits(bench.trainingSteps), { _ in .training }),
      (pathBlocks.count, Unit.path), (levels, { _ in .quantiles }), (1, { _ in .bounds }),
      (sampleBlocks.count, Unit.sampling), (paths.law.dimension <= 2 ? 2 : 0, Unit.variation),
      (range == nil ? 0 : wantedChains.count * chainParts, Unit.chain),
      (1 + (range == nil ? 0 : paths.timesOfSweep.count), Unit.sweep),
    ])
  }

  /// The exact score is followed by the same density as the estimate where it is the estimate.
  private var wantedChains: [Chain] {
    Chain.allCases.filter { !isExact || ($0 != .followed && $0 != .followedFromLaw) }
  }
  private var chainParts: Int {
    (paths.stepCount + Self.chainStepsPerUnit - 1) / Self.chainStepsPerUnit
  }

  var unitCount: Int { plan.count }

  var activity: String {
    switch plan[unitsDone] {
    case .training: "training, step \(session?.step ?? 0) of \(bench.trainingSteps)"
    case .path(let block): "following exact paths, block \(block + 1) of \(pathBlocks.count)"
    case .quantiles, .bounds: "integrating the bounds"
    case .sampling(let block): "sampling, block \(block + 1) of \(sampleBlocks.count)"
    case .variation: "measuring distances"
    case .chain: "following the samples' density"
    case .sweep: "going through numbers of steps"
    case nil: "done"
    }
  }

  /// The score that the bounds are of.
  private var estimate: any ScoreFunction { session?.score ?? ExactScore(paths.law) }

  /// Whether the exact score is followed.
  var isExact: Bool { session == nil && followed == nil }

  mutating func step() {
    guard let unit = plan[unitsDone] else { return }
    switch unit {
    case .training:
      let target = min(bench.trainingSteps, (unitsDone + 1) * Session.trainingPerUnit)
      session?.train(to: target)
    case .path(let block): follow(block)
    case .quantiles: sumUpErrors()
    case .bounds: findBounds()
    case .sampling(let block): sample(block)
    case .variation(let place): measure(isOfEstimate: place == 0)
    case .chain(let place): advance(wantedChains[place / chainParts])
    case .sweep(let place): goThrough(place)
    }
    unitsDone += 1
  }

  private mutating func follow(_ block: Int) {
    let count = pathBlocks[block].count
    var stream = paths.stream(1, block)
    let found = PathIntegral(
      law: paths.law, process: paths.process, estimate: estimate, times: paths.times
    ).block(count: count, using: &stream)
    scoreErrors += found.scoreError
    discretizations += found.discretization
    totals += found.total
    for k in errors.indices { errors[k] += found.errors[k] }
    for index in baselines.indices {
      let integral = PathIntegral(
        law: paths.law, process: paths.process, estimate: baselines[index].score,
        times: paths.times, resolvesSteps: false)
      var stream = paths.stream(4, block)
      baselines[index].scoreErrors += integral.block(count: count, using: &stream).scoreError
    }
  }

  private mutating func sumUpErrors() {
    for k in stepErrors.count..<min(paths.stepCount, stepErrors.count + Self.levelsPerUnit) {
      let level = paths.process.level(at: paths.times[k])
      // The errors along paths are of the score itself; the distribution's are times sigma.
      let found = ScoreErrorDistribution(
        level: level, time: paths.times[k], unsorted: errors[k].map { Float(level.sigma) * $0 })
      let share = bench.delta / Double(paths.stepCount)
      stepErrors.append(StepError(l2: found.l2, quantile: found.quantileEstimate(delta: share)))
      errors[k] = []
    }
  }

  private mutating func findBounds() {
    var stream = paths.stream(2)
    let curve = FisherCurve(
      law: informationLaw, process: paths.process, draws: 4096, using: &stream)
    let start = paths.startGap(using: &stream)
    bounds = Bounds(
      certificate: PathCertificate(accumulated: scoreErrors, confidence: Self.confidence),
      freezing: curve.frozenScoreCost(times: paths.times), curveDraws: curve.drawCount,
      start: start, secondMoment: secondMoment(&stream))
  }

  private func secondMoment(_ stream: inout RandomStream) -> Double {
    if let moments = paths.law.moments {
      let square = moments.mean.reduce(0) { $0 + $1 * $1 }
      return square + Double(paths.law.dimension) * moments.variance
    }
    return Estimate(paths.law.sample(count: 20_000, using: &stream).squaredNorms()).value
  }

  private mutating func sample(_ block: Int) {
    exactOutput.append(points(block, ExactScore(paths.law)))
    if !isExact { output.append(points(block, followed ?? estimate)) }
  }

  private func points(_ block: Int, _ score: any ScoreFunction) -> Points {
    var run = paths.sampling(
      block, count: sampleBlocks[block].count, score: score, sampler: sampler)
    while run.step() != nil {}
    return run.points
  }

  private mutating func measure(isOfEstimate: Bool) {
    if isOfEstimate && isExact { return }
    let metric = HistogramTotalVariation()
    let settings = MetricSettings(seed: paths.seed, draws: 39)
    // A score that throws points beyond all bounds leaves nothing to measure.
    let found = try? metric.measure(
      isOfEstimate ? output : exactOutput, against: paths.target, settings: settings)
    if isOfEstimate { variation = found } else { exactVariation = found }
  }

  private mutating func advance(_ chain: Chain) {
    guard let range else { return }
    var density = chains[chain] ?? start(chain, range)
    for _ in 0..<Self.chainStepsPerUnit { density.step() }
    chains[chain] = density
    guard density.isFinished else { return }
    distances[chain] = density.totalVariation(to: paths.law)
    switch chain {
    case .exact: exactSampled = SampledDensity(exactOutput, density: density)
    case .followed: sampled = SampledDensity(output, density: density)
    default: break
    }
  }

  private func start(_ chain: Chain, _ range: ClosedRange<Double>) -> ChainDensity {
    switch chain {
    case .exact, .exactFromLaw:
      paths.chain(ExactScore(paths.law), range: range, startsAtLaw: chain == .exactFromLaw)
    case .followed, .followedFromLaw:
      paths.chain(followed ?? estimate, range: range, startsAtLaw: chain == .followedFromLaw)
    case .gaussian: paths.chain(baselines[0].score, range: range)
    case .zero: paths.chain(baselines[1].score, range: range)
    }
  }

  /// The Gaussian rows first, then one number of steps of the law after another.
  private mutating func goThrough(_ place: Int) {
    guard place > 0, let range else {
      return sweep.measure(variance: bench.variance, paths: paths, sampler: sweepSampler)
    }
    let times = paths.timesOfSweep[place - 1]
    var stream = paths.stream(2)
    let curve = FisherCurve(
      law: informationLaw, process: paths.process, draws: 4096, using: &stream)
    var density = paths.chain(
      ExactScore(paths.law), times: times, range: range, startsAtLaw: true)
    while !density.isFinished { density.step() }
    sweep.law.append(
      CertificateSweep.Row(
        steps: times.count - 1, dimension: 1,
        distance: density.totalVariation(to: paths.law),
        bound: PathCertificate.pinsker(curve.frozenScoreCost(times: times).value)))
  }
}
