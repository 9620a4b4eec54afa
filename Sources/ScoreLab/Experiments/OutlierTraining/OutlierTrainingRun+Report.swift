import Glibc
import ScoreCore

extension OutlierTrainingRun.Loss {
  var label: String { self == .squared ? "squared" : "Huber" }
  fileprivate var role: Plot.Role { self == .squared ? .measured : .comparison }
}

extension OutlierTrainingRun {
  typealias Value = (Outcome) -> Double

  /// A number of every repeat, for one share of outliers and one loss.
  func values(_ fraction: Double, _ loss: Loss, _ value: Value) -> [Double] {
    guard let place = Self.cases.firstIndex(where: { $0.fraction == fraction && $0.loss == loss })
    else { return [] }
    return outcomes.map { value($0[place]) }
  }

  func short(_ value: Double) -> String { ShortNumber.text(value, digits: 4) }

  private var sizes: String {
    "n = \(sampleCount), \(outcomes.count) training sets, outliers at distance "
      + "\(short(bench.distance)), Huber length \(short(bench.huberLength))"
  }

  var report: ExperimentReport {
    ExperimentReport(
      title: "Outliers in the training data",
      claim:
        "Gross outliers in the training data are learned: they are among the samples in their "
        + "share, and move the clean law's score in L2 and D_delta alike. Huber's loss has "
        + "fewer of them among its samples, at the price of an error on clean data.",
      source: "Huber 1964, Ann. Math. Statist. 35; errors as in Gupta et al. 2024 "
        + "(arXiv:2311.13745), eq. 6",
      caveats: [
        "D_delta forgives errors where few points of the clean law are. What outliers in training do "
          + "is not of that kind: at high noise they move the score where the clean law's points are.",
        "The errors are against the clean law's score. Trained without end on contaminated data, "
          + "the squared loss tends to the score of the contaminated law, so that an error is no "
          + "fault of training.",
        "The minimum of Huber's loss is the conditional mean of the target only where its law "
          + "given the noisy point is symmetric: it is biased on clean data too, which "
          + "the rows without outliers show.",
        "No paper's numbers are reproduced here. The checks are claims about networks with the standard "
          + "values; for another law or shorter training they need not hold.",
      ],
      figures: outcomes.isEmpty
        ? []
        : [
          figure("l2", "sigma L2, root mean square over levels", { $0.l2 }),
          figure("quantile", "sigma D_\(short(bench.delta)), mean over levels", { $0.quantile }),
          figure("transport", "\(metricName) of a sample to the clean law", { $0.transport }),
          figure("far_share", "share of the sample far out", { $0.farShare }), levels,
        ],
      tables: [table, baselineTable], checks: checks)
  }

  var metricName: String { dimension == 1 ? "W1" : "sliced W1" }
}

// MARK: - Figures

extension OutlierTrainingRun {
  private func figure(_ name: String, _ label: String, _ value: Value) -> Figure {
    let fractions = OutlierTrainingBench.fractions
    let isTransport = name == "transport"
    let high = outcomes.first?.first?.transportNull.high ?? .nan
    return Figure(
      name, title: label.prefix(1).uppercased() + label.dropFirst(),
      caption: "\(sizes); medians, 95% intervals from binomial ranks."
        + (isTransport
          ? " The line is what 95% of clean samples of \(setup.run.sampler.count) stay below."
          : ""),
      .plot(
        Plot(
          x: .init("outliers, percent of the training points"), y: .init(label, lower: 0),
          series: Loss.allCases.map { loss in
            let found = fractions.map { MedianEstimate(values($0, loss, value)) }
            return .init(
              loss.label, loss.role, .points, x: fractions.map { 100 * $0 },
              y: found.map(\.value), lower: found.map(\.interval.lowerBound),
              upper: found.map(\.interval.upperBound))
          },
          marks: isTransport ? [.init("null", at: high, isVertical: false)] : [])))
  }

  /// Where in noise the errors of the most contaminated training sets are.
  private var levels: Figure {
    let fraction = OutlierTrainingBench.fractions.last ?? 0
    let levels = times.map { process.level(at: $0).logSNR }
    return Figure(
      "levels", title: "Errors across noise levels with \(short(100 * fraction))% outliers",
      caption: "\(sizes); medians.",
      .plot(
        Plot(
          x: .init("log signal-to-noise ratio"), y: .init("sigma times error", lower: 0),
          series: Loss.allCases.flatMap { loss in
            let squared = levels.indices.map { index in
              MedianEstimate(values(fraction, loss) { $0.levels[index].l2 }).value
            }
            let quantile = levels.indices.map { index in
              MedianEstimate(values(fraction, loss) { $0.levels[index].quantile }).value
            }
            return [
              Plot.Series("L2, \(loss.label)", loss.role, x: levels, y: squared),
              Plot.Series(
                "D_\(short(bench.delta)), \(loss.label)", loss.role, .points, x: levels,
                y: quantile),
            ]
          })))
  }
}

// MARK: - Tables

extension OutlierTrainingRun {
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

  private var table: ReportTable {
    ReportTable(
      "errors", title: "Errors against the clean law",
      columns: ["outliers", "loss"] + numberColumns + ["null mean", "null 95%"],
      rows: outcomes.isEmpty
        ? []
        : Self.cases.enumerated().map { place, test in
          let null = outcomes[0][place].transportNull
          return [.number(test.fraction), .text(test.loss.label)]
            + cells(outcomes.map { $0[place] }) + [.number(null.mean), .number(null.high)]
        },
      note:
        "\(sizes), delta = \(short(bench.delta)); medians and 95% intervals from binomial ranks. "
        + "Far out is beyond half of the outliers' distance; samples of "
        + "\(setup.run.sampler.count), the null from 99 clean ones.")
  }

  private var baselineTable: ReportTable {
    let most = OutlierTrainingBench.fractions.last ?? 0
    return ReportTable(
      "baselines", title: "Scores without a network, \(short(100 * most))% outliers",
      columns: ["score"] + numberColumns,
      rows: baselines.isEmpty
        ? []
        : Baseline.allCases.enumerated().map { place, baseline in
          [.text(baseline.name)] + cells(baselines.map { $0[place] })
        },
      note:
        "\(sizes), delta = \(short(bench.delta)); medians and 95% intervals from binomial ranks; "
        + "the same points, noise and sampler as the networks. The squared loss trained without end "
        + "tends to the contaminated law's score on unlimited data, and to the last row's on the "
        + "training points alone.")
  }
}
