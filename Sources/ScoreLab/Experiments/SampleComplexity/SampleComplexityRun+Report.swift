import Glibc
import ScoreCore

/// A number of each run and score that is plotted and fitted against the sweep.
struct ComplexityMeasure: Sendable {
  /// A rate that a paper claims for it, as a power of n.
  struct Rate: Sendable {
    let label: String
    let exponent: Double
  }

  let name: String
  let value: @Sendable (TrialRecord, ComplexityEstimator) -> Double
  let rates: [Rate]
}

extension SampleComplexityRun {
  var report: ExperimentReport {
    ExperimentReport(
      title: "Sample complexity",
      claim: "The D_delta error of trained networks falls with n at a rate that does not depend on "
        + "the noise level, while the L2 error suffers from rare far mass as the noise shrinks.",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Theorem 1.2, Lemma 1.4 and Lemma 4.1; Gaur et "
        + "al. 2025 (arXiv:2505.18344); kernel baseline as in Fu and Lee 2025 (arXiv:2505.10880)",
      caveats: caveats, figures: measures.map { figure($0) } + noiseFigures,
      tables: [slopeTable, runTable, deltaTable] + noiseTables + [linearTable], checks: checks)
  }

  private var caveats: [String] {
    [
      "Claimed rates bound from above how many samples suffice, up to constants and logarithms; a "
        + "measured slope that is steeper agrees with all of them. They are drawn through the first "
        + "measured point.",
      "Gupta et al. print eps^-3 (n^-1/3); a public review says that inserting the number of steps N "
        + "gives eps^-5 (n^-1/5): disputed. Their Lemma 1.4, for one time, is eps^-2 (n^-1/2). Their "
        + "eps is a total variation distance, not the error plotted.",
      "Gaur et al. claim eps^-6 (n^-1/6) in version 2 and eps^-4 (n^-1/4) in version 6 and TMLR; the "
        + "form of the bound in eps and sigma was taken from memory and reviews.",
      "Early stopping looks at 4096 fresh points with exact scores, which no user has. It weighs errors "
        + "as L2 does, so where a training set holds no far point it stops long before the network "
        + "fits the rest, and D_delta pays for that.",
      "The leave-one-out likelihood widens the kernel where a training set holds a single far point.",
    ]
  }

  // MARK: - What is measured

  /// The sentence about how runs end, for captions.
  var rules: String {
    "Every run takes \(values.steps) steps. Early stop: the averaged weights of the least held-out "
      + "loss above its floor, until that has not fallen by "
      + "\(ConfigurationText.number(100 * ComplexityTrial.leastFall))% for \(values.patience) steps "
      + "(looked at every \(ComplexityTrial.checkInterval)). Last step: the averaged weights at the "
      + "end."
  }

  var deltas: [Double] { TrialRecord.deltas(of: run) }

  private var place: String {
    values.errorTime.map { "the level nearest to time \($0)" }
      ?? "the worst noise level of the probe"
  }

  /// The largest of a number over the levels, or that of the level asked for.
  private func plotted(
    _ record: TrialRecord, _ value: (TrialRecord.Level) -> Double
  ) -> Double {
    guard let time = values.errorTime else {
      let all = record.levels.map(value)
      return all.contains(where: \.isNaN) ? .nan : all.max() ?? .nan
    }
    let nearest = record.levels.min { abs(log($0.time / time)) < abs(log($1.time / time)) }
    return nearest.map(value) ?? .nan
  }

  var deltaIndex: Int { deltas.firstIndex(of: run.probe.delta) ?? 0 }

  var measures: [ComplexityMeasure] {
    let index = deltaIndex
    let l2 = ComplexityMeasure(
      name: "L2", value: { [self] record, who in plotted(record) { $0[who].l2 } },
      rates: [
        .init(label: "n^-1/2, parametric", exponent: -1.0 / 2),
        .init(label: "n^-1/4, Gaur et al. v6 and TMLR", exponent: -1.0 / 4),
        .init(label: "n^-1/6, Gaur et al. v2", exponent: -1.0 / 6),
      ])
    let quantile = ComplexityMeasure(
      name: "D_delta",
      value: { [self] record, who in plotted(record) { $0[who].quantiles[index] } },
      rates: [
        .init(label: "n^-1/2, Gupta et al. Lemma 1.4", exponent: -1.0 / 2),
        .init(label: "n^-1/3, Gupta et al. as printed", exponent: -1.0 / 3),
        .init(label: "n^-1/5, Gupta et al. with N inserted (disputed)", exponent: -1.0 / 5),
      ])
    let samples = ComplexityMeasure(
      name: cells[0].law.dimension == 1 && values.sweep != .dimension ? "W1" : "W",
      value: { $0.distance[$1] }, rates: [.init(label: "n^-1/2, parametric", exponent: -1.0 / 2)])
    return hasSamples ? [l2, quantile, samples] : [l2, quantile]
  }

