import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension SampleExponentsFindings {
  var exhibits: [Exhibit] {
    [.figure(neededFigure), .figure(errorFigure), .table(powerTable), .table(errorTable)]
  }

  private var setting: String {
    "N(\(NumberText.plain(values.mean)), \(NumberText.plain(values.variance))), lines at "
      + "\(values.steps) levels from time \(NumberText.plain(values.horizon)) to "
      + "\(NumberText.plain(values.stop)); \(values.repeats) data sets at each n; what a share "
      + "\(NumberText.plain(values.missShare)) of them exceeds; delta = "
      + "\(NumberText.plain(values.delta))."
  }

  private static let roles: [Plot.Role] = [.comparison, .exact, .measured]

  private var neededFigure: Figure {
    let measured = zip(zip(ErrorMeasure.allCases, powers), Self.roles).map { pair, role in
      Plot.Series(pair.0.name, role, .points, x: pair.1.eps, y: pair.1.needed)
    }
    return Figure(
      "samples_against_eps", title: "Samples needed against eps",
      caption:
        "Lines: n of the largest eps in total variation times eps to the power stated. " + setting,
      .plot(
        Plot(
          x: .init("eps", isLogarithmic: true), y: .init("samples needed", isLogarithmic: true),
          series: measured + statedLines)))
  }

  /// The powers stated for total variation, from the first point measured.
  private var statedLines: [Plot.Series] {
    guard let found = power(.variation), let eps = found.eps.first, let n = found.needed.first
    else { return [] }
    return StatedPower.all.filter { $0.error != "D_delta at one level" }.map { stated in
      Plot.Series(
        "\(stated.source), \(stated.version): \(NumberText.plain(stated.power))",
        stated.power == -2 ? .null : .claimed, x: found.eps,
        y: found.eps.map { n * pow($0 / eps, stated.power) })
    }
  }

  private var errorFigure: Figure {
    let counts = finishedCounts
    let x = counts.map { Double($0) }
    let series = zip(ErrorMeasure.allCases, Self.roles).map { measure, role in
      let found = counts.map { quantile(errors(measure, $0)) }
      return Plot.Series(
        measure.name, role, .points, x: x, y: found.map(\.orderStatistic),
        lower: found.map(\.interval.lowerBound), upper: found.map(\.interval.upperBound))
    }
    return Figure(
      "errors_against_n", title: "Errors against the number of samples",
      caption:
        "L2 and D_delta times sigma, the largest over the levels; intervals of ranks, 95%. "
        + setting,
      .plot(
        Plot(
          x: .init("samples n", isLogarithmic: true), y: .init("error", isLogarithmic: true),
          series: series + [
            Plot.Series(
              "total variation to the data at the stop", .muted, x: x,
              y: counts.map { quantile(errorsToTarget($0)).orderStatistic })
          ],
          marks: [
            .init(
              "exact score: steps and start",
              at: plan.exactSamples.totalVariation(to: plan.target), isVertical: false)
          ])))
  }

  private func quantile(_ errors: [Double]) -> QuantileEstimate {
    QuantileEstimate(ofSorted: errors.sorted(), delta: values.missShare)
  }

  private var powerTable: ReportTable {
    let measured = ErrorMeasure.allCases.map { measure -> [ReportTable.Cell] in
      let found = power(measure)
      return [
        .text("measured here"), .text("this run"), .text(measure.name),
        ReportTable.Cell(found?.power), ReportTable.Cell(found?.interval?.lowerBound),
        ReportTable.Cell(found?.interval?.upperBound), ReportTable.Cell(found?.eps.first),
        ReportTable.Cell(found?.eps.last), .text("measured"),
      ]
    }
    let stated = StatedPower.all.map { stated -> [ReportTable.Cell] in
      [
        .text(stated.source), .text(stated.version), .text(stated.error), .number(stated.power),
        .none, .none, .none, .none, .text(stated.mark),
      ]
    }
    return ReportTable(
      "powers", title: "Power of eps in the samples needed",
      columns: [
        "source", "version", "error", "power", "95% low", "95% high", "largest eps", "least eps",
        "known how",
      ], rows: measured + stated,
      note:
        "Measured: slope of log n against log eps over \(values.epsCount) values of eps; interval "
        + "from \(values.resamples) resamples of the data sets. Stated powers but -2 are upper "
        + "bounds. \(setting)")
  }

  private var errorTable: ReportTable {
    ReportTable(
      "errors", title: "Errors against the number of samples",
      columns: [
        "n", "sigma L2", "low", "high", "sigma D_delta", "low D_delta", "high D_delta",
        "total variation", "low TV", "high TV", "to the data at the stop",
      ],
      rows: finishedCounts.map { n in
        [.integer(n)]
          + ErrorMeasure.allCases.flatMap { measure -> [ReportTable.Cell] in
            let found = quantile(errors(measure, n))
            return [
              .number(found.orderStatistic), .number(found.interval.lowerBound),
              .number(found.interval.upperBound),
            ]
          } + [.number(quantile(errorsToTarget(n)).orderStatistic)]
      },
      note:
        "The largest over the levels; intervals of ranks, 95%. Samples of the exact score are at "
        + NumberText.plain(plan.exactSamples.totalVariation(to: plan.target))
        + " from the data at the stop. " + setting)
  }
}
