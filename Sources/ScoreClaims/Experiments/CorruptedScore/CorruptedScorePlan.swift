import ScoreCore
import ScoreLab
import ScoreTheory

/// Samples with the exact score and with corrupted ones on the same noise.
struct CorruptedScorePlan: ExperimentPlan {
  /// The regions of each step, samples, exact paths, the pair, bounds and distances.
  enum Unit: Codable, Hashable, Sendable {
    case region(step: Int)
    case sampling(block: Int)
    case reverse(block: Int)
    case pair(block: Int)
    case bounds
    case variation(Sample)
  }

  /// Whose samples a distance is of.
  enum Sample: Codable, Hashable, Sendable {
    case exact
    case corrupted(Int)
    case baseline(Int)
  }

  enum Record: Codable, Sendable {
    /// Of each delta.
    case region([OutlierRegion])
    case sampling(Samples)
    case reverse(Reverse)
    case pair(PairSampling.Block)
    case bounds(Bounds)
    /// Nil for points that a kick threw beyond all bounds.
    case variation(MetricResult?)
  }

  /// The points that one block of noise gives.
  struct Samples: Codable, Sendable {
    var exact: KeptPoints
    /// Of each delta, and how many of them differ from those of the exact score.
    var corrupted: [KeptPoints] = []
    var hitCounts: [Int] = []
    var baselines: [KeptPoints] = []
    var traces = Traces()
  }

  /// Coordinates along the direction of some paths of the largest delta, one list a path.
  struct Traces: Codable, Sendable {
    static let hitLimit = 16
    static let otherLimit = 40
    var hit: [[Double]] = []
    var other: [[Double]] = []

    mutating func keep(_ path: [Double], isHit: Bool) {
      if isHit, hit.count < Self.hitLimit { hit.append(path) }
      if !isHit, other.count < Self.otherLimit { other.append(path) }
    }
  }

  /// What is summed along paths of the exact reverse process.
  struct Reverse: Codable, Sendable {
    /// `sum_k h_k ||s_hat - s||^2`, and the share of the steps at which a path is in the region; of
    /// each delta.
    var accumulated: [Packed<Double>] = []
    var regionShares: [Packed<Double>] = []
    /// The first of them, and `(1/N) sum_k ||s_hat - s||^2`; of each baseline.
    var baselineAccumulated: [Packed<Double>] = []
    var baselineSquares: [Packed<Double>] = []
  }

  struct Bounds: Codable, Sendable {
    /// Of each delta.
    var certificates: [PathCertificate]
    var costs: [CorruptionCost]
    /// `sum_k int E ||s_t - s_{t_k}||^2 dt`, and how far the start is off.
    var freezing: Estimate
    var start: Estimate
    var pair: PairSampling.Bounds
  }

  /// A score that is off everywhere, whose samples show what an error costs that L2 calls small.
  struct Baseline {
    let name: String
    let score: any ScoreFunction
  }

  let values: CorruptedScoreExperiment
  let paths: ReversePathSetup
  /// Whether the quadrature of the standard run applies.
  let isStandard: Bool
  let projection: ProjectedDistribution
  let baselines: [Baseline]
  /// The score that the corrupted samples follow, where it is not that of the regions.
  var followed: (any ScoreFunction)?
  /// The distribution that the exact paths are of.
  var pathDistribution: any KnownScoreDistribution
  var pair: PairSampling
  let blocks: [Range<Int>]

  init(values: CorruptedScoreExperiment, paths: ReversePathSetup, isStandard: Bool) {
    self.values = values
    self.paths = paths
    self.isStandard = isStandard
    let dimension = paths.distribution.dimension
    var stream = paths.stream(0)
    let first = [1.0] + Array(repeating: 0, count: dimension - 1)
    projection = ProjectedDistribution(paths.distribution, on: first, using: &stream)
    pathDistribution = paths.distribution
    baselines = [
      Baseline(
        name: "one Gaussian", score: BaselineScore.gaussian(of: paths.distribution, using: &stream)),
      Baseline(name: "zero", score: BaselineScore.Zero(dimension: dimension)),
    ]
    blocks = paths.blocks
    pair = PairSampling(values: values, process: paths.process, seed: paths.seed)
  }

  private var regionUnits: [Unit] { (0..<paths.stepCount).map { .region(step: $0) } }
  private var samplingUnits: [Unit] { blocks.indices.map { .sampling(block: $0) } }
  private var reverseUnits: [Unit] { blocks.indices.map { .reverse(block: $0) } }
  private var pairUnits: [Unit] { pair.blocks.indices.map { .pair(block: $0) } }

  var units: [Unit] {
    let samples =
      paths.distribution.dimension <= 2
      ? [Sample.exact] + values.deltas.indices.map { .corrupted($0) }
        + baselines.indices.map { .baseline($0) } : []
    return regionUnits + samplingUnits + reverseUnits + pairUnits + [.bounds]
      + samples.map { .variation($0) }
  }

  func needs(of unit: Unit) -> [Unit] {
    switch unit {
    case .region, .pair: []
    case .sampling, .reverse: regionUnits
    case .bounds: samplingUnits + reverseUnits + pairUnits
    case .variation: samplingUnits
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .region(let k): "finding the region of step \(k + 1) of \(paths.stepCount)"
    case .sampling(let block): "sampling, block \(block + 1) of \(blocks.count)"
    case .reverse(let block): "following exact paths, block \(block + 1) of \(blocks.count)"
    case .pair: "sampling the pair"
    case .bounds: "integrating the bounds"
    case .variation: "measuring distances"
    }
  }

  func work(
    on unit: Unit, given records: Records, threads: Int
  ) -> any UnitWork<Record> {
    switch unit {
    case .region(let k): SingleStep { .region(regions(k)) }
    case .sampling(let block): SingleStep { .sampling(sample(block, regions(records))) }
    case .reverse(let block): SingleStep { .reverse(followExactPaths(block, regions(records))) }
    case .pair(let block): SingleStep { .pair(pair.block(block)) }
    case .bounds: SingleStep { .bounds(bounds(findings(records))) }
    case .variation(let sample): SingleStep { .variation(measure(sample, records)) }
    }
  }

  func findings(_ records: Records) -> CorruptedScoreFindings {
    CorruptedScoreFindings(self, records)
  }
}
