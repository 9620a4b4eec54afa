import Glibc
import ScoreCore
import ScoreLab

extension OutlierTrainingPlan.Loss {
  var label: String { self == .squared ? "squared" : "Huber" }
  fileprivate var role: Plot.Role { self == .squared ? .measured : .comparison }
}

extension OutlierTrainingFindings {
  var exhibits: [Exhibit] {
    let tables: [Exhibit] = [.table(table), .table(baselineTable)]
    guard !outcomes.isEmpty else { return tables }
    return [
      .figure(figure("l2", "sigma L2, root mean square over levels") { $0.l2 }),
      .figure(
        figure("quantile", "sigma D_\(short(experiment.delta)), mean over levels") { $0.quantile }),
      .figure(
        figure("transport", "\(metricName) of a sample to the clean distribution") { $0.transport }),
      .figure(figure("far_share", "share of the sample far out") { $0.farShare }),
      .figure(levels),
    ] + tables
  }
}

extension OutlierTrainingFindings {
  private func figure(_ name: String, _ label: String, _ value: @escaping Value) -> Figure {
    let fractions = OutlierTraining.fractions
    let isTransport = name == "transport"
    let high = outcomes.first?.first?.transportNull.high ?? .nan
    return Figure(
      name, title: label.prefix(1).uppercased() + label.dropFirst(),
      caption: "\(sizes); medians, 95% intervals from binomial ranks."
        + (isTransport
          ? " The line is what 95% of clean samples of \(run.sampler.count) stay below."
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
    let fraction = OutlierTraining.fractions.last ?? 0
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
                "D_\(short(experiment.delta)), \(loss.label)", loss.role, .points, x: levels,
                y: quantile),
            ]
          })))
  }
}
