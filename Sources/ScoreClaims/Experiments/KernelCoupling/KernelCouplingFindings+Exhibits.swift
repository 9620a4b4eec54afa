import ScoreCore
import ScoreLab
import ScoreTheory

extension KernelCouplingFindings {
  var exhibits: [Exhibit] {
    [
      .figure(widthFigure), .figure(pathFigure), .figure(courseFigure), .figure(sweepFigure),
      .table(widthTable), .table(sweepTable), .table(slopeTable),
    ]
  }

  private var setting: String {
    "Two atoms at -1 and 1, times uniform in \(values.firstTime) to \(values.lastTime), n = "
      + "\(values.points); inputs (x, t - T_0), \(values.steps) steps of full-batch descent, step size "
      + "\(values.stepSize) over the kernel's largest eigenvalue; \(values.repeats) data sets."
  }

  private var widthFigure: Figure {
    let x = values.widths.map { Double($0) }
    let gaps = values.widths.map { records(width: $0).map(\.largestGap) }
    let first = Estimate(gaps[0]).value
    return Figure(
      "gap_against_width", title: "Largest gap and movement against the width",
      caption:
        "Largest gap over training and probe inputs and all steps; means over data sets with "
        + "Student's t interval, 95%. " + setting,
      .plot(
        Plot(
          x: .init("width", isLogarithmic: true), y: .init("gap, movement", isLogarithmic: true),
          series: [
            Plot.Series("largest gap", .measured, .points, x: x, meansOf: gaps),
            Plot.Series(
              "relative movement", .comparison, .points, x: x,
              meansOf: values.widths.map { records(width: $0).map(\.relativeMovement) }),
            Plot.Series(
              "width^-1/2", .claimed, x: x, y: x.map { first * (x[0] / $0).squareRoot() }),
          ])))
  }

  private var pathFigure: Figure {
    let x = values.keptSteps.map { Double($0) }
    let shown = [(values.widths[0], Plot.Role.comparison), (values.widths.last ?? 0, .measured)]
    return Figure(
      "paths", title: "Outputs of a network and of the kernel",
      caption:
        "At x = 1 in the middle of the times, the first data set; each kernel starts where its "
        + "network does. " + setting,
      .plot(
        Plot(
          x: .init("steps", isLogarithmic: true), y: .init("output"),
          series: shown.flatMap { width, role -> [Plot.Series] in
            guard let record = records(width: width).first else { return [] }
            return [
              Plot.Series("network, width \(width)", role, .points, x: x, y: record.network),
              Plot.Series(
                "kernel, from the start of width \(width)",
                role == .measured ? .exact : .muted, x: x, y: record.kernel),
            ]
          })))
  }

  private var courseFigure: Figure {
    let x = values.keptSteps.map { Double($0) }
    let places = [0, values.widths.count / 2, values.widths.count - 1]
    let roles: [Plot.Role] = [.muted, .comparison, .measured]
    return Figure(
      "gap_against_steps", title: "Gap against steps",
      caption: "The largest gap over inputs after each step; means over data sets. " + setting,
      .plot(
        Plot(
          x: .init("steps", isLogarithmic: true), y: .init("gap", isLogarithmic: true),
          series: zip(places, roles).compactMap { place, role in
            let records = records(width: values.widths[place])
            guard !records.isEmpty else { return nil }
            return Plot.Series(
              "width \(values.widths[place])", role, x: x,
              y: x.indices.map { step in Estimate(records.map { $0.gaps[step] }).value })
          })))
  }

  private var sweepFigure: Figure {
    Figure(
      "where_it_ends", title: "Where the coupling ends, at width \(values.sweepWidth)",
      caption:
        "Largest gap at other step sizes and in balls around the start; means over data sets "
        + "with Student's t interval, 95%. From step size 2 on the kernel diverges. " + setting,
      .plot(
        Plot(
          x: .init("step size over the inverse eigenvalue; radius over the kernel's movement"),
          y: .init("largest gap", isLogarithmic: true),
          series: [
            Plot.Series(
              "step size", .measured, .points, x: KernelCoupling.stepSizes,
              meansOf: KernelCoupling.stepSizes.map { records(.stepSize($0)).map(\.largestGap) }),
            Plot.Series(
              "radius of the ball", .comparison, .points, x: KernelCoupling.radii,
              meansOf: KernelCoupling.radii.map { records(.ball($0)).map(\.largestGap) }),
          ])))
  }

  private func row(_ first: [ReportTable.Cell], _ records: [KernelCouplingPlan.Record])
    -> [ReportTable.Cell]
  {
    let gaps = records.map(\.largestGap)
    let interval = Estimate.meanInterval(of: gaps)
    func mean(_ number: (KernelCouplingPlan.Record) -> Double) -> ReportTable.Cell {
      .number(Estimate(records.map(number)).value)
    }
    return first + [
      .number(Estimate(gaps).value), ReportTable.Cell(interval?.lowerBound),
      ReportTable.Cell(interval?.upperBound), mean(\.relativeMovement), mean(\.movement),
      mean(\.kernelMovement), mean(\.loss),
    ]
  }

  private static let columns = [
    "largest gap", "95% low", "95% high", "relative movement", "movement",
    "movement of the kernel", "training loss",
  ]

  private var widthTable: ReportTable {
    ReportTable(
      "widths", title: "Network against kernel at every width",
      columns: ["width"] + Self.columns,
      rows: values.widths.map { row([.integer($0)], records(width: $0)) },
      note: "Means over data sets, Student's t interval. \(setting)")
  }

  private var sweepTable: ReportTable {
    ReportTable(
      "sweeps", title: "Other step sizes, and balls, at width \(values.sweepWidth)",
      columns: ["varied", "value"] + Self.columns,
      rows: KernelCoupling.stepSizes.map {
        row([.text("step size"), .number($0)], records(.stepSize($0)))
      } + KernelCoupling.radii.map { row([.text("ball"), .number($0)], records(.ball($0))) },
      note:
        "Step sizes over the inverse of the largest eigenvalue; radii over the kernel's movement. "
        + setting)
  }

  private var slopeTable: ReportTable {
    let rows: [(String, [Double])] = [
      ("largest gap", slopes(\.largestGap)), ("relative movement", slopes(\.relativeMovement)),
    ]
    return ReportTable(
      "powers", title: "Powers of the width",
      columns: ["number", "power", "95% low", "95% high"],
      rows: rows.map { name, slopes in
        let interval = Estimate.meanInterval(of: slopes)
        return [
          .text(name), .number(Estimate(slopes).value), ReportTable.Cell(interval?.lowerBound),
          ReportTable.Cell(interval?.upperBound),
        ]
      }, note: "A line through the logarithms in each data set; Student's t interval of its slope.")
  }
}
