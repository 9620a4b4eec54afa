import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension LocalisedRegressionFindings {
  var exhibits: [Exhibit] {
    [
      .figure(shellFigure), .figure(radiusFigure), .figure(ballFigure), .figure(termFigure),
      .table(shellTable), .table(timeTable), .table(ballTable), .table(termTable),
    ]
  }

  var setting: String {
    "Data \(NumberText.plain(1 - values.wideShare)) N(+-1, 0.2^2) + \(NumberText.plain(values.wideShare)) "
      + "N(0, \(NumberText.plain(values.wideDeviation))^2), times uniform in "
      + "\(NumberText.plain(values.firstTime)) to \(NumberText.plain(values.lastTime)), inputs \(values.inputs.text); "
      + "R = \(NumberText.plain(values.radius)), D = \(NumberText.plain(values.ball)), delta = "
      + "\(NumberText.plain(values.delta)); \(values.repeats) data sets."
  }

  private var shellFigure: Figure {
    let places = [0, 1, 2, 3]
    let x = places.map { Double($0) }
    return Figure(
      "shells", title: "Where the excess comes from, by shell of |x|",
      caption:
        "One regression for all, n = \(values.points): means over data sets with Student's t "
        + "interval, 95%. " + setting,
      .plot(
        Plot(
          x: .init("", lower: -0.5, upper: 3.5), y: .init("share"),
          series: [
            Plot.Series(
              "share of the excess", .measured, .points, x: x,
              meansOf: places.map { shell in
                shells.map { $0.whole.byShell[shell] / $0.whole.excess }
              }),
            Plot.Series(
              "D_delta without the shell over D_delta", .comparison, .points, x: x,
              meansOf: places.map { shell in
                shells.map { $0.whole.quantileWithout[shell] / $0.whole.quantile }
              }),
            Plot.Series(
              "share of the distribution", .muted, .points, x: x, y: places.map { mass(of: $0) }),
          ], categories: values.shellNames)))
  }

  /// The share of the distribution in a shell of |x|.
  func mass(of shell: Int) -> Double {
    plan.grid.mean(plan.grid.x.map { values.shell(of: $0) == shell ? 1 : 0 })
  }

  private var radiusFigure: Figure {
    let places = values.radii.indices.dropLast()
    let x = places.map { values.radii[$0] }
    let last = values.balls.count - 1
    return Figure(
      "radius", title: "Label mismatch and excess against the radius R",
      caption:
        "Predictions are 0 beyond R and the regression has the points within; no ball. Means over data "
        + "sets with Student's t interval, 95%. " + setting,
      .plot(
        Plot(
          x: .init("R", isLogarithmic: true), y: .init("mean squared error", isLogarithmic: true),
          series: [
            Plot.Series(
              "label mismatch", .exact, x: x,
              y: x.map { plan.mismatch(radius: $0, ball: .infinity) }),
            Plot.Series(
              "excess", .measured, .points, x: x,
              meansOf: places.map { place in shells.map { $0.excesses[place][last] } }),
          ])))
  }

  private var ballFigure: Figure {
    let places = values.balls.indices.dropLast()
    let x = places.map { values.balls[$0] }
    let last = values.radii.count - 1
    return Figure(
      "ball", title: "Label mismatch and excess against the size D of the ball",
      caption:
        "Predictions are projected on the ball; no radius. Means over data sets with Student's t "
        + "interval, 95%. " + setting,
      .plot(
        Plot(
          x: .init("D", isLogarithmic: true), y: .init("mean squared error", isLogarithmic: true),
          series: [
            Plot.Series(
              "label mismatch", .exact, x: x,
              y: x.map { plan.mismatch(radius: .infinity, ball: $0) }),
            Plot.Series(
              "excess", .measured, .points, x: x,
              meansOf: places.map { place in shells.map { $0.excesses[last][place] } }),
          ])))
  }

  /// The sizes of the four errors and of the whole, one array each.
  private var sizes: [(name: String, l2: [Double], quantile: [Double])] {
    ErrorTerms.names.enumerated().map { place, name in
      (name, runs.map { $0.rootMeanSquares[place] }, runs.map { $0.quantiles[place] })
    } + [("whole", runs.map(\.whole), runs.map(\.wholeQuantile))]
  }

  private var termFigure: Figure {
    let x = sizes.indices.map { Double($0) }
    return Figure(
      "four_errors", title: "The four errors of a run next to one another",
      caption:
        "Within R, n = \(values.runPoints), \(values.width) neurons: means over data sets with "
        + "Student's t interval, 95%. " + setting,
      .plot(
        Plot(
          x: .init("", lower: -0.5, upper: Double(x.count) - 0.5),
          y: .init("error of the prediction", isLogarithmic: true),
          series: [
            Plot.Series("L2", .measured, .points, x: x, meansOf: sizes.map(\.l2)),
            Plot.Series("D_delta", .comparison, .points, x: x, meansOf: sizes.map(\.quantile)),
          ], categories: sizes.map(\.name))))
  }

  private func row(
    _ first: [ReportTable.Cell], _ columns: [[Double]]
  ) -> [ReportTable.Cell] {
    first + columns.map { $0.isEmpty ? .none : .number(Estimate($0).value) }
  }

  private func interval(_ found: [Double]) -> [ReportTable.Cell] {
    let interval = Estimate.meanInterval(of: found)
    return [ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound)]
  }

  private var shellTable: ReportTable {
    ReportTable(
      "shells", title: "Where the excess comes from, by shell of |x|",
      columns: [
        "|x|", "share of the distribution", "training points", "excess", "share of the excess",
        "95% low", "95% high", "D_delta without the shell over D_delta",
        "excess, a regression for each shell", "the same: share of its excess",
      ],
      rows: values.shellNames.enumerated().map { shell, name in
        let shares = shells.map { $0.whole.byShell[shell] / $0.whole.excess }
        return row(
          [.text(name), .number(mass(of: shell))],
          [
            shells.map { Double($0.counts[shell]) }, shells.map { $0.whole.byShell[shell] }, shares,
          ]) + interval(shares)
          + row(
            [],
            [
              shells.map { $0.whole.quantileWithout[shell] / $0.whole.quantile },
              shells.map { $0.local.byShell[shell] },
              shells.map { $0.local.byShell[shell] / $0.local.excess },
            ])
      },
      note: "Means over data sets. n = \(values.points), each stopped at its best step. \(setting)")
  }

  private var timeTable: ReportTable {
    let span = (values.lastTime - values.firstTime) / Double(LocalisedRegression.timeShells)
    return ReportTable(
      "times", title: "Excess by shell of time",
      columns: ["from t", "to t", "excess, one regression", "excess, a regression for each shell"],
      rows: (0..<LocalisedRegression.timeShells).map { shell in
        row(
          [
            .number(values.firstTime + span * Double(shell)),
            .number(values.firstTime + span * Double(shell + 1)),
          ], [shells.map { $0.whole.byTime[shell] }, shells.map { $0.local.byTime[shell] }])
      }, note: "What each shell adds; means over data sets. \(setting)")
  }

  private var ballTable: ReportTable {
    ReportTable(
      "radius_and_ball", title: "Label mismatch and excess in radius and ball",
      columns: ["R", "D", "label mismatch", "excess", "95% low", "95% high"],
      rows: values.radii.enumerated().flatMap { place, radius in
        values.balls.enumerated().map { other, ball in
          let found = shells.map { $0.excesses[place][other] }
          func size(_ value: Double) -> ReportTable.Cell {
            value.isFinite ? .number(value) : .text("none")
          }
          return [
            size(radius), size(ball), .number(plan.mismatch(radius: radius, ball: ball)),
            found.isEmpty ? .none : .number(Estimate(found).value),
          ] + interval(found)
        }
      },
      note:
        "Label mismatch: mean squared distance of the truth from what radius and ball leave of it, by "
        + "quadrature. Excess: of the best step in each. \(setting)")
  }

  private var termTable: ReportTable {
    let others: [(String, [Double])] = [
      ("whole, after the projection on the ball", runs.map(\.projected)),
      ("truth beyond R, where the prediction is 0", runs.map(\.outside)),
      ("steps", runs.map { Double($0.step) }), ("norm of f_H", runs.map(\.norm)),
    ]
    return ReportTable(
      "four_errors", title: "The four errors of a run",
      columns: [
        "error", "L2", "95% low", "95% high", "D_delta", "D_delta: 95% low", "D_delta: 95% high",
      ],
      rows: sizes.map { name, l2, quantile in
        row([.text(name)], [l2]) + interval(l2) + row([], [quantile]) + interval(quantile)
      }
        + others.map { name, found in
          row([.text(name)], [found]) + interval(found) + [.none, .none, .none]
        },
      note:
        "Within R; roots of mean squared errors of the prediction; means over data sets, Student's t "
        + "interval. \(setting)")
  }
}