  /// The rates that a figure of this sweep has.
  private func rates(_ measure: ComplexityMeasure) -> [ComplexityMeasure.Rate] {
    values.sweep == .n ? measure.rates : []
  }

  private var hasSamples: Bool { cells[0].configuration.onlyTrainedTime == nil }

  /// The runs done, with their values.
  var done: [(cell: Cell, record: TrialRecord)] {
    zip(cells, records).compactMap { cell, record in record.map { (cell, $0) } }
  }

  /// A number of the runs at one value, in the order of the repeats.
  func found(at value: Double, _ number: (TrialRecord) -> Double) -> [Double] {
    done.filter { $0.cell.value == value }.map { number($0.record) }
  }

  /// The least squares slope of the logarithm of a number against that of the sweep.
  func fit(_ number: (TrialRecord) -> Double) -> LineFit? {
    LineFit.powerLaw(x: done.map(\.cell.value), y: done.map { number($0.record) })
  }
}

// MARK: - Figures

extension SampleComplexityRun {
  /// The mean over the repeats at each value, with the least and the largest.
  private func series(
    _ label: String, _ role: Plot.Role, _ number: (TrialRecord) -> Double
  ) -> Plot.Series {
    let places = values.values.filter { !found(at: $0, number).isEmpty }
    let all = places.map { found(at: $0, number) }
    return Plot.Series(
      label, role, x: places, y: all.map { Estimate($0).value },
      lower: all.map { $0.min() ?? .nan }, upper: all.map { $0.max() ?? .nan })
  }

  private func figure(_ measure: ComplexityMeasure) -> Figure {
    let isDistance = measure.name.hasPrefix("W")
    var lines = ComplexityEstimator.allCases.map { who in
      series(who.label, who.role) { measure.value($0, who) }
    }
    let network = lines[0]
    if let x = network.x.first, let y = network.y.first {
      lines += rates(measure).map { rate in
        Plot.Series(
          rate.label, .claimed, x: values.values,
          y: values.values.map { y * pow($0 / x, rate.exponent) })
      }
    }
    if isDistance {
      let places = network.x
      func null(_ value: (TrialRecord.Distance) -> Double) -> [Double] {
        places.map { Estimate(found(at: $0) { value($0.distance) }).value }
      }
      lines.append(
        .band("null, 5% to 95%", .null, x: places, lower: null(\.nullLow), upper: null(\.nullHigh)))
    }
    let name = isDistance ? "distance" : measure.name == "L2" ? "l2" : "d_delta"
    return Figure(
      "\(name)_against_\(values.sweep.rawValue)",
      title: "\(measure.name) against \(values.sweep.axis)",
      caption: isDistance ? distanceCaption : errorCaption(measure),
      .plot(
        Plot(
          x: .init(values.sweep.axis, isLogarithmic: true),
          y: .init(
            isDistance ? "\(measure.name) to the law at the stop" : "sigma \(measure.name)",
            isLogarithmic: true), series: lines)))
  }

  private func errorCaption(_ measure: ComplexityMeasure) -> String {
    let delta = measure.name == "L2" ? "" : " at delta = \(run.probe.delta)"
    return "Means of \(values.repeats) runs, bars from least to largest. sigma \(measure.name)"
      + "\(delta) at \(place), \(run.probe.points) points a level. \(rules) Kernel estimate: the "
      + "exact score of the training points under a Gaussian whose bandwidth leave-one-out "
      + "likelihood chose."
  }

  private var distanceCaption: String {
    "Means of \(values.repeats) runs, bars from least to largest: \(run.sampler.count) samples, "
      + "\(run.sampler.steps) steps, against the law at the process's stop (W1 on the line, sliced W2 "
      + "in more dimensions). The band is where \(ComplexityTrial.nullDraws) fresh samples of the "
      + "law itself lie; nothing below it can be told from the law. \(rules)"
  }
}

// MARK: - Tables

extension SampleComplexityRun {
  private var slopeTable: ReportTable {
    let rows = measures.flatMap { measure in
      ComplexityEstimator.allCases.map { who in
        let fit = fit { measure.value($0, who) }
        let interval = fit?.slopeInterval()
        return [
          .text("\(who.label), \(measure.name)"), ReportTable.Cell(fit?.slope),
          ReportTable.Cell(interval?.lowerBound),
          ReportTable.Cell(interval?.upperBound), .integer(fit?.count ?? 0),
          .text(rates(measure).map(\.label).joined(separator: "; ")),
        ] as [ReportTable.Cell]
      }
    }
    return ReportTable(
      "slopes", title: "Slopes on log-log axes",
      columns: ["error", "slope", "95% low", "95% high", "runs", "claimed"], rows: rows,
      note:
        "Ordinary least squares of log error against log \(values.sweep.rawValue) over all runs; "
        + "the interval is Student's t with runs - 2 degrees of freedom and holds for independent "
        + "equal errors about a straight line. W includes its null, which flattens it.")
  }

