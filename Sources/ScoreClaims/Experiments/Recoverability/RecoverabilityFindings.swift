import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

/// What the networks say of the claim.
struct RecoverabilityFindings: ExperimentFindings {
  typealias Record = RecoverabilityPlan.Record
  typealias Outcome = RecoverabilityPlan.Outcome

  let experiment: Recoverability
  let run: RunConfiguration
  let times: [Double]
  let shares: [Double]
  let logSNRs: [Double]
  /// One a seed.
  let records: [Record]

  init(_ plan: RecoverabilityPlan, _ records: RecoverabilityPlan.Records) {
    (experiment, run) = (plan.experiment, plan.setup.run)
    (times, shares) = (plan.times, plan.shares)
    logSNRs = plan.times.map { plan.process.level(at: $0).logSNR }
    self.records = records.finished.map { $0.1 }
  }

  /// All are claims about networks, which could have learned otherwise.
  var checks: [Check] { sampleChecks + excessChecks + kernelChecks }

  private var sampleChecks: [Check] {
    let better = "the paper's order of FID; no size is claimed for such networks"
    return [
      claim(
        "erd_transport", "sliced W2 of the samples, erd over constant",
        ratios("erd", "constant") { $0.transport.value }, .atMost(1), better),
      claim(
        "erd_variation", "total variation of the samples' histogram, erd over constant",
        ratios("erd", "constant") { $0.variation.value }, .atMost(1), better),
      claim(
        "erd_over_min_snr", "sliced W2 of the samples, erd over min_snr",
        ratios("erd", "min_snr") { $0.transport.value }, .atMost(1), better),
      claim(
        "erd_over_p2", "sliced W2 of the samples, erd over p2",
        ratios("erd", "p2") { $0.transport.value }, .atMost(1), better),
      claim(
        "two_rules", "sliced W2 of the samples, recoverable over erd",
        ratios("recoverable", "erd") { $0.transport.value }, .near(1, tolerance: 0.1),
        "the amplitude stands for what is recoverable, so both rules should serve as well"),
    ]
  }

  private var excessChecks: [Check] {
    [
      claim(
        "recoverable_excess",
        "the mean excess at levels where half of the target or more is recoverable, erd over "
          + "constant",
        ratios("erd", "constant") { mean($0.excess, where: { $0 >= 0.5 }) }, .atMost(0.95),
        "less of what the other levels' noise puts into shared weights; a twentieth or more"),
      claim(
        "whole_loss",
        "the loss of the constant weighting, floor and excess, at the end over that half way",
        values { ($0.floor + $0.excessAtEnd) / ($0.floor + $0.excessHalfway) }, .atLeast(0.97),
        "the loss seems to stand"),
      claim(
        "hidden_excess", "the excess of the constant weighting at the end over that half way",
        values { $0.excessAtEnd / $0.excessHalfway }, .atMost(0.7), "while learning goes on"),
    ]
  }

  private var kernelChecks: [Check] {
    let (least, most) = (
      shares.indices.min { shares[$0] < shares[$1] } ?? 0,
      shares.indices.max { shares[$0] < shares[$1] } ?? 0
    )
    return [
      claim(
        "tangent_rank",
        "effective rank of the tangent kernel at the most noise over that at the least, "
          + "constant weighting",
        values { ($0.kernels[1].rank.last ?? .nan) / ($0.kernels[1].rank.first ?? .nan) },
        .atMost(0.8), "the paper's decline with noise; a fifth for a plain one"),
      claim(
        "gradient_noise",
        "variance of single gradients where least of the target is recoverable over that where "
          + "most is, "
          + "constant weighting",
        values { $0.kernels[1].noise[least] / $0.kernels[1].noise[most] }, .atLeast(2),
        "twice as noisy or more"),
    ]
  }

  /// A claim about the geometric mean of ratios over seeds, with its Student interval.
  private func claim(
    _ name: String, _ statement: String, _ ratios: [Double]?, _ requirement: Check.Requirement,
    _ basis: String
  ) -> Check {
    let logs = ratios.map { $0.map { log($0) } }
    return Check(
      .claim, name, "geometric mean over seeds of \(statement)",
      measured: logs.map { exp(Estimate($0).value) },
      interval: logs.flatMap { Estimate.meanInterval(of: $0) }
        .map { exp($0.lowerBound)...exp($0.upperBound) },
      requirement, basis: "\(basis); Student interval of the logarithm")
  }
}

// MARK: - Numbers

extension RecoverabilityFindings {
  /// A number of every seed; nil while some are missing.
  func values(_ value: (Record) -> Double) -> [Double]? {
    records.count == experiment.repeats ? records.map(value) : nil
  }

  /// A number of one weighting over that of another, seed by seed: both have the same draws.
  func ratios(
    _ above: String, _ below: String, _ value: (Outcome) -> Double
  ) -> [Double]? {
    values { value(outcome(above, $0)) / value(outcome(below, $0)) }
  }

  func outcome(_ weighting: String, _ record: Record) -> Outcome {
    guard let place = Recoverability.weightings.firstIndex(of: weighting) else {
      preconditionFailure("Every weighting is one of the experiment's.")
    }
    return record.outcomes[place]
  }

  /// The mean over levels with some share that is recoverable; NaN where there is none.
  func mean(_ values: [Double], where isMeant: (Double) -> Bool) -> Double {
    let meant = values.indices.filter { isMeant(shares[$0]) }.map { values[$0] }
    return meant.reduce(0, +) / Double(meant.count)
  }

  func short(_ value: Double) -> String { NumberText.plain(value, digits: 4) }

  var sizes: String { "\(records.count) seeds, \(experiment.steps) steps" }
}
