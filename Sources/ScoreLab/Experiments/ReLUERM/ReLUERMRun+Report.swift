import Glibc
import ScoreCore

extension ReLUERMRun {
  /// Numbers over repeats for one number of far samples.
  struct Summary {
    let far: Int
    /// `L2^2` of each repeat in units of `eta R_t^2`.
    let squares: [Double]
    /// `D_delta` of each repeat in units of `R_t`.
    let quantiles: [Double]
    /// The mean squared error over the near part alone, in units of `eta R_t^2`.
    let near: [Double]
    /// The means over repeats of `D_delta` along ``ReLUERMRun/curveDeltas``.
    let curve: [Double]
  }

  /// One entry a number of far samples; empty before the first repeat is done.
  var summaries: [Summary] { summaries(of: outcomes) }

  func summaries(of outcomes: [[Outcome]]) -> [Summary] {
    guard !outcomes.isEmpty else { return [] }
    let eta = setting.pair.eta
    return ReLUERMBench.farCounts.indices.map { place in
      let found = outcomes.map { $0[place] }
      let near = found.map { (1 - eta) * $0.near / setting.unit }
      return Summary(
        far: ReLUERMBench.farCounts[place],
        squares: zip(found, near).map { $1 + eta * $0.far / setting.unit },
        quantiles: found.map { $0.quantile / setting.separation }, near: near,
        curve: Self.curveDeltas.indices.map { index in
          found.reduce(0) { $0 + $1.curve[index] } / Double(found.count)
        })
    }
  }

  func short(_ value: Double) -> String { ShortNumber.text(value, digits: 4) }

  var report: ExperimentReport {
    let summaries = summaries
    return ExperimentReport(
      title: "ReLU networks and far samples",
      claim: "Trained on a hard pair's data without a far sample, a ReLU network is wrong by about "
        + "eta R_t^2 in squared L2, all of it in the far part, while D_delta for delta above eta is "
        + "that of a well-trained score; one far sample or a few remove the error.",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Setting 1.1 and Lemma 4.1",
      caveats: caveats,
      figures: [scores, errors(summaries), curves(summaries)],
      tables: [table(summaries), baselineTable],
      checks: checks(summaries))
  }

  private var caveats: [String] {
    let none = exp(Double(setting.sampleCount) * log1p(-setting.pair.eta))
    return [
      "The lower bound is about two fixed scores. That a trained network does the same is an "
        + "observation on these networks: a ReLU network goes on as a straight line beyond its "
        + "data, with a slope near the near part's -1 but not equal to it, and the error in the "
        + "far part grows with the square of that slope.",
      "The minimiser of the paper's Setting 1.1 is global; here it is what \(bench.steps) steps of "
        + "\(setup.run.optimizer.kind.name) reach.",
      "With n = \(setting.sampleCount) samples none is far with probability \(short(none)); the "
        + "number of far samples is set here, not drawn.",
    ]
  }

  private var sizes: String {
    "n = \(setting.sampleCount), eta = \(short(setting.pair.eta)), R_t = "
      + "\(short(setting.separation)), t = \(short(setting.time))"
  }
}

// MARK: - Figures

extension ReLUERMRun {
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
                "k = \(ReLUERMBench.farCounts[place])", role, x: x, y: scoreCurves[place])
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
      caption: "\(sizes), delta = \(short(bench.delta)); medians of \(outcomes.count) training "
        + "sets, 95% intervals from binomial ranks. The near part's share of L2^2 is what is left.",
      .plot(
        Plot(
          x: .init("far samples k"), y: .init("relative error", isLogarithmic: true),
          series: [
            series("L2^2 / (eta R_t^2)", .measured, \.squares),
            series("near part of it", .muted, \.near),
            series("D_\(short(bench.delta)) / R_t", .comparison, \.quantiles),
          ],
          marks: [.init("eta R_t^2", at: 1, isVertical: false)])))
  }

  private func curves(_ summaries: [Summary]) -> Figure {
    let shown: [(place: Int, role: Plot.Role)] = [(0, .measured), (1, .comparison), (5, .muted)]
    return Figure(
      "error_against_delta", title: "D_delta against delta",
      caption: "\(sizes); means of \(outcomes.count) repeats over \(Self.probeCount) points of "
        + "either part.",
      .plot(
        Plot(
          x: .init("delta", isLogarithmic: true), y: .init("D_delta", isLogarithmic: true),
          series: shown.filter { $0.place < summaries.count }.map { place, role in
            .init(
              "k = \(summaries[place].far)", role, x: Self.curveDeltas,
              y: summaries[place].curve)
          },
          marks: [.init("eta", at: setting.pair.eta, isVertical: true)])))
  }
}

// MARK: - Tables

extension ReLUERMRun {
  private func cells(_ estimate: MedianEstimate) -> [ReportTable.Cell] {
    [
      .number(estimate.value), .number(estimate.interval.lowerBound),
      .number(estimate.interval.upperBound),
    ]
  }

  private func table(_ summaries: [Summary]) -> ReportTable {
    ReportTable(
      "errors", title: "Errors against far samples",
      columns: [
        "far samples k", "L2^2 / (eta R_t^2)", "95% lower", "95% upper", "near part of it",
        "D_delta / R_t", "D lower", "D upper", "largest D_delta / R_t",
      ],
      rows: summaries.map { summary in
        [.integer(summary.far)] + cells(MedianEstimate(summary.squares))
          + [.number(MedianEstimate(summary.near).value)]
          + cells(MedianEstimate(summary.quantiles)) + [.number(summary.quantiles.max() ?? .nan)]
      },
      note:
        "\(sizes), delta = \(short(bench.delta)); medians of \(outcomes.count) training sets with "
        + "95% intervals from binomial ranks.")
  }

  /// The same errors of scores that cost no training.
  private var baselineTable: ReportTable {
    let shown = [0, 1, 10]
    return ReportTable(
      "baselines", title: "Scores without a network",
      columns: [
        "score", "far samples k", "L2^2 / (eta R_t^2)", "95% lower", "95% upper", "D_delta / R_t",
        "D lower", "D upper",
      ],
      rows: Baseline.allCases.flatMap { baseline in
        summaries(of: baselines[baseline] ?? []).filter {
          // The first two do not look at the points.
          baseline == .zero || baseline == .line ? $0.far == 0 : shown.contains($0.far)
        }.map { summary in
          [.text(baseline.name), .integer(summary.far)] + cells(MedianEstimate(summary.squares))
            + cells(MedianEstimate(summary.quantiles))
        }
      },
      note: "\(sizes), delta = \(short(bench.delta)); medians of the first "
        + "\(baselines[.zero]?.count ?? 0) training sets with 95% intervals from binomial ranks, over "
        + "\(Self.baselineProbeCount) points of either part.")
  }
}
