import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// Schedules on centred normal data, where the distribution of the samples is known exactly.
struct GaussianSchedules: Sendable {
  struct Row: Codable, Sendable {
    let name: String
    /// The path divergence that freezing the exact score costs.
    let cost: Double
    /// The distribution of the samples.
    let output: CentredNormal
  }

  let variance: Double
  let process: OrnsteinUhlenbeck
  let stepCount: Int
  private let schedules: [NamedSchedule]
  private var search: ScheduleSearch
  /// In the order of the catalog, the optimised schedule last; empty until it is found.
  var rows: [Row] = []

  /// What makes the points.
  private let sampler: any Sampler

  /// Prepares the search; `costVariance` is that of the data whose cost is searched, if other.
  init(
    variance: Double, process: OrnsteinUhlenbeck, stepCount: Int,
    sampler: any Sampler = ExponentialIntegrator(), costVariance: Double? = nil
  ) {
    self.variance = variance
    self.process = process
    self.stepCount = stepCount
    self.sampler = sampler
    schedules = NamedSchedule.all(stepCount: stepCount, process: process)
    search = ScheduleSearch(
      FrozenScoreCost(
        times: NamedSchedule.candidates(schedules, process: process),
        dataVariance: costVariance ?? variance), stepCount: stepCount)
  }

  /// The distribution of the noisy data at a time.
  func distribution(at time: Double) -> CentredNormal {
    let level = process.level(at: time)
    return CentredNormal(
      variance: level.alpha * level.alpha * variance + level.sigma * level.sigma)
  }

  var target: CentredNormal { distribution(at: process.stop) }

  /// `KL(q_T || N(0, 1))`.
  var startDivergence: Double {
    distribution(at: process.horizon).kullbackLeibler(to: CentredNormal(variance: 1))
  }

  /// The limit of the least cost times the steps: the square of
  /// `int dt / v_t = log((e^2T + v_0 - 1) / (e^2 gamma + v_0 - 1)) / 2`.
  var squaredLength: Double {
    let (T, stop) = (process.horizon, process.stop)
    let length = log((exp(2 * T) + variance - 1) / (exp(2 * stop) + variance - 1)) / 2
    return length * length
  }

  /// Takes one step of the search, and measures everything after the last.
  mutating func step() {
    search.step()
    guard let best = search.schedule else { return }
    rows = (schedules + [NamedSchedule(name: NamedSchedule.optimised, times: best)]).map {
      Row(
        name: $0.name, cost: search.cost.cost(of: $0.times) ?? .nan,
        output: CentredNormal(
          variance: GaussianRecursion(
            of: sampler, times: $0.times, process: process, dataVariance: variance
          ).variance(startingAt: 1)))
    }
  }

  /// The total variation distance of a row's samples to the distribution at the stop.
  func error(of row: Row) -> Double { row.output.totalVariation(to: target) }

  /// What the optimised schedule's error is more than that of the best other; nil until it is
  /// found.
  var optimisedExcess: Double? {
    guard let last = rows.last, let best = rows.dropLast().map({ error(of: $0) }).min() else {
      return nil
    }
    return error(of: last) - best
  }
}
