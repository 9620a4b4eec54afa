import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension ConvexMinimiserFindings {
  var exhibits: [Exhibit] {
    [
      .figure(scoreFigure), .figure(pathFigure), .figure(gapFigure), .table(descentTable),
      .table(pathTable), .table(lawTable), .table(splitTable), .table(statisticalTable),
    ]
  }

  private var setting: String {
    "Two parts at distance \(NumberText.plain(values.separation)) of deviation "
      + "\(NumberText.plain(values.deviation)), noise of time \(NumberText.plain(values.time)); "
      + "\(values.points) points."
  }

  private static let roles: [KinkLoss: Plot.Role] = [
    .denoising: .measured, .implicit: .comparison,
  ]

  /// The exact minimisers of the first data set.
  private var scoreFigure: Figure {
    let rows = plan.rows(values.points, part: 1, set: 0)
    let (low, high) = (rows.points.min() ?? -1, rows.points.max() ?? 1)
    let x = (0...200).map { low + (high - low) * Double($0) / 200 }
    let series = KinkLoss.allCases.flatMap { loss -> [Plot.Series] in
      let program = plan.program(loss, rows)
      let found = plan.minimum(program, penalty: plan.bentPenalty(program)).score
      let role = Self.roles[loss] ?? .measured
      return [
        Plot.Series("\(loss.name), exact minimiser", role, x: x, y: x.map(found.value(at:))),
        Plot.Series(
          "\(loss.name), kinks", role, .points, x: found.kinks,
          y: found.kinks.map(found.value(at:))),
      ]
    }
    let line = plan.program(.implicit, rows).line
    let exact = values.distribution.score(at: Points(values: x, dimension: 1), level: values.level)
    return Figure(
      "minimisers", title: "Exact minimisers below the line's penalty",
      caption: "Kinks at data points; the line is the minimiser above the penalty. " + setting,
      .plot(
        Plot(
          x: .init("x"), y: .init("score"),
          series: [
            Plot.Series("exact score", .exact, x: x, y: exact.values),
            Plot.Series("line of one Gaussian", .null, x: x, y: x.map(line.value(at:))),
          ] + series)))
  }

  private var pathFigure: Figure {
    let series = KinkLoss.allCases.map { loss in
      Plot.Series(
        loss.name, Self.roles[loss] ?? .measured, x: (paths[loss] ?? []).map(\.share),
        y: (paths[loss] ?? []).map(\.error))
    }
    return Figure(
      "path", title: "Error along the penalty",
      caption: "sigma^2 L2^2 of the exact minimiser of one data set to the exact score. " + setting,
      .plot(
        Plot(
          x: .init("penalty / that of the line", isLogarithmic: true),
          y: .init("sigma^2 L2^2", isLogarithmic: true), series: series,
          marks: [.init("the line from here on", at: 1, isVertical: true)])))
  }

  private var gapFigure: Figure {
    let x = values.widths.map { Double($0) }
    let series = KinkLoss.allCases.map { loss in
      let medians = values.widths.map { width in
        MedianEstimate(ends(loss, width: width)?.map(\.gap) ?? [])
      }
      return Plot.Series(
        loss.name, Self.roles[loss] ?? .measured, .points, x: x, y: medians.map(\.value),
        lower: medians.map(\.interval.lowerBound), upper: medians.map(\.interval.upperBound))
    }
    return Figure(
      "gap_against_width", title: "Descent above the exact minimum",
      caption:
        "Objective above the minimum, of what the line is above it (1: the line); medians over "
        + "\(values.repeats) data sets, intervals of ranks, 95%. " + setting,
      .plot(
        Plot(
          x: .init("width", isLogarithmic: true), y: .init("gap", isLogarithmic: true),
          series: series)))
  }

  private var descentTable: ReportTable {
    let rows = KinkLoss.allCases.flatMap { loss in
      values.widths.map { width -> [ReportTable.Cell] in
        let ends = ends(loss, width: width) ?? []
        func median(_ value: (Plan.DescentEnd) -> Double) -> ReportTable.Cell {
          let found = MedianEstimate(ends.map(value)).value
          // A network without kinks between the points has none near exact ones.
          return found.isNaN ? .none : .number(found)
        }
        return [
          .text(loss.name), .integer(width), median(\.gap), median(\.objective), median(\.exact),
          median(\.line), median(\.nearKinks), median(\.nearPoints), median(\.fromLine),
        ]
      }
    }
    return ReportTable(
      "descents", title: "Descents against the exact minimiser",
      columns: [
        "loss", "width", "gap / line's", "objective", "minimum", "line", "slope changes near kinks",
        "points near kinks", "from the line above it",
      ], rows: rows,
      note:
        "Medians over \(values.repeats) data sets; the lowest of \(values.starts) starts. Near: "
        + "between the neighbours of an exact kink; the share of the gaps between points that are "
        + "is what chance gives. " + setting)
  }

  private var pathTable: ReportTable {
    let rows = KinkLoss.allCases.flatMap { loss in
      (paths[loss] ?? []).map { place -> [ReportTable.Cell] in
        [
          .text(loss.name), .number(place.share), .integer(place.kinks), .number(place.objective),
          .number(place.relativeGap), .number(place.error),
        ]
      }
    }
    return ReportTable(
      "path", title: "The path over penalties",
      columns: [
        "loss", "penalty / line's", "kinks", "objective", "relative gap", "sigma^2 L2^2",
      ], rows: rows, note: "The first data set. " + setting)
  }

  private var lawTable: ReportTable {
    let rows = KinkLoss.allCases.map { loss -> [ReportTable.Cell] in
      let found = laws[loss] ?? []
      func mean(_ value: (Plan.LangevinLaws) -> Double) -> ReportTable.Cell {
        .number(Estimate(found.map(value)).value)
      }
      return [
        .text(loss.name), mean(\.aboveGaussian), mean(\.aboveLaw), mean(\.belowLaw), mean(\.null),
      ]
    }
    return ReportTable(
      "samples", title: "Langevin samples, Kolmogorov distances",
      columns: [
        "loss", "above: to its Gaussian", "above: to the law", "below: to the law",
        "draws of the law",
      ], rows: rows,
      note:
        "Means over \(values.repeats) data sets; \(values.chains) samples each, "
        + "\(values.langevinSteps) steps of \(NumberText.plain(values.langevinStep)) of the "
        + "variance. Above: 1.05 of the line's penalty. " + setting)
  }

  private var splitTable: ReportTable {
    func row(_ name: String, _ gaps: [ScoreGap]) -> [ReportTable.Cell] {
      let interval = Estimate.meanInterval(of: gaps.map(\.squared))
      return [
        .text(name), .number(Estimate(gaps.map(\.squared)).value),
        ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
        .number(Estimate(gaps.map { $0.quantiles[0] }).value),
      ]
    }
    let parts =
      splits.isEmpty
      ? []
      : [
        row("approximation: minimiser of the law", splits.map(\.approximation)),
        row("statistical: minimiser of the points to it", splits.map(\.statistical)),
      ]
        + values.checkpoints.enumerated().flatMap { place, steps in
          [
            row("optimisation after \(steps) steps", splits.map { $0.optimisation[place] }),
            row("total after \(steps) steps", splits.map { $0.total[place] }),
          ]
        } + [
          row("exact minimiser of the points", splits.map(\.minimiser)),
          row("line", splits.map(\.line)), row("zero", splits.map(\.zero)),
        ]
    return ReportTable(
      "three_errors", title: "Three errors with exact minimisers",
      columns: ["error", "sigma^2 L2^2", "95% low", "95% high", "sigma D_delta"], rows: parts,
      note:
        "Denoising, \(NumberText.plain(values.share)) of the penalty of the law's line; width "
        + "\(values.width); means over \(splits.count) data sets; delta = "
        + "\(NumberText.plain(values.delta)). " + setting)
  }

  private var statisticalTable: ReportTable {
    ReportTable(
      "statistical", title: "Statistical error against n",
      columns: ["n", "sigma^2 L2^2", "95% low", "95% high"],
      rows: values.counts.map { n in
        let found = statistical(n)
        let interval = Estimate.meanInterval(of: found)
        return [
          .integer(n), .number(Estimate(found).value), ReportTable.Cell(interval?.lowerBound),
          ReportTable.Cell(interval?.upperBound),
        ]
      },
      note: "Between exact minimisers of points and law at the same penalty, \(values.dataSets) "
        + "data sets at each n.")
  }
}
