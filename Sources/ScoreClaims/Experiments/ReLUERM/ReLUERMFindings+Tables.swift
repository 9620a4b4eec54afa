import Glibc
import ScoreCore
import ScoreLab

extension ReLUERMFindings {
  private func cells(_ estimate: MedianEstimate) -> [ReportTable.Cell] {
    [
      .number(estimate.value), .number(estimate.interval.lowerBound),
      .number(estimate.interval.upperBound),
    ]
  }

  func table(_ summaries: [Summary]) -> ReportTable {
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
        "\(sizes), delta = \(short(values.delta)); medians of \(outcomes.count) training sets with "
        + "95% intervals from binomial ranks.")
  }

  /// The same errors of scores that cost no training.
  var baselineTable: ReportTable {
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
      note: "\(sizes), delta = \(short(values.delta)); medians of the first "
        + "\(baselines[.zero]?.count ?? 0) training sets with 95% intervals from binomial ranks, over "
        + "\(ReLUERMPlan.baselineProbeCount) points of either part.")
  }
}
