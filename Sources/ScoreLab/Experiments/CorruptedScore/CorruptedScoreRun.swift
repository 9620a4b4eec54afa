import ScoreCore

/// Samples with the exact score and with corrupted ones on the same noise.
struct CorruptedScoreRun: ExperimentRun {
  /// What is known of one delta.
  struct Case {
    let delta: Double
    /// The corrupted region of each noise level.
    var regions: [NoiseLevel: OutlierRegion] = [:]
    /// The sampled points, `[paths so far, dimension]`.
    var output: Points
    /// The points that differ from those of the exact score.
    var hitCount = 0
    /// `sum_k h_k ||s_hat - s||^2` along each path of the exact reverse process.
    var accumulated: [Double] = []
    /// The share of the steps at which such a path is in the region.
    var regionShares: [Double] = []
    var certificate: PathCertificate?
    var variation: MetricReport?
    /// What the corruption changes in the samples, over bins.
    var cost: CorruptionCost?
  }

  /// A score that is off everywhere, whose samples show what an error costs that L2 calls small.
  struct Baseline {
    let name: String
    let score: any ScoreFunction
    var output: Points
    /// `sum_k h_k ||s_hat - s||^2` along each path of the exact reverse process.
    var accumulated: [Double] = []
    /// `(1/N) sum_k ||s_hat - s||^2` along each.
    var squares: [Double] = []
    var variation: MetricReport?
  }

  /// Coordinates along the direction of some paths of the first case, one list a path.
  struct Traces {
    static let hitLimit = 16
    static let otherLimit = 40
    var hit: [[Double]] = []
    var other: [[Double]] = []
    var isFull: Bool { hit.count == Self.hitLimit && other.count == Self.otherLimit }
  }

  let bench: CorruptedScoreBench
  let paths: ReversePathSetup
  /// Whether the quadrature of the standard run applies.
  let isStandard: Bool
  let projection: ProjectedLaw
  private(set) var unitsDone = 0
  var cases: [Case]
  private(set) var baselines: [Baseline]
  /// The score that the corrupted samples follow, where it is not that of the regions.
  var followed: (any ScoreFunction)?
  /// The law that the exact paths are of.
  var pathLaw: any KnownScoreDistribution
  private(set) var exactOutput: Points
  private(set) var exactVariation: MetricReport?
  private(set) var traces = Traces()
  var pair: PairSampling
  /// `sum_k int E ||s_t - s_{t_k}||^2 dt`, and how far the start is off.
  private(set) var freezing: Estimate?
  private(set) var start: Estimate?
  private let blocks: [Range<Int>]

  init(bench: CorruptedScoreBench, paths: ReversePathSetup, isStandard: Bool) {
    self.bench = bench
    self.paths = paths
    self.isStandard = isStandard
    let dimension = paths.law.dimension
    var stream = paths.stream(0)
    let first = [1.0] + Array(repeating: 0, count: dimension - 1)
    projection = ProjectedLaw(paths.law, on: first, using: &stream)
    let empty = Points(zeros: 0, dimension: dimension)
    cases = bench.deltas.map { Case(delta: $0, output: empty) }
    exactOutput = empty
    pathLaw = paths.law
    baselines = [
      Baseline(
        name: "one Gaussian", score: BaselineScore.gaussian(of: paths.law, using: &stream),
        output: empty),
      Baseline(name: "zero", score: BaselineScore.Zero(dimension: dimension), output: empty),
    ]
    blocks = paths.blocks
    pair = PairSampling(bench: bench, process: paths.process, seed: paths.seed)
  }

  /// What is done, in this order: regions of each step, samples, exact paths, the pair, distances.
  private enum Unit {
    case region(Int), sampling(Int), reverse(Int), pair, bounds, variation(Int)
  }

  private var plan: UnitPlan<Unit> {
    let variations = paths.law.dimension <= 2 ? 1 + cases.count + baselines.count : 0
    return UnitPlan([
      (paths.stepCount, Unit.region), (blocks.count, Unit.sampling), (blocks.count, Unit.reverse),
      (pair.unitCount, { _ in .pair }), (1, { _ in .bounds }), (variations, Unit.variation),
    ])
  }

  var unitCount: Int { plan.count }

  var activity: String {
    switch plan[unitsDone] {
    case .region(let k): "finding the region of step \(k + 1) of \(paths.stepCount)"
    case .sampling(let block): "sampling, block \(block + 1) of \(blocks.count)"
    case .reverse(let block): "following exact paths, block \(block + 1) of \(blocks.count)"
    case .pair: "sampling the pair"
    case .bounds: "integrating the bounds"
    case .variation: "measuring distances"
    case nil: "done"
    }
  }