  private var runTable: ReportTable {
    let columns = measures.flatMap { measure in
      ComplexityEstimator.allCases.map { (measure, $0) }
    }
    let head = [values.sweep.rawValue, "run", "best step", "stop step", "held-out excess", "h"]
    return ReportTable(
      "runs", title: "Every run",
      columns: head + columns.map { "\($0.name), \($1.label)" },
      rows: done.map { cell, record in
        [
          .number(cell.value), .integer(cell.repeatIndex + 1), .integer(record.bestStep),
          .integer(record.stopStep), .number(record.excess), .number(record.bandwidth),
        ] + columns.map { .number($0.value(record, $1)) }
      },
      note:
        "L2 and D_delta times sigma, at \(place), delta = \(run.probe.delta); h is the kernel's "
        + "bandwidth. \(done.count { $0.record.stopStep >= values.steps }) of \(done.count) runs did "
        + "not stop early. \(rules)")
  }

  private var deltaTable: ReportTable {
    let places = values.values.filter { !found(at: $0, \.excess).isEmpty }.flatMap { value in
      [ComplexityEstimator.early, .last].map { (value: value, who: $0) }
    }
    return ReportTable(
      "deltas", title: "sigma D_delta of the network for several delta",
      columns: [values.sweep.rawValue, "network"] + deltas.map { "delta \($0)" } + ["L2"],
      rows: places.map { value, who in
        func mean(_ number: (TrialRecord.Errors) -> Double) -> ReportTable.Cell {
          .number(Estimate(found(at: value) { plotted($0) { number($0[who]) } }).value)
        }
        return [.number(value), .text(who.label)]
          + deltas.indices.map { index in mean { $0.quantiles[index] } } + [mean(\.l2)]
      }, note: "Means of \(values.repeats) runs, each at \(place).")
  }

  private var linearTable: ReportTable {
    ReportTable(
      "linear", title: "Linear scores on Gaussian data",
      columns: ["variance", "time", "mean sigma^2 L2^2", "standard error", "exact", "1/m limit"],
      rows: linear.map { check in
        [
          .number(check.variance), .number(check.time), .number(check.error.value),
          .number(check.error.standardError), .number(check.expected),
          .number(
            check.expected * Double(LinearScoreCheck.sampleCount - 2)
              / Double(LinearScoreCheck.sampleCount)),
        ]
      },
      note: "Least squares over m = \(LinearScoreCheck.sampleCount) points, "
        + "\(LinearScoreCheck.repeats) times; exact: (1 - sigma^2/v_t)/(m - 2).")
  }

  private var checks: [Check] {
    let errors = done.flatMap(\.record.levels).flatMap(\.errors)
    let ratios = errors.flatMap { errors in
      zip(deltas, errors.quantiles).map { $1 * $0.squareRoot() / errors.l2 }
    }
    let isDone = done.count == cells.count
    let markov = Check(
      .identity, "markov",
      "largest D_delta sqrt(delta) / L2 over runs, scores, levels and delta",
      measured: isDone ? ratios.contains(where: \.isNaN) ? .nan : ratios.max() : nil,
      .atMost(1 + 1e-6), basis: "Markov's inequality on the same points, rounding of float32")
    let parametric = linear.isEmpty ? [openLinear] : linear.map(Self.check)
    guard values.sweep == .n else { return parametric + [markov] }
    let falling = measures.prefix(2).map { measure in
      Check(
        .claim, "slope",
        "upper end of the 95% interval of the slope of \(measure.name) against n, early stop",
        measured: isDone
          ? fit { measure.value($0, .early) }?.slopeInterval()?.upperBound : nil, .atMost(0),
        basis: "every claimed rate falls")
    }
    return parametric + [markov] + falling
  }

  private var openLinear: Check {
    Check(
      .agreement, "linear_open",
      "sigma^2 E[L2^2] of linear scores on Gaussian data", measured: nil,
      .near(0, tolerance: 0), basis: "(1 - sigma^2/v_t)/(m - 2)")
  }

  private static func check(_ linear: LinearScoreCheck) -> Check {
    Check(
      .agreement, "linear",
      "sigma^2 E[L2^2] of linear scores, v = \(linear.variance), t = \(linear.time)",
      measured: linear.error.value,
      .near(linear.expected, tolerance: 4 * linear.error.standardError),
      basis: "closed form (1 - sigma^2/v_t)/(m - 2), 4 standard errors")
  }
}
