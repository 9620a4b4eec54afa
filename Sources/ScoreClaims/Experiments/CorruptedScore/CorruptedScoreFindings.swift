import ScoreCore
import ScoreLab
import ScoreTheory

/// What the samples and the paths say of the claim.
struct CorruptedScoreFindings: ExperimentFindings {
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
    var variation: MetricResult?
    /// What the corruption changes in the samples, over bins.
    var cost: CorruptionCost?
  }

  /// A score that is off everywhere.
  struct Baseline {
    let name: String
    /// `sum_k h_k ||s_hat - s||^2` along each path of the exact reverse process.
    var accumulated: [Double] = []
    /// `(1/N) sum_k ||s_hat - s||^2` along each.
    var squares: [Double] = []
    var variation: MetricResult?
  }

  let values: CorruptedScoreExperiment
  let paths: ReversePathSetup
  let isStandard: Bool
  let projection: ProjectedDistribution
  private(set) var cases: [Case]
  private(set) var baselines: [Baseline]
  private(set) var exactOutput: Points
  private(set) var exactVariation: MetricResult?
  private(set) var traces = CorruptedScorePlan.Traces()
  private(set) var pair: PairSampling
  private(set) var pairBounds: PairSampling.Bounds?
  /// `sum_k int E ||s_t - s_{t_k}||^2 dt`, and how far the start is off.
  private(set) var freezing: Estimate?
  private(set) var start: Estimate?

  init(_ plan: CorruptedScorePlan, _ records: CorruptedScorePlan.Records) {
    (values, paths, isStandard) = (plan.values, plan.paths, plan.isStandard)
    (projection, pair) = (plan.projection, plan.pair)
    let empty = Points(zeros: 0, dimension: plan.paths.distribution.dimension)
    exactOutput = empty
    cases = zip(plan.values.deltas, plan.regions(records)).map {
      Case(delta: $0, regions: $1, output: empty)
    }
    baselines = plan.baselines.map { Baseline(name: $0.name) }
    for (unit, record) in records.finished { take(unit, record) }
  }

  private mutating func take(
    _ unit: CorruptedScorePlan.Unit, _ record: CorruptedScorePlan.Record
  ) {
    switch record {
    case .region: break
    case .sampling(let samples): take(samples)
    case .reverse(let found): take(found)
    case .pair(let block): pair.add(block)
    case .bounds(let bounds):
      for index in cases.indices {
        cases[index].certificate = bounds.certificates[index]
        cases[index].cost = bounds.costs[index]
      }
      (freezing, start, pairBounds) = (bounds.freezing, bounds.start, bounds.pair)
    case .variation(let report):
      switch unit {
      case .variation(.exact): exactVariation = report
      case .variation(.corrupted(let index)): cases[index].variation = report
      case .variation(.baseline(let index)): baselines[index].variation = report
      case .region, .sampling, .reverse, .pair, .bounds: break
      }
    }
  }

  private mutating func take(_ samples: CorruptedScorePlan.Samples) {
    exactOutput.append(samples.exact.points)
    for index in cases.indices {
      cases[index].output.append(samples.corrupted[index].points)
      cases[index].hitCount += samples.hitCounts[index]
    }
    for path in samples.traces.hit { traces.keep(path, isHit: true) }
    for path in samples.traces.other { traces.keep(path, isHit: false) }
  }

  private mutating func take(_ found: CorruptedScorePlan.Reverse) {
    for index in cases.indices {
      cases[index].accumulated += found.accumulated[index].values
      cases[index].regionShares += found.regionShares[index].values
    }
    for index in baselines.indices {
      baselines[index].accumulated += found.baselineAccumulated[index].values
      baselines[index].squares += found.baselineSquares[index].values
    }
  }

  /// The case whose paths are drawn: the largest delta.
  var tracedCase: Int { cases.count - 1 }

  var sampled: Int { exactOutput.count }

  func hitShare(_ place: Case) -> Double {
    sampled == 0 ? .nan : Double(place.hitCount) / Double(sampled)
  }

  func hitError(_ place: Case) -> Double {
    let p = hitShare(place)
    return (p * (1 - p) / Double(sampled)).squareRoot()
  }

  /// `sqrt(sum_k h_k K^2 delta / N / 2)`.
  func l2Route(_ place: Case) -> Double {
    let length = paths.process.horizon - paths.process.stop
    let perStep = values.kick * values.kick * place.delta / Double(paths.stepCount)
    return PathCertificate.pinsker(length * perStep)
  }
}
