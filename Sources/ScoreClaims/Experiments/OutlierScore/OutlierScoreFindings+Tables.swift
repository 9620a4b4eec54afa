import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension OutlierScoreFindings {
  private func short(_ value: Double) -> String { NumberText.plain(value, digits: 4) }

  var caveats: [String] {
    let paper = PaperSwitch(sampleCount: values.sampleCount, separation: values.separation)
    return [
      "Lemma 4.2 states a population gap of at least about S^2/m. At its own switch point "
        + "10 sqrt(log m) = \(short(paper.switchPoint)) the gap is about S^2 Q(b), which is near "
        + "S^2 m^-50 (table lemma_4_2; the lemma was read by OCR). S^2/m needs b near the 1 - 1/m "
        + "quantile, and all m samples then miss the switch with probability about 1/e only.",
      "The paper's eta = S exp(-S^2/2 + 10 sqrt(log m) S) is below 1 only for S above "
        + "\(short(paper.leastSeparation)) at m = \(values.sampleCount); here S = "
        + "\(short(values.separation)) and its logarithm is \(short(paper.logWeight)). Where it is a "
        + "weight, its score is 0 a little to the right of the paper's switch point, because the exact "
        + "condition has (S - b)/b in place of the factor S.",
      "At m = 1000 and b = 3.7169 the gap is a tenth of S^2/m: nine data sets in ten see nothing of it, "
        + "the tenth sees ten times as much. The mean over data sets is the population's L2^2 and "
        + "says little about any one of them.",
    ]
  }
}

// MARK: - Tables

extension OutlierScoreFindings {
  private typealias Row = (
    name: String, l2: Double?, gaps: [Double], unnoticed: Int, quantile: ErrorQuantile?,
    exact: Double?
  )

  private var rows: [Row] {
    candidates.map {
      (
        $0.name, $0.l2Squared, $0.gaps, unnoticedCount($0.gaps, $0.l2Squared), $0.quantile,
        $0.score.quantileError(delta: values.delta)
      )
    }
      + baselines.map {
        (
          $0.name, $0.l2Squared.isEmpty ? nil : Estimate($0.l2Squared).value, $0.gaps,
          zip($0.gaps, $0.l2Squared).count { $0 < Self.noticedShare * $1 }, $0.quantile, nil
        )
      }
  }

  var gapTable: ReportTable {
    ReportTable(
      "gaps", title: "Two wrong scores, and two that need no training",
      columns: [
        "score", "L2^2", "mean empirical gap", "standard error", "data sets below 1% of L2^2",
        "95% lower", "95% upper", "D_delta", "D_delta drawn", "D lower", "D upper",
        "Markov bound L2/sqrt(delta)",
      ],
      rows: rows.map { row in
        let mean = Estimate(row.gaps)
        let share = row.gaps.isEmpty ? nil : ClosedRange.share(row.unnoticed, of: row.gaps.count)
        return [
          .text(row.name), ReportTable.Cell(row.l2),
          ReportTable.Cell(row.gaps.isEmpty ? nil : mean.value),
          ReportTable.Cell(row.gaps.count < 2 ? nil : mean.standardError),
          ReportTable.Cell(share.map { _ in Double(row.unnoticed) / Double(row.gaps.count) }),
          ReportTable.Cell(share?.lowerBound), ReportTable.Cell(share?.upperBound),
          ReportTable.Cell(row.exact), ReportTable.Cell(row.quantile?.value),
          ReportTable.Cell(row.quantile?.interval.lowerBound),
          ReportTable.Cell(row.quantile?.interval.upperBound),
          ReportTable.Cell(row.l2.map { ($0 / values.delta).squareRoot() }),
        ]
      },
      note:
        "m = \(values.sampleCount), \(repeatsDone) data sets, delta = \(values.delta). L2^2 and "
        + "D_delta of the wrong scores by quadrature; intervals by Clopper-Pearson and from binomial "
        + "ranks of \(values.errorDrawCount) points. The mean gap has a heavy tail, so its standard "
        + "error bounds nothing. One Gaussian is fitted to each data set; its L2^2 is the mean and its "
        + "D_delta that of the first.")
  }

  /// The empirical gap is far from normal, so that a mean hides it.
  var distributionTable: ReportTable {
    let shares = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
    return ReportTable(
      "gap_distribution", title: "What data sets see of the gap, divided by L2^2",
      columns: ["share of data sets below"] + rows.map(\.name),
      rows: repeatsDone == 0
        ? []
        : shares.map { share in
          [.number(share)]
            + rows.map { row in
              let sorted = row.gaps.sorted()
              let place = max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)
              return ReportTable.Cell(row.l2.map { sorted[place] / $0 })
            }
        },
      note: "\(repeatsDone) data sets of m = \(values.sampleCount).")
  }

  /// The lemma's own numbers next to ours.
  var lemmaTable: ReportTable {
    let (m, S) = (values.sampleCount, values.separation)
    let paper = PaperSwitch(sampleCount: m, separation: S)
    let rate = 2 * log10(S) - log10(Double(m))
    func row(_ name: String, _ score: OutlierScore?, logWeight: Double?) -> [ReportTable.Cell] {
      [
        .text(name), ReportTable.Cell(score?.switchPoint), ReportTable.Cell(logWeight),
        ReportTable.Cell(score.map { $0.logMoment(2) / log(10) }), .number(rate),
        ReportTable.Cell(score.map { $0.logSeenProbability(sampleCount: m) / log(10) }),
      ]
    }
    let here = values.mixture
    return ReportTable(
      "lemma_4_2", title: "The lemma's switch point and weight next to these",
      columns: [
        "wrong score", "b, where it is 0", "log eta, nats", "log10 L2^2", "log10 S^2/m",
        "log10 P(a sample beyond b)",
      ],
      rows: [
        row("this bench: eta that makes it 0 at b", here, logWeight: here.logWeight),
        row(
          "eta that makes it 0 at the paper's 10 sqrt(log m)", paper.atSwitchPoint,
          logWeight: paper.atSwitchPoint?.logWeight),
        row(
          paper.isWeight
            ? "the paper's eta" : "the paper's eta, which is above 1 and no weight",
          paper.ofWeight, logWeight: paper.logWeight),
      ],
      note:
        "m = \(m), S = \(short(S)); by quadrature in logarithms. The paper's eta is below 1 for S "
        + "above \(short(paper.leastSeparation)).")
  }
}
