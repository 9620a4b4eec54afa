import Glibc
import ScoreCore
import ScoreLab

extension ReLUERMFindings {
  var caveats: [String] {
    let none = exp(Double(setting.sampleCount) * log1p(-setting.pair.eta))
    return [
      "The minimiser of the paper's Setting 1.1 is global; here it is what \(values.steps) steps of "
        + "\(rule) reach.",
      "With n = \(setting.sampleCount) samples none is far with probability \(short(none)); the "
        + "number of far samples is set here, not drawn.",
    ]
  }

  var exhibits: [Exhibit] {
    let summaries = summaries(of: outcomes)
    return [
      .figure(scores), .figure(errors(summaries)), .figure(curves(summaries)),
      .table(table(summaries)), .table(baselineTable),
    ]
  }

  var sizes: String {
    "n = \(setting.sampleCount), eta = \(short(setting.pair.eta)), R_t = "
      + "\(short(setting.separation)), t = \(short(setting.time))"
  }
}

// MARK: - Figures

extension ReLUERMFindings {
  private var scores: Figure {
    let x = scorePlaces
    let exact = setting.pair.first.score(
      at: Points(values: x, dimension: 1), level: setting.level
    ).values
    let shown: [(place: Int, role: Plot.Role)] = [(0, .measured), (1, .comparison), (5, .muted)]
    return Figure(
      "scores", title: "True and learned scores of the first repeat",
      caption: "\(sizes); k is the number of far samples.",
      .plot(
        Plot(
          x: .init("x"),
          y: .init("score", lower: -setting.separation - 4, upper: setting.separation / 2),
          series: [.init("exact", .exact, x: x, y: exact)]
            + shown.filter { $0.place < scoreCurves.count }.map { place, role in
              .init(
                "k = \(ReLUERM.farCounts[place])", role, x: x, y: scoreCurves[place])
            },
          marks: [.init("R_t", at: setting.separation, isVertical: true)])))
  }

  private func errors(_ summaries: [Summary]) -> Figure {
    func series(
      _ label: String, _ role: Plot.Role, _ value: (Summary) -> [Double]
    ) -> Plot.Series {
      let found = summaries.map { MedianEstimate(value($0)) }
      return .init(
        label, role, .points, x: summaries.map { Double($0.far) }, y: found.map(\.value),
        lower: found.map(\.interval.lowerBound), upper: found.map(\.interval.upperBound))
    }
    return Figure(
      "error_against_far", title: "Errors against far samples in the training set",
      caption: "\(sizes), delta = \(short(values.delta)); medians of \(outcomes.count) training "
        + "sets, 95% intervals from binomial ranks. The near part's share of L2^2 is what is left.",
      .plot(
        Plot(
          x: .init("far samples k"), y: .init("relative error", isLogarithmic: true),
          series: [
            series("L2^2 / (eta R_t^2)", .measured, \.squares),
            series("near part of it", .muted, \.near),
            series("D_\(short(values.delta)) / R_t", .comparison, \.quantiles),
          ],
          marks: [.init("eta R_t^2", at: 1, isVertical: false)])))
  }

  private func curves(_ summaries: [Summary]) -> Figure {
    let shown: [(place: Int, role: Plot.Role)] = [(0, .measured), (1, .comparison), (5, .muted)]
    return Figure(
      "error_against_delta", title: "D_delta against delta",
      caption:
        "\(sizes); means of \(outcomes.count) repeats over \(ReLUERMPlan.probeCount) points of "
        + "either part.",
      .plot(
        Plot(
          x: .init("delta", isLogarithmic: true), y: .init("D_delta", isLogarithmic: true),
          series: shown.filter { $0.place < summaries.count }.map { place, role in
            .init(
              "k = \(summaries[place].far)", role, x: ReLUERMPlan.curveDeltas,
              y: summaries[place].curve)
          },
          marks: [.init("eta", at: setting.pair.eta, isVertical: true)])))
  }
}
