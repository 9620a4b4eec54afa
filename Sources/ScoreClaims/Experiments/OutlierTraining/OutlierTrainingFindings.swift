import NumberFormatting
import ScoreCore
import ScoreLab

/// What the networks say of the claim.
struct OutlierTrainingFindings: ExperimentFindings {
  typealias Outcome = OutlierTrainingPlan.Outcome
  typealias Baseline = OutlierTrainingPlan.Baseline
  typealias Loss = OutlierTrainingPlan.Loss
  typealias Value = (Outcome) -> Double

  let experiment: OutlierTraining
  let run: RunConfiguration
  let sampleCount: Int
  let process: any ForwardProcess
  /// The times of the levels measured.
  let times: [Double]
  let dimension: Int
  /// For each training set one outcome a case.
  private(set) var outcomes: [[Outcome]] = []
  /// For each training set one outcome a baseline, with the largest share of outliers.
  private(set) var baselines: [[Outcome]] = []

  init(_ plan: OutlierTrainingPlan, _ records: OutlierTrainingPlan.Records) {
    (experiment, run, sampleCount) = (plan.experiment, plan.setup.run, plan.sampleCount)
    (process, times, dimension) = (plan.process, plan.times, plan.dimension)
    for (_, record) in records.finished {
      outcomes.append(record.outcomes)
      baselines.append(record.baselines)
    }
  }

  /// All are claims about networks, which could have learned otherwise.
  var checks: [Check] {
    let isDone = outcomes.count == experiment.repeats
    let most = OutlierTraining.fractions.last ?? 0
    let percent = "\(short(100 * most))%"
    func found(_ fraction: Double, _ loss: Loss, _ value: Value) -> [Double]? {
      isDone ? values(fraction, loss, value) : nil
    }
    // Networks of one training set share their clean points, so they are compared one by one.
    func ratios(_ above: (Double, Loss), _ below: (Double, Loss), _ value: Value) -> [Double]? {
      guard isDone else { return nil }
      return zip(values(above.0, above.1, value), values(below.0, below.1, value)).map { $0 / $1 }
    }
    return [
      .medianClaim(
        "clean_samples",
        "\(metricName) without outliers, squared loss, over what 95% of clean samples stay below",
        found(0, .squared) { $0.transport / $0.transportNull.high }, .atMost(1.5),
        "a network near the truth; its own error may be half of the null"),
      .medianClaim(
        "far_share", "the share of the sample far out with \(percent) outliers, squared loss",
        found(most, .squared) { $0.farShare }, .near(most, tolerance: most / 3),
        "the squared loss learns the contaminated distribution; a third for what training leaves"),
      .medianClaim(
        "l2_ratio", "sigma L2 with \(percent) outliers over that without, squared loss",
        ratios((most, .squared), (0, .squared)) { $0.l2 }, .atLeast(1.3), "a plain rise"),
      .medianClaim(
        "quantile_ratio", "sigma D_delta with \(percent) outliers over that without, squared loss",
        ratios((most, .squared), (0, .squared)) { $0.quantile }, .atLeast(1.3), "a plain rise"),
      .medianClaim(
        "huber_far_share",
        "the share of the sample far out with \(percent) outliers, Huber's over squared loss",
        ratios((most, .huber), (most, .squared)) { $0.farShare }, .atMost(0.8),
        "at least a fifth fewer"),
      .medianClaim(
        "huber_bias", "sigma L2 without outliers, Huber's over squared loss",
        ratios((0, .huber), (0, .squared)) { $0.l2 }, .atLeast(1.2), "the bias of Huber's loss"),
    ]
  }
}

// MARK: - Numbers

extension OutlierTrainingFindings {
  /// A number of every training set, for one share of outliers and one loss.
  func values(_ fraction: Double, _ loss: Loss, _ value: Value) -> [Double] {
    guard
      let place = OutlierTrainingPlan.cases.firstIndex(where: {
        $0.fraction == fraction && $0.loss == loss
      })
    else { return [] }
    return outcomes.map { value($0[place]) }
  }

  func short(_ value: Double) -> String { NumberText.plain(value, digits: 4) }

  var sizes: String {
    "n = \(sampleCount), \(outcomes.count) training sets, outliers at distance "
      + "\(short(experiment.distance)), Huber length \(short(experiment.huberLength))"
  }

  var metricName: String { dimension == 1 ? "W1" : "sliced W1" }
}
