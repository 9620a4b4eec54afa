import ScoreCore
import ScoreLab
import ScoreTheory

/// Trains, follows exact paths, samples, and follows the samples' density.
struct CertificatePlan: ExperimentPlan {
  private static let levelsPerUnit = 64
  static let chainStepsPerPart = 50

  enum Unit: Codable, Hashable, Sendable {
    case training
    case path(block: Int)
    case quantiles(first: Int)
    case bounds
    case sampling(block: Int)
    case variation(isOfEstimate: Bool)
    case chain(Chain)
    /// The Gaussian rows.
    case sweep
    /// One number of steps of the distribution.
    case steps(place: Int)
  }

  enum Record: Codable, Sendable {
    case trained(TrainedWeights)
    case path(Paths)
    case quantiles([StepError])
    case bounds(Bounds)
    /// On the same noise; no points of the estimate where it is the exact score.
    case sampling(exact: KeptPoints, estimate: KeptPoints?)
    /// Nil for points thrown beyond all bounds.
    case variation(MetricResult?)
    case chain(Density)
    case sweep(CertificateSweep)
    case steps(CertificateSweep.Row)
  }

  /// Girsanov's integrals along the paths of one block.
  struct Paths: Codable, Sendable {
    var scoreErrors: Packed<Double>
    var discretizations: Packed<Double>
    var totals: Packed<Double>
    /// `||s_hat - s||` at each step.
    var errors: [Packed<Float>]
    /// The first of the integrals for each baseline.
    var baselines: [Packed<Double>]
  }

  /// The error of the score at the start of one step.
  struct StepError: Codable, Sendable {
    /// `sigma sqrt(E ||s_hat - s||^2)`.
    var l2: Double
    /// `sigma D_delta` at the share delta / N.
    var quantile: QuantileEstimate
  }

  /// What is known when all paths are followed.
  struct Bounds: Codable, Sendable {
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
  enum Chain: Int, CaseIterable, Codable, Sendable {
    case exact, exactFromDistribution, gaussian, zero, followed, followedFromDistribution
  }

  /// The density of a sampler's points at the stop.
  struct Density: Codable, Sendable {
    /// Its distance to the distribution.
    var distance: Double
    /// How far the sampled points are from it, where there are some.
    var sampled: SampledDensity?
    var density: ChainDensity.Grid
  }

  /// A score that knows little.
  struct Baseline {
    let name: String
    let chain: Chain
    let score: any ScoreFunction
  }

  let values: Certificate
  let paths: ReversePathSetup
  /// Before training; nil where the exact score is followed.
  let session: Session?
  /// The score that points follow, where it is not the one that the bounds are of.
  var followed: (any ScoreFunction)?
  /// What makes the points that are sampled.
  var sampler: any Sampler = ExponentialIntegrator()
  /// What makes the points of the sweep in a dimension.
  var sweepSampler: @Sendable (Int) -> any Sampler = { _ in ExponentialIntegrator() }
  /// The distribution whose Fisher information gives the discretisation's divergence.
  var informationDistribution: any KnownScoreDistribution
  let baselines: [Baseline]
  /// Where densities are followed; nil where they are not.
  let range: ClosedRange<Double>?
  let pathBlocks: [Range<Int>]
  let sampleBlocks: [Range<Int>]

  init(values: Certificate, paths: ReversePathSetup, session: Session?) {
    self.values = values
    self.paths = paths
    self.session = session
    informationDistribution = paths.distribution
    var stream = paths.stream(3)
    range = paths.lineRange(using: &stream)
    baselines = [
      Baseline(
        name: "one Gaussian", chain: .gaussian,
        score: BaselineScore.gaussian(of: paths.distribution, using: &stream)),
      Baseline(
        name: "zero", chain: .zero,
        score: BaselineScore.Zero(dimension: paths.distribution.dimension)),
    ]
    // A path takes five scores a step and one of the network, a sample one of each.
    pathBlocks = ReversePathSetup.blocks(
      of: values.pathCount, steps: 4 * paths.stepCount, dimension: paths.distribution.dimension)
    sampleBlocks = ReversePathSetup.blocks(
      of: paths.count, steps: 2 * paths.stepCount, dimension: paths.distribution.dimension)
  }

