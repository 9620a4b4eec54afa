import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension ThreeErrorsFindings {
  var exhibits: [Exhibit] {
    ScoreClass.allCases.map { kind in .figure(splitFigure(kind)) }
      + [
        .figure(samplesFigure), .figure(approximationFigure), .figure(decayFigure),
        .figure(floorFigure), .table(splitTable), .table(samplesTable),
        .table(exponentTable),
        .table(approximationTable), .table(descentTable), .table(floorTable),
      ]
  }

  /// The names of the parts of a split and of the whole.
  static let parts: [(name: String, role: Plot.Role, gap: @Sendable (ErrorSplit) -> ScoreGap)] = [
    ("approximation", .exact, { $0.approximation }), ("statistical", .measured, { $0.statistical }),
    ("optimisation", .comparison, { $0.optimization }), ("all", .muted, { $0.total }),
  ]

  var setting: String {
    "n = \(values.points) pairs, \(values.repeats) data sets, \(values.steps) steps of "
      + "\(values.batch) rows; sigma^2 L2^2 under the noisy distribution"
  }

  /// A series with Student's t intervals over repeats; what has none is left out.
  private func series(
    _ label: String, _ role: Plot.Role, x: [Double], _ repeats: [[Double]]
  ) -> Plot.Series {
    let known = zip(x, repeats).filter { !$0.1.isEmpty }
    let intervals = known.map { Estimate.meanInterval(of: $0.1) }
    let means = known.map { Estimate($0.1).value }
    return Plot.Series(
      label, role, .points, x: known.map(\.0), y: means,
      lower: zip(intervals, means).map { $0?.lowerBound ?? $1 },
      upper: zip(intervals, means).map { $0?.upperBound ?? $1 })
  }

  private func splitFigure(_ kind: ScoreClass) -> Figure {
    let own = runs.filter { $0.kind == kind }
    return Figure(
      "split_\(kind.rawValue)", title: "Three errors, \(kind.name)",
      caption: setting + "; 95% intervals over data sets",
      .plot(
        Plot(
          x: .init("time t", isLogarithmic: true),
          y: .init("sigma^2 L2^2", isLogarithmic: true),
          series: Self.parts.map { part in
            series(
              part.name, part.role, x: own.map { values.times[$0.level] },
              own.map { $0.splits.map { part.gap($0).squared } })
          })))
  }

  private var samplesFigure: Figure {
    let (n, level) = (values.counts.map { Double($0) }, values.middle)
    let fits = [ScoreClass.linear, .features].flatMap { kind in
      [
        series(
          kind.name, kind == .linear ? .measured : .comparison, x: n,
          statistical(kind, level: level).map { $0.map(\.squared) }),
        Plot.Series(
          "first order, \(kind.name)", .exact, x: n,
          y: n.map { (expectedEstimation(kind, level: level) ?? .nan) / $0 }),
      ]
    }
    return Figure(
      "statistical_against_n", title: "Statistical error against n, \(time(level))",
      caption: "\(values.dataSets) data sets at each n, \(values.repeats) of the network; first "
        + "order is tr(G^-1 S)/n",
      .plot(
        Plot(
          x: .init("n", isLogarithmic: true), y: .init("sigma^2 L2^2", isLogarithmic: true),
          series: fits + [
            series(
              "network", .muted, x: values.networkCounts.map { Double($0) },
              statistical(.network, level: level).map { $0.map(\.squared) })
          ])))
  }

  private var approximationFigure: Figure {
    let level = values.middle
    let counts = values.featureCounts.map { Double($0) }
    let known = zip(values.widths, populations).filter { $0.1.count == values.levelCount }
    let line = linear.isEmpty ? [] : counts.map { _ in linear[level] }
    return Figure(
      "approximation_against_width", title: "Approximation error against width, \(time(level))",
      caption:
        "\(values.featureDraws) draws of random features, 95% intervals; networks by "
        + "L-BFGS, the least loss of \(values.starts) starts",
      .plot(
        Plot(
          x: .init("hidden units", isLogarithmic: true),
          y: .init("sigma^2 L2^2", isLogarithmic: true),
          series: [
            series(
              "random features", .measured, x: counts, features.map { $0.map { $0[level] } }),
            Plot.Series(
              "network", .comparison, .points, x: known.map { Double($0.0) },
              y: known.map { $0.1[level].gap.squared }),
            Plot.Series("linear", .exact, x: line.isEmpty ? [] : counts, y: line),
          ])))
  }

  private var decayFigure: Figure {
    let k = values.checkpoints.map { Double($0) }
    let means = k.indices.map { place in descents.decays.map { $0[place] } }
    let last = means.last.map { Estimate($0).value } ?? .nan
    return Figure(
      "distance_against_steps", title: "Distance to the minimiser against steps",
      caption:
        "linear class, \(time(values.middle)), steps like 1/k; \(values.descents) runs in ten "
        + "batches, 95% intervals",
      .plot(
        Plot(
          x: .init("steps k", isLogarithmic: true),
          y: .init("sigma^2 L2^2", isLogarithmic: true),
          series: [
            series("measured", .measured, x: k, means),
            Plot.Series(
              "1/k through the last", .claimed, x: k, y: k.map { last * (k.last ?? .nan) / $0 }),
          ])))
  }

  private var floorFigure: Figure {
    let places = values.rates.indices
    return Figure(
      "floor_against_rate", title: "Where constant steps end",
      caption:
        "linear class, \(time(values.middle)); mean over the second half of a run, ten runs at "
        + "each step size, 95% intervals",
      .plot(
        Plot(
          x: .init("step size", isLogarithmic: true),
          y: .init("sigma^2 L2^2", isLogarithmic: true),
          series: [
            series(
              "measured", .measured, x: values.rates,
              places.map { place in descents.floors.map { $0[place] } }),
            Plot.Series(
              "first order, step size tr(S)/batch", .exact, x: values.rates,
              y: places.map { place in Estimate(descents.expected.map { $0[place] }).value }),
          ])))
  }
}
