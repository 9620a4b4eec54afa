import ScoreCore
import ScoreLab

/// What the paths, the samples and their densities say of the claim.
struct CertificateFindings: ExperimentFindings {
  typealias Chain = CertificatePlan.Chain

  /// A score that knows little, with Girsanov's integral along the same number of paths.
  struct Baseline {
    let name: String
    let chain: Chain
    var scoreErrors: [Double] = []
  }

  let values: Certificate
  let paths: ReversePathSetup
  let sampler: any Sampler
  let isExact: Bool
  let isFinished: Bool
  /// Where densities are followed; nil where they are not.
  let range: ClosedRange<Double>?
  private(set) var trained: TrainedWeights?
  /// Girsanov's integrals of each path.
  private(set) var scoreErrors: [Double] = []
  private(set) var discretizations: [Double] = []
  private(set) var totals: [Double] = []
  private(set) var baselines: [Baseline]
  private(set) var stepErrors: [CertificatePlan.StepError] = []
  private(set) var bounds: CertificatePlan.Bounds?
  private(set) var variation: MetricResult?
  private(set) var exactVariation: MetricResult?
  /// The finished densities on the line.
  private(set) var chains: [Chain: CertificatePlan.Density] = [:]
  private(set) var sweep = CertificateSweep()

  init(_ plan: CertificatePlan, _ records: CertificatePlan.Records) {
    (values, paths, sampler) = (plan.values, plan.paths, plan.sampler)
    (isExact, isFinished, range) = (plan.isExact, records.isComplete, plan.range)
    baselines = plan.baselines.map { Baseline(name: $0.name, chain: $0.chain) }
    var rows: [CertificateSweep.Row] = []
    for (unit, record) in records.finished {
      switch record {
      case .trained(let weights): trained = weights
      case .path(let found): take(found)
      case .quantiles(let errors): stepErrors += errors
      case .bounds(let found): bounds = found
      case .sampling: break
      case .variation(let report):
        if unit == .variation(isOfEstimate: true) {
          variation = report
        } else {
          exactVariation = report
        }
      case .chain(let density):
        if case .chain(let chain) = unit { chains[chain] = density }
      case .sweep(let found): sweep = found
      case .steps(let row): rows.append(row)
      }
    }
    sweep.distribution = rows
  }

  private mutating func take(_ found: CertificatePlan.Paths) {
    scoreErrors += found.scoreErrors.values
    discretizations += found.discretizations.values
    totals += found.totals.values
    for (index, errors) in found.baselines.enumerated() {
      baselines[index].scoreErrors += errors.values
    }
  }

  /// The distances of the finished densities to the distribution.
  var distances: [Chain: Double] { chains.mapValues(\.distance) }
  /// How far the sampled points are from their densities.
  var sampled: SampledDensity? { chains[.followed]?.sampled }
  var exactSampled: SampledDensity? { chains[.exact]?.sampled }
}
