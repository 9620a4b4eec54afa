import ScoreCore
import ScoreLab
import ScoreTheory

/// What minimisers and runs say of the claim.
struct ThreeErrorsFindings: ExperimentFindings {
  /// The runs of one class at one level.
  struct Runs {
    let kind: ScoreClass
    let level: Int
    var splits: [ErrorSplit]
  }

  /// The runs whose decay and floors are measured, a batch each.
  struct Descents {
    /// `[batches][checkpoints]`.
    var decays: [[Double]] = []
    /// `[batches][rates]`.
    var floors: [[Double]] = []
    var expected: [[Double]] = []
  }

  let plan: ThreeErrorsPlan
  let isDone: Bool
  /// Squared errors of the population's minimisers: `[levels]`, and `[counts][draws][levels]`.
  private(set) var linear: [Double] = []
  private(set) var features: [[[Double]]] = []
  /// Networks minimised on the population, `[widths][levels]`.
  private(set) var populations: [[(minimum: NetworkMinimum, gap: ScoreGap)]]
  /// Squared errors on normal data, `[counts][levels][sets]`.
  private(set) var normal: [[[Double]]]
  /// Means of batches, `[counts][batches][levels]` of each class.
  private var estimations: [ScoreClass: [[[ScoreGap]]]]
  /// Networks at the middle level, `[networkCounts][sets]`.
  private var networks: [[ScoreGap]]
  private(set) var descents = Descents()
  private(set) var runs: [Runs]

  init(_ plan: ThreeErrorsPlan, _ records: ThreeErrorsPlan.Records) {
    self.plan = plan
    isDone = records.isComplete
    let (values, counts) = (plan.values, plan.values.counts)
    populations = values.widths.map { _ in [] }
    normal = counts.map { _ in [] }
    networks = values.networkCounts.map { _ in [] }
    estimations = [.linear: counts.map { _ in [] }, .features: counts.map { _ in [] }]
    runs = ScoreClass.allCases.flatMap { kind in
      (0..<values.levelCount).map { Runs(kind: kind, level: $0, splits: []) }
    }
    for (unit, record) in records.finished { take(unit, record) }
  }

  private mutating func take(_ unit: ThreeErrorsPlan.Unit, _ record: ThreeErrorsPlan.Record) {
    let counts = plan.values.counts
    func place(_ n: Int) -> Int { counts.firstIndex(of: n) ?? 0 }
    switch (unit, record) {
    case (_, .approximation(let linear, let features)):
      (self.linear, self.features) = (
        linear, features
      )
    case (.population(let width, _), .population(let minimum, let gap)):
      populations[plan.values.widths.firstIndex(of: width) ?? 0].append((minimum, gap))
    case (.normal(let n), .normal(let errors)): normal[place(n)] = errors
    case (.estimation(let n, _), .estimation(let linear, let features)):
      estimations[.linear]?[place(n)].append(linear)
      estimations[.features]?[place(n)].append(features)
    case (.networkEstimation(let n, _), .networkEstimation(let error)):
      networks[place(n)].append(error)
    case (_, .descent(let decay, let floors, let expected)):
      descents.decays.append(decay)
      descents.floors.append(floors)
      descents.expected.append(expected)
    case (.split(let kind, let level, _), .split(let split)):
      if let place = runs.firstIndex(where: { $0.kind == kind && $0.level == level }) {
        runs[place].splits.append(split)
      }
    case (_, .population), (_, .normal), (_, .estimation), (_, .networkEstimation), (_, .split):
      preconditionFailure("A unit's record is of its kind.")
    }
  }

  var values: ThreeErrors { plan.values }

  // MARK: - Powers

  /// The power laws through numbers at several places, one for each repeat of all of them.
  func powers(_ x: [Double], _ repeats: [[Double]]) -> [Double] {
    repeats.map { LineFit.powerLaw(x: x, y: $0)?.slope ?? .nan }
  }

  /// The numbers n at which the statistical error of a class is measured.
  func counts(_ kind: ScoreClass) -> [Int] {
    kind == .network ? values.networkCounts : values.counts
  }

  /// The statistical errors of a class at a level, `[counts][repeats]`; of networks at the middle one.
  func statistical(_ kind: ScoreClass, level: Int) -> [[ScoreGap]] {
    switch kind {
    case .linear, .features: (estimations[kind] ?? []).map { $0.map { $0[level] } }
    case .network: networks
    }
  }

  /// The powers of n of a number of a class's statistical error, repeat by repeat; of the squared L2
  /// error where none is given.
  func statisticalPowers(
    _ kind: ScoreClass, level: Int, _ number: (ScoreGap) -> Double = { $0.squared }
  ) -> [Double] {
    let found = statistical(kind, level: level)
    return powers(
      counts(kind).map { Double($0) },
      (found.first?.indices ?? 0..<0).map { place in found.map { number($0[place]) } })
  }

  /// The powers of the number of features with which the approximation error falls, draw by draw.
  func approximationPowers(level: Int) -> [Double] {
    powers(
      values.featureCounts.map { Double($0) },
      (0..<values.featureDraws).map { draw in features.map { $0[draw][level] } })
  }

  /// What the statistical error of a class is n times of, to first order.
  func expectedEstimation(_ kind: ScoreClass, level: Int) -> Double? {
    EstimationError(
      plan.regression(plan.featureMap(kind), level: level), rule: plan.rules[level],
      distribution: plan.exactDistribution)?.perPoint
  }

  /// `sigma^2 (I - 1 / Var)`, by the distribution's own Fisher information.
  func expectedApproximation(level: Int) -> Double? {
    let (noise, distribution) = (plan.rules[level].level, plan.exactDistribution)
    guard let information = distribution.fisherInformation(at: noise),
      let moments = distribution.moments
    else { return nil }
    let sigma2 = noise.sigma * noise.sigma
    let variance = noise.alpha * noise.alpha * moments.variance + sigma2
    return sigma2 * (information - 1 / variance)
  }
}
