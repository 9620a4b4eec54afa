import Glibc
import ScoreCore

/// Trains, follows exact paths, samples, and puts the terms together.
struct CertificateRun: ExperimentRun {
  private static let stepsPerUnit = 25
  private static let levelsPerUnit = 64

  /// The error of the score at the start of one step.
  struct StepError {
    /// `sqrt(E ||s_hat - s||^2)`.
    var l2: Double
    /// `D_delta` at the share delta / N.
    var quantile: Double
  }

  /// What is known when all paths are followed.
  struct Bounds {
    /// The score's term.
    var certificate: PathCertificate
    /// The discretisation's divergence by the Fisher information.
    var freezing: Double
    /// The draws behind that information; 0 where it is exact.
    var curveDraws: Int
    var startVariation: Estimate
    var startDivergence: Estimate
    /// `E ||x_0||^2`.
    var secondMoment: Double
  }

  let bench: CertificateBench
  let paths: ReversePathSetup
  private(set) var session: Session?
  private(set) var unitsDone = 0
  /// Girsanov's integrals of each path.
  private(set) var scoreErrors: [Double] = []
  private(set) var discretizations: [Double] = []
  private(set) var totals: [Double] = []
  /// `||s_hat - s||` at each step, until it is summed up in ``stepErrors``.
  private var errors: [[Float]]
  private(set) var stepErrors: [StepError] = []
  private(set) var bounds: Bounds?
  /// The points made by the estimate and by the exact score, on the same noise.
  private var output: Points
  private var exactOutput: Points
  private(set) var variation: MetricReport?
  private(set) var exactVariation: MetricReport?
  private let pathBlocks: [Range<Int>]
  private let sampleBlocks: [Range<Int>]

  init(bench: CertificateBench, paths: ReversePathSetup, session: Session?) {
    self.bench = bench
    self.paths = paths
    self.session = session
    errors = Array(repeating: [], count: paths.stepCount)
    output = Points(zeros: 0, dimension: paths.law.dimension)
    exactOutput = output
    // A path takes five scores a step and one of the network, a sample one of each.
    pathBlocks = ReversePathSetup.blocks(
      of: bench.pathCount, steps: 4 * paths.stepCount, dimension: paths.law.dimension)
    sampleBlocks = ReversePathSetup.blocks(
      of: paths.count, steps: 2 * paths.stepCount, dimension: paths.law.dimension)
  }

  private enum Unit {
    case training, path(Int), quantiles, bounds, sampling(Int), variation(Bool)
  }

  private var trainingUnits: Int {
    (bench.trainingSteps + Self.stepsPerUnit - 1) / Self.stepsPerUnit
  }
  private var quantileUnits: Int {
    (paths.stepCount + Self.levelsPerUnit - 1) / Self.levelsPerUnit
  }
  private var variationUnits: Int { paths.law.dimension <= 2 ? 2 : 0 }

  var unitCount: Int {
    trainingUnits + pathBlocks.count + quantileUnits + 1 + sampleBlocks.count + variationUnits
  }

  private var unit: Unit {
    var place = unitsDone
    if place < trainingUnits { return .training }
    place -= trainingUnits
    if place < pathBlocks.count { return .path(place) }
    place -= pathBlocks.count
    if place < quantileUnits { return .quantiles }
    place -= quantileUnits
    if place == 0 { return .bounds }
    place -= 1
    if place < sampleBlocks.count { return .sampling(place) }
    return .variation(place == sampleBlocks.count)
  }

  var activity: String {
    switch unit {
    case .training: "training, step \(session?.step ?? 0) of \(bench.trainingSteps)"
    case .path(let block): "following exact paths, block \(block + 1) of \(pathBlocks.count)"
    case .quantiles, .bounds: "integrating the bounds"
    case .sampling(let block): "sampling, block \(block + 1) of \(sampleBlocks.count)"
    case .variation: "measuring distances"
    }
  }

  private var score: any ScoreFunction { session?.score ?? ExactScore(paths.law) }

  /// Whether the exact score is followed.
  var isExact: Bool { session == nil }

  mutating func step() {
    guard !isFinished else { return }
    switch unit {
    case .training: train()
    case .path(let block): follow(block)
    case .quantiles: sumUpErrors()
    case .bounds: findBounds()
    case .sampling(let block): sample(block)
    case .variation(let isOfEstimate): measure(isOfEstimate)
    }
    unitsDone += 1
  }

  private mutating func train() {
    let target = min(bench.trainingSteps, (unitsDone + 1) * Self.stepsPerUnit)
    while let session, session.step < target, session.divergence == nil {
      _ = self.session?.trainStep()
    }
  }

  private mutating func follow(_ block: Int) {
    let integral = PathIntegral(
      law: paths.law, process: paths.process, estimate: score, times: paths.times)
    var stream = paths.stream(1, block)
    let found = integral.block(count: pathBlocks[block].count, using: &stream)
    scoreErrors += found.scoreError
    discretizations += found.discretization
    totals += found.total
    for k in errors.indices { errors[k] += found.errors[k] }
  }

  /// Sums up the errors of some steps.
  private mutating func sumUpErrors() {
    let range = stepErrors.count..<min(paths.stepCount, stepErrors.count + Self.levelsPerUnit)
    for k in range {
      let level = paths.process.level(at: paths.times[k])
      // The distribution is of sigma times the error.
      let found = ScoreErrorDistribution(
        level: level, time: paths.times[k], unsorted: errors[k].map { Float(level.sigma) * $0 })
      let share = bench.delta / Double(paths.stepCount)
      stepErrors.append(
        StepError(
          l2: found.l2 / level.sigma, quantile: found.quantileError(delta: share) / level.sigma))
      errors[k] = []
    }
  }

  private mutating func findBounds() {
    var stream = paths.stream(2)
    let curve = FisherCurve(
      law: paths.law, process: paths.process, draws: 4096, using: &stream)
    let horizon = paths.process.level(at: paths.process.horizon)
    let start = StartGap(law: paths.law, level: horizon, count: 20_000, using: &stream)
    bounds = Bounds(
      certificate: PathCertificate(accumulated: scoreErrors),
      freezing: paths.frozenScoreCost(curve).costOfAll, curveDraws: curve.drawCount,
      startVariation: Estimate(start.variationTerms),
      startDivergence: Estimate(start.divergenceTerms), secondMoment: secondMoment(&stream))
  }

  private func secondMoment(_ stream: inout RandomStream) -> Double {
    if let moments = paths.law.moments {
      let square = moments.mean.reduce(0) { $0 + $1 * $1 }
      return square + Double(paths.law.dimension) * moments.variance
    }
    return Estimate(paths.law.sample(count: 20_000, using: &stream).squaredNorms()).value
  }

  private mutating func sample(_ block: Int) {
    let count = sampleBlocks[block].count
    var exact = paths.sampling(block, count: count, score: ExactScore(paths.law))
    while exact.step() != nil {}
    exactOutput.append(exact.points)
    guard !isExact else { return }
    var run = paths.sampling(block, count: count, score: score)
    while run.step() != nil {}
    output.append(run.points)
  }

  private mutating func measure(_ isOfEstimate: Bool) {
    if isOfEstimate && isExact { return }
    let metric = HistogramTotalVariation()
    let settings = MetricSettings(seed: paths.seed, draws: 39)
    // A score that throws points beyond all bounds leaves nothing to measure.
    let found = try? metric.measure(
      isOfEstimate ? output : exactOutput, against: paths.target, settings: settings)
    if isOfEstimate { variation = found } else { exactVariation = found }
  }
}
