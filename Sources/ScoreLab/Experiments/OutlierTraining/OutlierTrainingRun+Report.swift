import Glibc
import ScoreCore

extension OutlierTrainingRun.Loss {
  var label: String { self == .squared ? "squared" : "Huber" }
  fileprivate var role: Plot.Role { self == .squared ? .measured : .comparison }
}

extension OutlierTrainingRun {
  private typealias Value = (Outcome) -> Double

  /// A number of every repeat, for one share of outliers and one loss.
  private func values(_ fraction: Double, _ loss: Loss, _ value: Value) -> [Double] {
    guard let place = Self.cases.firstIndex(where: { $0.fraction == fraction && $0.loss == loss })
    else { return [] }
    return outcomes.map { value($0[place]) }
  }

  private func short(_ value: Double) -> String { ShortNumber.text(value, digits: 4) }

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
        "No paper's numbers are reproduced here. The checks say what networks with the standard values "
          + "show; another law or shorter training need not pass them.",
      ],
      figures: outcomes.isEmpty
        ? []
        : [
          figure("l2", "sigma L2, root mean square over levels", { $0.l2 }),
          figure("quantile", "sigma D_\(short(bench.delta)), mean over levels", { $0.quantile }),
          figure("transport", "\(metricName) of a sample to the clean law", { $0.transport }),
          figure("far_share", "share of the sample far out", { $0.farShare }), levels,
        ],
      tables: [table], checks: checks)
  }

  private var metricName: String { dimension == 1 ? "W1" : "sliced W1" }
}

// MARK: - Figures

extension OutlierTrainingRun {
  private func figure(_ name: String, _ label: String, _ value: Value) -> Figure {
    let fractions = OutlierTrainingBench.fractions
    let isTransport = name == "transport"
    let high = outcomes.first?.first?.transportNull.high ?? .nan
    return Figure(
      name, title: label.prefix(1).uppercased() + label.dropFirst(),
      caption: "\(sizes); means, two standard errors."
        + (isTransport
          ? " The line is what 95% of clean samples of \(setup.run.sampler.count) stay below."
          : ""),
      .plot(
        Plot(
          x: .init("outliers, percent of the training points"), y: .init(label, lower: 0),
          series: Loss.allCases.map { loss in
            let found = fractions.map { Estimate(values($0, loss, value)) }
            return .init(
              loss.label, loss.role, .points, x: fractions.map { 100 * $0 },
              y: found.map(\.value), lower: found.map { $0.value - 2 * $0.standardError },
              upper: found.map { $0.value + 2 * $0.standardError })
          },
          marks: isTransport ? [.init("null", at: high, isVertical: false)] : [])))
  }

  /// Where in noise the errors of the most contaminated training sets are.
  private var levels: Figure {
    let fraction = OutlierTrainingBench.fractions.last ?? 0
    let levels = times.map { process.level(at: $0).logSNR }
    return Figure(
      "levels", title: "Errors across noise levels with \(short(100 * fraction))% outliers",
      caption: "\(sizes); means.",
      .plot(
        Plot(
          x: .init("log signal-to-noise ratio"), y: .init("sigma times error", lower: 0),
          series: Loss.allCases.flatMap { loss in
            let squared = levels.indices.map { index in
              Estimate(values(fraction, loss) { $0.levels[index].l2 }).value
            }
            let quantile = levels.indices.map { index in
              Estimate(values(fraction, loss) { $0.levels[index].quantile }).value
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

// MARK: - Table and checks

extension OutlierTrainingRun {
  private var table: ReportTable {
    let numbers: [Value] = [{ $0.l2 }, { $0.quantile }, { $0.transport }, { $0.farShare }]
    return ReportTable(
      "errors", title: "Errors against the clean law",
      columns: [
        "outliers", "loss", "sigma L2", "standard error", "sigma D_delta", "standard error of D",
        metricName, "standard error of W1", "share far out", "standard error of share",
        "null mean", "null 95%",
      ],
      rows: outcomes.isEmpty
        ? []
        : Self.cases.enumerated().map { place, test in
          let found = numbers.flatMap { number -> [ReportTable.Cell] in
            let estimate = Estimate(values(test.fraction, test.loss, number))
            return [.number(estimate.value), .number(estimate.standardError)]
          }
          let null = outcomes[0][place].transportNull
          return [.number(test.fraction), .text(test.loss.label)] + found
            + [.number(null.mean), .number(null.high)]
        },
      note: "\(sizes), delta = \(short(bench.delta)). Far out is beyond half of the outliers' "
        + "distance; samples of \(setup.run.sampler.count), the null from 99 clean ones.")
  }

  private var checks: [Check] {
    let isDone = outcomes.count == bench.repeats
    let most = OutlierTrainingBench.fractions.last ?? 0
    let percent = "\(short(100 * most))%"
    func ratio(_ above: (Double, Loss), _ below: (Double, Loss), _ value: Value) -> Double? {
      guard isDone else { return nil }
      return Estimate(values(above.0, above.1, value)).value
        / Estimate(values(below.0, below.1, value)).value
    }
    let seen = "seen over repeated training sets, with room"
    let squared = [
      Check(
        .agreement, "clean_samples",
        "\(metricName) without outliers, squared loss, over what 95% of clean samples stay below",
        measured: isDone ? cleanTransport : nil, .atMost(1.5),
        basis: "a network near the truth; its own error may be half of the null"),
      Check(
        .claim, "outliers_learned",
        "share of the sample far out with \(percent) outliers, squared loss",
        measured: isDone ? Estimate(values(most, .squared) { $0.farShare }).value : nil,
        .near(most, tolerance: most / 3),
        basis: "the squared loss learns the contaminated law; a third for what training leaves"),
      Check(
        .claim, "l2_grows",
        "sigma L2 with \(percent) outliers over that without, squared loss",
        measured: ratio((most, .squared), (0, .squared)) { $0.l2 }, .atLeast(1.3), basis: seen),
      Check(
        .claim, "quantile_grows",
        "sigma D_delta with \(percent) outliers over that without, squared loss",
        measured: ratio((most, .squared), (0, .squared)) { $0.quantile }, .atLeast(1.3),
        basis: seen),
    ]
    // A longer one is hardly ever reached, so there is nothing to see.
    guard bench.huberLength <= 0.5 else { return squared }
    return squared + [
      Check(
        .claim, "huber_helps",
        "share of the sample far out with \(percent) outliers, Huber's over squared loss",
        measured: ratio((most, .huber), (most, .squared)) { $0.farShare }, .atMost(0.8),
        basis: seen),
      Check(
        .claim, "huber_bias",
        "sigma L2 without outliers, Huber's over squared loss",
        measured: ratio((0, .huber), (0, .squared)) { $0.l2 }, .atLeast(1.2),
        basis: "\(seen): the bias of Huber's loss"),
    ]
  }

  /// The mean distance of clean-trained samples over the upper end of the null.
  private var cleanTransport: Double {
    Estimate(values(0, .squared) { $0.transport / $0.transportNull.high }).value
  }
}
