import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

/// What the networks say of the claim.
struct ReLUERMFindings: ExperimentFindings {
  typealias Outcome = ReLUERMPlan.Outcome
  typealias Baseline = ReLUERMPlan.Baseline

  let values: ReLUERM
  let setting: ReLUERMSetting
  let rule: String
  let scorePlaces: [Double]
  /// For each training set one outcome a number of far samples.
  private(set) var outcomes: [[Outcome]] = []
  /// The first training set's scores along ``scorePlaces``, one list a number of far samples.
  private(set) var scoreCurves: [[Double]] = []
  /// For each of the first training sets one outcome a number of far samples, by baseline.
  private(set) var baselines: [Baseline: [[Outcome]]] = [:]

  init(_ plan: ReLUERMPlan, _ records: ReLUERMPlan.Records) {
    (values, setting, scorePlaces) = (plan.values, plan.setting, plan.scorePlaces)
    rule = plan.setup.run.optimizer.kind.name
    for (_, record) in records.finished {
      outcomes.append(record.outcomes)
      if scoreCurves.isEmpty { scoreCurves = record.scoreCurves }
      for (baseline, found) in zip(Baseline.allCases, record.baselines) {
        baselines[baseline, default: []].append(found)
      }
    }
  }

  /// All are claims: a network could have gone on in any way beyond its data.
  var checks: [Check] {
    let found = outcomes.count == values.repeats ? summaries(of: outcomes) : []
    let (none, one, many) = (found.first, found.dropFirst().first, found.last)
    // Networks of one training set share their near samples, so they are compared one by one.
    func ratios(_ above: Summary?, _ below: Summary?, _ value: (Summary) -> [Double]) -> [Double]? {
      guard let above, let below else { return nil }
      return zip(value(above), value(below)).map { $0 / $1 }
    }
    let largest =
      found.isEmpty
      ? nil : outcomes.map { ($0.map(\.quantile).max() ?? .nan) / setting.separation }
    return [
      .medianClaim(
        "far_error", "L2^2 / (eta R_t^2) without a far sample", none?.squares, .atLeast(0.25),
        "a straight line from the near part with a slope of at least 1/2 in size"),
      .medianClaim(
        "far_error_bound", "L2^2 / (eta R_t^2) without a far sample, from above", none?.squares,
        .atMost(4), "a slope of at most 2 in size"),
      .medianClaim(
        "near_share", "the near part's share of L2^2 without a far sample",
        none.map { zip($0.near, $0.squares).map { $0 / $1 } }, .atMost(0.1),
        "all of the error is in the far part, to a tenth"),
      .medianClaim(
        "one_far_sample", "L2^2 with one far sample over that without",
        ratios(one, none, \.squares), .atMost(0.2),
        "what is left is the near part's statistical error, and the far sample's noise"),
      .medianClaim(
        "ten_far_samples", "L2^2 with 10 far samples over that without",
        ratios(many, none, \.squares), .atMost(0.2),
        "what is left is the near part's statistical error"),
      .medianClaim(
        "quantile_error", "largest D_delta / R_t of a training set's networks", largest,
        .atMost(0.1),
        "an error of R_t in the far part has a weight below delta"),
      .medianClaim(
        "quantile_ratio", "D_delta without a far sample over that with 10",
        ratios(none, many, \.quantiles), .atMost(2),
        "D_delta sees the near part alone, which is the same"),
    ]
  }
}

// MARK: - Numbers

extension ReLUERMFindings {
  /// Numbers over repeats for one number of far samples.
  struct Summary {
    let far: Int
    /// `L2^2` of each repeat in units of `eta R_t^2`.
    let squares: [Double]
    /// `D_delta` of each repeat in units of `R_t`.
    let quantiles: [Double]
    /// The mean squared error over the near part alone, in units of `eta R_t^2`.
    let near: [Double]
    /// The means over repeats of `D_delta` along ``ReLUERMPlan/curveDeltas``.
    let curve: [Double]
  }

  /// One entry a number of far samples; empty before the first training set is done.
  func summaries(of outcomes: [[Outcome]]) -> [Summary] {
    guard !outcomes.isEmpty else { return [] }
    let eta = setting.pair.eta
    return ReLUERM.farCounts.indices.map { place in
      let found = outcomes.map { $0[place] }
      let near = found.map { (1 - eta) * $0.near / setting.unit }
      return Summary(
        far: ReLUERM.farCounts[place],
        squares: zip(found, near).map { $1 + eta * $0.far / setting.unit },
        quantiles: found.map { $0.quantile / setting.separation }, near: near,
        curve: ReLUERMPlan.curveDeltas.indices.map { index in
          found.reduce(0) { $0 + $1.curve[index] } / Double(found.count)
        })
    }
  }

  func short(_ value: Double) -> String { NumberText.plain(value, digits: 4) }
}
