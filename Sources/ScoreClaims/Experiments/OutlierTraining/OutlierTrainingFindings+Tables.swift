import Glibc
import ScoreCore
import ScoreLab

extension OutlierTrainingFindings {
  private var numbers: [Value] {
    [{ $0.l2 }, { $0.quantile }, { $0.transport }, { $0.farShare }]
  }

  private var numberColumns: [String] {
    ["sigma L2", "sigma D_delta", metricName, "share far out"].flatMap {
      [$0, "\($0) lower", "\($0) upper"]
    }
  }

  /// The four numbers of some outcomes, with intervals.
  private func cells(_ outcomes: [Outcome]) -> [ReportTable.Cell] {
    numbers.flatMap { number -> [ReportTable.Cell] in
      let median = MedianEstimate(outcomes.map(number))
      return [
        .number(median.value), .number(median.interval.lowerBound),
        .number(median.interval.upperBound),
      ]
    }
  }

  var table: ReportTable {
    ReportTable(
      "errors", title: "Errors against the clean distribution",
      columns: ["outliers", "loss"] + numberColumns + ["null mean", "null 95%"],
      rows: outcomes.isEmpty
        ? []
        : OutlierTrainingPlan.cases.enumerated().map { place, test in
          let null = outcomes[0][place].transportNull
          return [.number(test.fraction), .text(test.loss.label)]
            + cells(outcomes.map { $0[place] }) + [.number(null.mean), .number(null.high)]
        },
      note:
        "\(sizes), delta = \(short(experiment.delta)); medians and 95% intervals from binomial "
        + "ranks. "
        + "Far out is beyond half of the outliers' distance; samples of "
        + "\(run.sampler.count), the null from 99 clean ones.")
  }

  var baselineTable: ReportTable {
    let most = OutlierTraining.fractions.last ?? 0
    return ReportTable(
      "baselines", title: "Scores without a network, \(short(100 * most))% outliers",
      columns: ["score"] + numberColumns,
      rows: baselines.isEmpty
        ? []
        : Baseline.allCases.enumerated().map { place, baseline in
          [.text(baseline.name)] + cells(baselines.map { $0[place] })
        },
      note:
        "\(sizes), delta = \(short(experiment.delta)); medians and 95% intervals from binomial "
        + "ranks; "
        + "the same points, noise and sampler as the networks. The squared loss trained without "
        + "end "
        + "tends to the contaminated distribution's score on unlimited data, and to the last "
        + "row's on the "
        + "training points alone.")
  }
}
