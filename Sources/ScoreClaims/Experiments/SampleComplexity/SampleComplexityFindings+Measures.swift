import Glibc
import ScoreCore
import ScoreLab

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

extension SampleComplexityFindings {
  /// The sentence about how runs end, for captions.
  var rules: String {
    "Every run takes \(values.steps) steps. Early stop: the averaged weights of the least held-out "
      + "loss above its floor, until that has not fallen by "
      + "\(ConfigurationText.number(100 * ComplexityTrial.leastFall))% for \(values.patience) "
      + "steps "
      + "(looked at every \(ComplexityTrial.checkInterval)). Last step: the averaged weights at "
      + "the "
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
      name: cells[0].distribution.dimension == 1 && values.sweep != .dimension ? "W1" : "W",
      value: { $0.distance[$1] }, rates: [.init(label: "n^-1/2, parametric", exponent: -1.0 / 2)])
    return hasSamples ? [l2, quantile, samples] : [l2, quantile]
  }

  /// The rates that a figure of this sweep has.
  func rates(_ measure: ComplexityMeasure) -> [ComplexityMeasure.Rate] {
    values.sweep == .n ? measure.rates : []
  }

  var hasSamples: Bool { cells[0].configuration.onlyTrainedTime == nil }

  /// A number of the runs at one value, in the order of the repeats.
  func found(at value: Double, _ number: (TrialRecord) -> Double) -> [Double] {
    done.filter { $0.cell.trial.value == value }.map { number($0.record) }
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