  mutating func step() {
    guard let unit = plan[unitsDone] else { return }
    switch unit {
    case .region(let k): findRegions(k)
    case .sampling(let block): sample(block)
    case .reverse(let block): followExactPaths(block)
    case .pair: pair.step()
    case .bounds: findBounds()
    case .variation(let place): measure(place)
    }
    unitsDone += 1
  }

  private mutating func findRegions(_ k: Int) {
    let level = paths.process.level(at: paths.times[k])
    for index in cases.indices {
      let mass = cases[index].delta / Double(paths.stepCount)
      cases[index].regions[level] = projection.region(mass: mass, level: level)
    }
  }

  private func score(_ place: Case) -> CorruptedScore {
    CorruptedScore(ExactScore(paths.law), kick: bench.kick, regions: place.regions)
  }

  private func sampled(_ score: any ScoreFunction, _ block: Int) -> Points {
    var run = paths.sampling(block, count: blocks[block].count, score: score)
    while run.step() != nil {}
    return run.points
  }

  private mutating func sample(_ block: Int) {
    let count = blocks[block].count
    let exact = sampled(ExactScore(paths.law), block)
    exactOutput.append(exact)
    for index in baselines.indices {
      baselines[index].output.append(sampled(baselines[index].score, block))
    }
    for index in cases.indices {
      var run = paths.sampling(block, count: count, score: followed ?? score(cases[index]))
      var track = [OutlierRegion.projections(of: run.points, on: projection.direction)]
      let isTracked = index == tracedCase && !traces.isFull
      while run.step() != nil {
        guard isTracked else { continue }
        track.append(OutlierRegion.projections(of: run.points, on: projection.direction))
      }
      for row in 0..<count {
        // Both runs have the same noise, so points differ when a step was corrupted.
        let isHit = run.points.row(row) != exact.row(row)
        if isHit { cases[index].hitCount += 1 }
        if isTracked { keep(track.map { $0[row] }, isHit: isHit) }
      }
      cases[index].output.append(run.points)
    }
  }

  /// The case whose paths are drawn: the largest delta.
  var tracedCase: Int { cases.count - 1 }

  private mutating func keep(_ path: [Double], isHit: Bool) {
    if isHit, traces.hit.count < Traces.hitLimit { traces.hit.append(path) }
    if !isHit, traces.other.count < Traces.otherLimit { traces.other.append(path) }
  }

  private mutating func followExactPaths(_ block: Int) {
    for index in cases.indices {
      let integral = PathIntegral(
        law: pathLaw, process: paths.process, estimate: score(cases[index]), times: paths.times,
        resolvesSteps: false)
      var stream = paths.stream(1, block)
      let found = integral.block(count: blocks[block].count, using: &stream)
      cases[index].accumulated += found.scoreError
      cases[index].regionShares += found.scoreError.indices.map { row in
        Double(found.errors.count { $0[row] > 0 }) / Double(paths.stepCount)
      }
    }
    for index in baselines.indices { followBaseline(index, block) }
  }

  private mutating func followBaseline(_ index: Int, _ block: Int) {
    let integral = PathIntegral(
      law: paths.law, process: paths.process, estimate: baselines[index].score,
      times: paths.times, resolvesSteps: false)
    var stream = paths.stream(1, block)
    let found = integral.block(count: blocks[block].count, using: &stream)
    baselines[index].accumulated += found.scoreError
    baselines[index].squares += found.scoreError.indices.map { row in
      found.errors.reduce(0) { $0 + Double($1[row]) * Double($1[row]) } / Double(paths.stepCount)
    }
  }

  private mutating func findBounds() {
    var stream = paths.stream(2)
    let curve = FisherCurve(
      law: paths.law, process: paths.process, draws: 2048, using: &stream)
    for index in cases.indices {
      cases[index].certificate = PathCertificate(accumulated: cases[index].accumulated)
      cases[index].cost = CorruptionCost(
        exact: OutlierRegion.projections(of: exactOutput, on: projection.direction),
        corrupted: OutlierRegion.projections(of: cases[index].output, on: projection.direction),
        hitCount: cases[index].hitCount)
    }
    freezing = curve.frozenScoreCost(times: paths.times)
    start = paths.startGap(using: &stream).variation
  }

  private mutating func measure(_ place: Int) {
    let metric = HistogramTotalVariation(bins: 64)
    let settings = MetricSettings(seed: paths.seed, draws: 19)
    // Points that a kick threw beyond all bounds cannot be measured; the report says so.
    func found(_ points: Points) -> MetricReport? {
      try? metric.measure(points, against: paths.target, settings: settings)
    }
    if place == 0 {
      exactVariation = found(exactOutput)
    } else if place <= cases.count {
      cases[place - 1].variation = found(cases[place - 1].output)
    } else {
      let index = place - 1 - cases.count
      baselines[index].variation = found(baselines[index].output)
    }
  }
}
