import ScoreCore
import ScoreLab
import ScoreTheory

/// Finds the best schedule for a distribution, and samples along it and along every grid.
struct SchedulesPlan: ExperimentPlan {
  static let evaluationsPerUnit = 32

  enum Unit: Codable, Hashable, Sendable {
    case training
    case gaussian
    case information(part: Int)
    case search
    case path(block: Int)
    case sampling(outcome: Int, block: Int)
    case density(outcome: Int)
    case measure(outcome: Int, isVariation: Bool)
  }

  enum Record: Codable, Sendable {
    case trained(TrainedWeights)
    /// The schedules on normal data, the optimised one last.
    case gaussian([GaussianSchedules.Row])
    /// The Fisher information at some of the evaluation times.
    case information([Double])
    case search(Search)
    /// The divergence along simulated paths of the first schedule.
    case path([Double])
    case sampling(KeptPoints)
    case density(Density)
    /// Nil where points are not finite.
    case measure(MetricResult?)
  }

  struct Search: Codable, Sendable {
    /// The times of the optimised schedule.
    var best: [Double]
    /// The path divergence of each schedule, the optimised one last.
    var costs: [Double]
    var startDivergence: Estimate
  }

  struct Density: Codable, Sendable {
    var variation: Double
    var sampled: SampledDensity
    /// The distance of one Gaussian with the distribution's mean and variance; of the first outcome
    /// alone.
    var gaussianVariation: Double?
  }

  let values: Schedules
  let paths: ReversePathSetup
  let stepCount: Int
  /// Before training; nil without a learned score.
  let session: Session?
  var gaussian: GaussianSchedules
  /// What makes the points that are sampled.
  var sampler: any Sampler = ExponentialIntegrator()
  /// Those of the catalog; the optimised one is found by a unit.
  let schedules: [NamedSchedule]
  /// Where densities are followed; nil where they are not.
  let range: ClosedRange<Double>?
  var curve: FisherCurve
  let candidates: [Double]
  let evaluationTimes: [Double]
  let sampleBlocks: [Range<Int>]
  let pathBlocks: [Range<Int>]

  init(values: Schedules, paths: ReversePathSetup, stepCount: Int, session: Session?) {
    self.values = values
    self.paths = paths
    self.stepCount = stepCount
    self.session = session
    gaussian = GaussianSchedules(
      variance: values.variance, process: paths.process, stepCount: stepCount)
    schedules = NamedSchedule.all(stepCount: stepCount, process: paths.process)
    candidates = NamedSchedule.candidates(schedules, process: paths.process)
    evaluationTimes = FrozenScoreCost.evaluationTimes(for: candidates)
    var stream = paths.stream(0)
    curve = FisherCurve(
      distribution: paths.distribution, process: paths.process, draws: 4096, using: &stream)
    range = paths.lineRange(using: &stream)
    let dimension = paths.distribution.dimension
    sampleBlocks = ReversePathSetup.blocks(of: paths.count, steps: stepCount, dimension: dimension)
    pathBlocks = ReversePathSetup.blocks(
      of: values.pathCount, steps: 5 * stepCount, dimension: dimension)
  }

  private var scoreCount: Int { session == nil ? 1 : 2 }
  /// The optimised schedule is one more than the catalog's.
  var outcomeCount: Int { (schedules.count + 1) * scoreCount }

  /// The schedule and the score of an outcome.
  func isLearned(_ outcome: Int) -> Bool { outcome % scoreCount == 1 }
  func schedule(_ outcome: Int) -> Int { outcome / scoreCount }

  private var informationUnits: [Unit] {
    (0..<(evaluationTimes.count + Self.evaluationsPerUnit - 1) / Self.evaluationsPerUnit).map {
      .information(part: $0)
    }
  }

  private func samplingUnits(_ outcome: Int) -> [Unit] {
    sampleBlocks.indices.map { .sampling(outcome: outcome, block: $0) }
  }

  var units: [Unit] {
    (session == nil ? [] : [.training]) + [.gaussian] + informationUnits + [.search]
      + pathBlocks.indices.map { .path(block: $0) }
      + (0..<outcomeCount).flatMap { samplingUnits($0) }
      + (range == nil ? [] : (0..<outcomeCount).map { .density(outcome: $0) })
      + (0..<outcomeCount).flatMap {
        [.measure(outcome: $0, isVariation: true), .measure(outcome: $0, isVariation: false)]
      }
  }

  func length(of unit: Unit) -> Int {
    switch unit {
    case .training: SessionTraining.length(stepCount: values.trainingSteps)
    case .gaussian, .search: stepCount
    case .information, .path, .sampling, .density, .measure: 1
    }
  }

  func needs(of unit: Unit) -> [Unit] {
    switch unit {
    case .training, .gaussian, .information, .path: []
    case .search: informationUnits
    case .sampling(let outcome, _): isLearned(outcome) ? [.training, .search] : [.search]
    case .density(let outcome): (isLearned(outcome) ? [.training] : []) + samplingUnits(outcome)
    case .measure(let outcome, _): samplingUnits(outcome)
    }
  }

  func activity(of unit: Unit) -> String {
    switch unit {
    case .training: "training"
    case .gaussian, .search: "searching the best schedule"
    case .information: "finding the Fisher information"
    case .path: "checking the divergence along paths"
    case .sampling(let outcome, _): "sampling, \(name(schedule(outcome)))"
    case .density(let outcome): "following the samples' density, \(name(schedule(outcome)))"
    case .measure(let outcome, _): "measuring, \(name(schedule(outcome)))"
    }
  }

  private func name(_ schedule: Int) -> String {
    schedule < schedules.count ? schedules[schedule].name : NamedSchedule.optimised
  }

  func work(
    on unit: Unit, given records: Records, threads: Int
  ) -> any UnitWork<Record> {
    switch unit {
    case .training:
      guard let session else { preconditionFailure("Only a session is trained.") }
      return SessionTraining(session, stepCount: values.trainingSteps).map { .trained($0) }
    case .gaussian: return GaussianSearch(gaussian).map { .gaussian($0.rows) }
    case .search: return ScheduleSearchWork(search(records)).map { .search(found($0)) }
    case .information(let part): return SingleStep { .information(information(part)) }
    case .path(let block): return SingleStep { .path(follow(block)) }
    case .sampling(let outcome, let block):
      let (score, times) = (score(outcome, records, threads), times(outcome, records))
      return SingleStep { .sampling(KeptPoints(sample(block, score, times))) }
    case .density(let outcome):
      let (score, times) = (score(outcome, records, threads), times(outcome, records))
      let output = output(outcome, records)
      return SingleStep { .density(density(outcome, output, score, times)) }
    case .measure(let outcome, let isVariation):
      let output = output(outcome, records)
      return SingleStep { .measure(measure(output, isVariation: isVariation)) }
    }
  }

  func findings(_ records: Records) -> SchedulesFindings { SchedulesFindings(self, records) }
}