  /// Whether the exact score is followed.
  var isExact: Bool { session == nil && followed == nil }

  private var pathUnits: [Unit] { pathBlocks.indices.map { .path(block: $0) } }
  private var samplingUnits: [Unit] { sampleBlocks.indices.map { .sampling(block: $0) } }
  private var trainingUnits: [Unit] { session == nil ? [] : [.training] }

  /// The exact score is followed by the same density as the estimate where it is the estimate.
  private var chainUnits: [Unit] {
    guard range != nil else { return [] }
    return Chain.allCases.filter {
      !isExact || ($0 != .followed && $0 != .followedFromDistribution)
    }
    .map { .chain($0) }
  }

  var units: [Unit] {
    trainingUnits + pathUnits + quantileUnits + [.bounds] + samplingUnits
      + (paths.distribution.dimension <= 2
        ? [.variation(isOfEstimate: true), .variation(isOfEstimate: false)] : [])
      + chainUnits + [.sweep]
      + (range == nil ? [] : paths.timesOfSweep.indices.map { .steps(place: $0) })
  }

  private var quantileUnits: [Unit] {
    stride(from: 0, to: paths.stepCount, by: Self.levelsPerUnit).map { .quantiles(first: $0) }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .training: SessionTraining.length(stepCount: values.trainingSteps)
    case .chain:
      (paths.stepCount + Self.chainStepsPerPart - 1) / Self.chainStepsPerPart
    case .path, .quantiles, .bounds, .sampling, .variation, .sweep, .steps: 1
    }
  }

  func needs(of unit: Unit) -> [Unit] {
    switch unit {
    case .training, .sweep, .steps: []
    case .path, .sampling: trainingUnits
    case .quantiles, .bounds: pathUnits
    case .variation: samplingUnits
    case .chain(let chain):
      chain == .exact || chain == .followed ? trainingUnits + samplingUnits : trainingUnits
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .training: "training"
    case .path(let block): "following exact paths, block \(block + 1) of \(pathBlocks.count)"
    case .quantiles, .bounds: "integrating the bounds"
    case .sampling(let block): "sampling, block \(block + 1) of \(sampleBlocks.count)"
    case .variation: "measuring distances"
    case .chain: "following the samples' density"
    case .sweep, .steps: "going through numbers of steps"
    }
  }

  func work(
    on unit: Unit, given records: Records, threads: Int
  ) -> any UnitWork<Record> {
    let estimate = estimate(records, threads)
    switch unit {
    case .training:
      guard let session else { preconditionFailure("Only a session is trained.") }
      return SessionTraining(session, stepCount: values.trainingSteps).map { .trained($0) }
    case .path(let block): return SingleStep { .path(follow(block, estimate)) }
    case .quantiles(let first):
      let steps = first..<min(paths.stepCount, first + Self.levelsPerUnit)
      return SingleStep { .quantiles(stepErrors(steps, records)) }
    case .bounds: return SingleStep { .bounds(bounds(records)) }
    case .sampling(let block): return SingleStep { sample(block, estimate) }
    case .variation(let isOfEstimate):
      return SingleStep { .variation(measure(records, isOfEstimate: isOfEstimate)) }
    case .chain(let chain):
      return ChainWork(start(chain, estimate)).map { .chain(density(chain, $0, records)) }
    case .sweep:
      return SingleStep {
        var sweep = CertificateSweep()
        sweep.measure(variance: values.variance, paths: paths, sampler: sweepSampler)
        return .sweep(sweep)
      }
    case .steps(let place): return SingleStep { .steps(row(place)) }
    }
  }

  func findings(_ records: Records) -> CertificateFindings { CertificateFindings(self, records) }

  /// The score that the bounds are of.
  private func estimate(_ records: Records, _ threads: Int) -> any ScoreFunction {
    guard let session else { return ExactScore(paths.distribution) }
    guard case .trained(let weights)? = records[.training] else { return session.score }
    return session.score.with(weights, threads: threads)
  }
}
