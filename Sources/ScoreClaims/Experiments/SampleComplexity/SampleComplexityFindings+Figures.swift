import Glibc
import ScoreCore
import ScoreLab

extension SampleComplexityFindings {
  var exhibits: [Exhibit] {
    measures.map { measure in .figure(figure(measure)) }
      + noiseFigures.map { figure in .figure(figure) }
      + [.table(slopeTable), .table(runTable), .table(deltaTable)]
      + noiseTables.map { table in .table(table) }
  }

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
            isDistance
              ? "\(measure.name) to the distribution at the stop" : "sigma \(measure.name)",
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
      + "\(run.sampler.steps) steps, against the distribution at the process's stop "
      + "(W1 on the line, sliced W2 in more dimensions). The band is where \(ComplexityTrial.nullDraws) fresh samples of the "
      + "distribution itself lie; nothing below it can be told from the distribution. \(rules)"
  }
}
