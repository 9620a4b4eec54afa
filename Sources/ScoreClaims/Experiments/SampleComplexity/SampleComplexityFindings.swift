import Glibc
import ScoreCore
import ScoreLab

/// What the runs of a sweep say of the claim.
struct SampleComplexityFindings: ExperimentFindings {
  let values: SampleComplexity
  let run: RunConfiguration
  let cells: [SampleComplexityPlan.Cell]
  /// The runs done, with what each found.
  var done: [(cell: SampleComplexityPlan.Cell, record: TrialRecord)]

  init(_ plan: SampleComplexityPlan, _ records: SampleComplexityPlan.Records) {
    (values, run, cells) = (plan.values, plan.run, plan.cells)
    done = plan.cells.enumerated().compactMap { place, cell in
      records[place].map { (cell, $0) }
    }
  }
}

// MARK: - Checks

extension SampleComplexityFindings {
  /// Half the power 1/2 with which sigma times an error grows that misses far mass.
  private static let slowGrowth = 0.25

  private var isDone: Bool { done.count == cells.count }

  var checks: [Check] {
    values.sweep == .n ? slopeChecks + growthChecks + [markov] : [markov]
  }

  private var slopeChecks: [Check] {
    measures.prefix(2).flatMap { measure in
      [ComplexityEstimator.early, .last].map { who in
        let isKnown = isDone && (measure.name == "L2" || isKnown(run.probe.delta))
        let line = isKnown ? fit { measure.value($0, who) }?.line : nil
        return Check(
          .claim, measure.name == "L2" ? "slope_l2" : "slope_d_delta",
          "slope of \(measure.name) against n, \(who.label)",
          measured: isKnown ? line?.slope ?? .nan : nil, interval: line?.slopeInterval(),
          .atMost(0),
          basis: "every claimed rate falls; Student's t interval of the means at each n")
      }
    }
  }

  /// What the networks of the last step do as the noise at which one stops shrinks.
  private var growthChecks: [Check] {
    let isMeasured = isDone && isKnown(run.probe.delta) && hasSamples
    let few = values.values.prefix((values.values.count + 1) / 2)
    let all = isMeasured ? done.map { growths($0.record).quantile } : nil
    let gaps =
      isMeasured
      ? done.filter { few.contains($0.cell.trial.value) }.map { _, record in
        let (l2, quantile) = growths(record)
        return l2 - quantile
      } : nil
    return [
      Check(
        .claim, "growth_d_delta",
        "power of 1/gamma with which sigma D_delta grows at the least noise, all n",
        measured: all.map { Estimate($0).value },
        interval: all.flatMap { Estimate.meanInterval(of: $0) }, .atMost(Self.slowGrowth),
        basis: "polylogarithmic in 1/gamma: less than half the power 1/2 of an error that misses "
          + "far mass; Student's t interval over runs"),
      Check(
        .claim, "growth_l2_over_d_delta",
        "that power of L2 minus that of D_delta, n up to \(values.label(few.last ?? 0))",
        measured: gaps.map { Estimate($0).value },
        interval: gaps.flatMap { Estimate.meanInterval(of: $0) }, .atLeast(0),
        basis: "L2 is polynomial in 1/gamma where far mass is missed; Student's t interval over "
          + "the runs of the lower half of the n"),
    ]
  }

  private var markov: Check {
    let errors = done.flatMap(\.record.levels).flatMap(\.errors)
    let ratios = errors.flatMap { errors in
      zip(deltas, errors.quantiles).map { $1.value * $0.squareRoot() / errors.l2 }
    }
    return Check(
      .identity, "markov", "largest D_delta sqrt(delta) / L2 over runs, scores, levels and delta",
      measured: isDone ? ratios.contains(where: \.isNaN) ? .nan : ratios.max() : nil,
      .atMost(1 + 1e-6), basis: "Markov's inequality on the same points, rounding of float32")
  }
}
