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
      tables: [slopeTable, runTable, deltaTable] + noiseTables, checks: checks)
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
      "Slopes are of lines through the means at each value. Rule, fixed in advance: the smallest value "
        + "is left out as long as the lack-of-fit test rejects the line at 5% and more than five values "
        + "are left. Where it still rejects, no line fits, and the interval says how far the means "
        + "are off it.",
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

  var place: String {
    values.errorTime.map { "the level nearest to time \($0)" }
      ?? "the worst noise level of the probe"
  }

  /// The largest of a number over the levels, or that of the level asked for.
  func plotted(
    _ record: TrialRecord, _ value: (TrialRecord.Level) -> Double
  ) -> Double {
    guard let time = values.errorTime else {
      let all = record.levels.map(value)
      return all.contains(where: \.isNaN) ? .nan : all.max() ?? .nan
    }
    let nearest = record.levels.min { abs(log($0.time / time)) < abs(log($1.time / time)) }
    return nearest.map(value) ?? .nan
  }

  /// `D_delta` of one of the deltas; NaN where so few points say nothing of it.
  func knownQuantile(_ errors: TrialRecord.Errors, _ index: Int) -> Double {
    isKnown(deltas[index]) ? errors.quantiles[index].value : .nan
  }

  func isKnown(_ delta: Double) -> Bool {
    run.probe.points >= QuantileEstimate.neededCount(delta: delta)
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
      value: { [self] record, who in plotted(record) { knownQuantile($0[who], index) } },
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
  func rates(_ measure: ComplexityMeasure) -> [ComplexityMeasure.Rate] {
    values.sweep == .n ? measure.rates : []
  }

  var hasSamples: Bool { cells[0].configuration.onlyTrainedTime == nil }

  /// The runs done, with their values.
  var done: [(cell: Cell, record: TrialRecord)] {
    zip(cells, records).compactMap { cell, record in record.map { (cell, $0) } }
  }

  /// A number of the runs at one value, in the order of the repeats.
  func found(at value: Double, _ number: (TrialRecord) -> Double) -> [Double] {
    done.filter { $0.cell.value == value }.map { number($0.record) }
  }

  /// The power law through the means at the values whose runs are all done, over the range that the
  /// rule of ``GroupedLineFit/leavingOutMisfit(_:significance:leastGroups:)`` leaves.
  ///
  /// - Returns: Nil where a number is not positive and finite, which has no logarithm.
  func fit(_ number: (TrialRecord) -> Double) -> GroupedLineFit? {
    let groups = values.values.map {
      GroupedLineFit.Group(x: log($0), values: found(at: $0, number))
    }
    .filter { $0.values.count == values.repeats }
    guard groups.allSatisfy({ $0.values.allSatisfy { $0 > 0 && $0.isFinite } }) else { return nil }
    return GroupedLineFit.leavingOutMisfit(
      groups.map { .init(x: $0.x, values: $0.values.map { log($0) }) })
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
