import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab

extension KernelScoreRatesFindings {
  var exhibits: [Exhibit] {
    [
      .figure(timeFigure), .figure(countFigure), .figure(stopFigure), .table(powerTable),
      .table(timeTable), .table(stopTable),
    ]
  }

  private var setting: String {
    "Two Gaussians of deviation 1 at distance \(NumberText.plain(values.separation)), uniform of "
      + "side \(NumberText.plain(values.side)), Laplace of scale "
      + "\(NumberText.plain(values.laplaceScale)); \(values.repeats) data sets of "
      + "\(values.mostPoints) points."
  }

  private static let roles: [ScoreLaw: Plot.Role] = [
    .mixture: .measured, .uniform: .comparison, .laplace: .exact, .planeMixture: .measured,
    .planeUniform: .comparison,
  ]

  private func series(
    _ law: ScoreLaw, x: [Double], _ values: (KernelScoreRatesPlan.SetErrors) -> [Double]
  ) -> Plot.Series {
    let found = (errors(law) ?? []).map(values)
    return Plot.Series(
      law.name, Self.roles[law] ?? .measured, .points, x: x,
      meansOf: x.indices.map { place in found.map { $0[place] } })
  }

  private var timeFigure: Figure {
    let x = values.times(.uniform)
    return Figure(
      "error_against_t", title: "Error of the kernel score against t",
      caption: "Squared L2, the bandwidth is the noise; Student intervals, 95%. " + setting,
      .plot(
        Plot(
          x: .init("noise variance t", isLogarithmic: true),
          y: .init("E ||s_hat - s||^2", isLogarithmic: true),
          series: ScoreLaw.allCases.map { law in
            series(law, x: values.times(law)) { $0.byTime[0] }
          } + [
            Plot.Series(
              "uniform, leading term t^-1.5", .claimed, x: x, y: x.map { leadingTerm(time: $0) }),
            Plot.Series(
              "zero score, two Gaussians, d = 1", .null, x: values.times(.mixture),
              meansOf: values.times(.mixture).indices.map { place in
                (errors(.mixture) ?? []).map { $0.zero[place] }
              }),
          ])))
  }

  private var countFigure: Figure {
    let x = values.counts.map { Double($0) }
    let first = Estimate((errors(.uniform) ?? []).compactMap(\.byCount.first)).value
    return Figure(
      "error_against_n", title: "Error of the kernel score against n",
      caption:
        "Squared L2 at t = \(NumberText.plain(values.times(.uniform)[KernelScoreRates.middle])), in "
        + "the plane at \(NumberText.plain(values.times(.planeUniform)[KernelScoreRates.middle])); "
        + "Student intervals, 95%. " + setting,
      .plot(
        Plot(
          x: .init("points n", isLogarithmic: true),
          y: .init("E ||s_hat - s||^2", isLogarithmic: true),
          series: ScoreLaw.allCases.map { law in series(law, x: x) { $0.byCount } } + [
            Plot.Series("1/n", .claimed, x: x, y: x.map { first * x[0] / $0 })
          ])))
  }

  private var stopFigure: Figure {
    let x = values.counts.map { Double($0) }
    return Figure(
      "best_stop", title: "Best t_0 against n",
      caption:
        "The stop of least total variation to the law, means over batches of data sets; n^-2 is the "
        + "least t_0 of the worst-case theory for d = 1, from the same first point. " + setting,
      .plot(
        Plot(
          x: .init("points n", isLogarithmic: true), y: .init("best t_0", isLogarithmic: true),
          series: ScoreLaw.onLine.map { law in
            let found = stops(law) ?? []
            return Plot.Series(
              law.name, Self.roles[law] ?? .measured, .points, x: x,
              meansOf: x.indices.map { place in found.map { $0.times[place] } })
          } + [
            Plot.Series(
              "n^-2", .claimed, x: x,
              y: x.map {
                Estimate((stops(.uniform) ?? []).compactMap(\.times.first)).value
                  * pow(x[0] / $0, 2)
              })
          ])))
  }

  private var powerTable: ReportTable {
    func cells(_ found: [Double]?) -> [ReportTable.Cell] {
      let interval = found.flatMap { Estimate.meanInterval(of: $0) }
      return [
        ReportTable.Cell(found.map { Estimate($0).value }), ReportTable.Cell(interval?.lowerBound),
        ReportTable.Cell(interval?.upperBound),
      ]
    }
    let rows = ScoreLaw.allCases.flatMap { law -> [[ReportTable.Cell]] in
      let d = Double(law.dimension)
      let rates: [[ReportTable.Cell]] = [
        [.text(law.name), .text("n"), .number(-1)] + cells(countPowers(law)),
        [.text(law.name), .text("t"), .number(-(d + 2) / 2)] + cells(timePowers(law)),
        [.text(law.name), .text("t_0, summed"), .number(-d / 2)] + cells(integralPowers(law)),
      ]
      guard law.dimension == 1 else { return rates }
      return rates + [
        [.text(law.name), .text("n, of the best t_0"), .number(law.stopPower)]
          + cells(stopPowers(law))
      ]
    }
    return ReportTable(
      "powers", title: "Powers measured",
      columns: ["law", "of", "expected", "measured", "95% low", "95% high"], rows: rows,
      note: "Slopes of logarithms, one a data set or batch; Student intervals. " + setting)
  }

  private var timeTable: ReportTable {
    let rows = ScoreLaw.onLine.flatMap { law in
      values.times(law).prefix(values.usedTimes(law)).enumerated().map {
        place, time -> [ReportTable.Cell] in
        let found = errors(law) ?? []
        func mean(_ value: (KernelScoreRatesPlan.SetErrors) -> Double) -> ReportTable.Cell {
          .number(Estimate(found.map(value)).value)
        }
        return [.text(law.name), .number(time)]
          + BandwidthRule.allCases.map { rule in mean { $0.byTime[rule.rawValue][place] } } + [
            mean { set in
              BandwidthRule.allCases.map { set.byTime[$0.rawValue][place] }.min() ?? .nan
            },
            mean { $0.zero[place] }, mean { $0.gaussian[place] },
          ]
      }
    }
    return ReportTable(
      "errors", title: "Squared error by the bandwidth",
      columns: ["law", "t"] + BandwidthRule.allCases.map(\.name)
        + ["best of these", "zero score", "one Gaussian"], rows: rows,
      note:
        "E ||s_hat - s||^2, means over data sets. The best of these is chosen with the exact score. "
        + setting)
  }

  private var stopTable: ReportTable {
    let rows = ScoreLaw.onLine.flatMap { law in
      values.counts.enumerated().map { place, n -> [ReportTable.Cell] in
        let found = stops(law) ?? []
        func mean(_ value: (KernelScoreRatesPlan.BatchStops) -> Double) -> ReportTable.Cell {
          .number(Estimate(found.map(value)).value)
        }
        return [
          .text(law.name), .integer(n), mean { $0.times[place] }, mean { $0.distances[place] },
          mean { $0.least[place] }, mean { $0.largest[place] },
        ]
      }
    }
    return ReportTable(
      "stops", title: "Where to stop",
      columns: [
        "law", "n", "best t_0", "total variation there", "at the least t_0", "at t_0 = 1",
      ], rows: rows,
      note:
        "Of samples of the exact reverse process with the empirical score; \(values.stopSets) data "
        + "sets at each n. The least t_0 is \(NumberText.plain(KernelScoreRates.stops[0])).")
  }
}
