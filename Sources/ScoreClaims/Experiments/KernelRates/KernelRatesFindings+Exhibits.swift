import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension KernelRatesFindings {
  var exhibits: [Exhibit] {
    [
      .figure(rateFigure), .figure(excessFigure), .figure(eigenvalueFigure), .table(rateTable),
      .table(excessTable),
    ]
  }

  private var setting: String {
    "Atoms at -1 and 1 on every axis, Ornstein-Uhlenbeck time \(NumberText.plain(values.time)); descent "
      + "on the tangent kernel of inputs (x, 1) from 0, step size one over its largest eigenvalue; "
      + "\(values.repeats) data sets of every n and dimension, each with \(values.testPoints) points that "
      + "the excess is taken over."
  }

  private static let rules:
    [(name: String, role: Plot.Role, excess: @Sendable (KernelRatesPlan.Record) -> Double)] = [
      ("best step", .measured, { $0.oracle }), ("Raskutti's rule", .comparison, { $0.raskutti }),
    ]

  private var rateFigure: Figure {
    let x = values.dimensions.map { Double($0) }
    let slopes = Self.rules.map { rule in
      let fits = values.dimensions.map { rate($0, rule.excess) }
      return Plot.Series(
        rule.name, rule.role, .points, x: x, y: fits.map { $0?.line.slope ?? .nan },
        lower: fits.map { $0?.line.slopeInterval()?.lowerBound ?? .nan },
        upper: fits.map { $0?.line.slopeInterval()?.upperBound ?? .nan })
    }
    return Figure(
      "rates", title: "Power of n of the excess against the dimension",
      caption:
        "Slopes of the mean logarithm of the excess against that of n with Student's t interval, 95%. "
        + setting,
      .plot(
        Plot(
          x: .init("dimension", isLogarithmic: true), y: .init("power of n"),
          series: slopes + [
            Plot.Series(
              "-beta/(beta+1), eigenvalues measured", .exact, x: x,
              y: values.dimensions.map { dimension in
                let decays = decays(dimension)
                return decays.isEmpty ? .nan : KernelRates.rate(decay: Estimate(decays).value)
              }),
            Plot.Series(
              "-p/(2p-1), from memory", .claimed, x: x,
              y: values.dimensions.map {
                KernelRates.rate(decay: KernelRates.rememberedDecay($0))
              }),
          ])))
  }

  /// A look for each dimension, from the least to the largest.
  private static let roles: [Plot.Role] = [.measured, .comparison, .exact, .claimed, .null, .muted]

  private var excessFigure: Figure {
    let x = values.counts.map { Double($0) }
    return Figure(
      "excess_against_n", title: "Excess at the best step against the number of points",
      caption: "Means over data sets with Student's t interval, 95%. " + setting,
      .plot(
        Plot(
          x: .init("points n", isLogarithmic: true), y: .init("excess", isLogarithmic: true),
          series: zip(values.dimensions, Self.roles).map { dimension, role in
            Plot.Series(
              "d = \(dimension)", role, x: x,
              meansOf: values.counts.map { records(dimension, $0).map(\.oracle) })
          }, marks: [.init("prediction 0", at: 1 - plan.floor, isVertical: false)])))
  }

  private var eigenvalueFigure: Figure {
    let x = values.fittedPlaces.map { Double($0) }
    return Figure(
      "eigenvalues", title: "Eigenvalues of the kernel",
      caption: "Of K / n, n = \(values.lastCount), means over data sets. " + setting,
      .plot(
        Plot(
          x: .init("place i", isLogarithmic: true), y: .init("eigenvalue", isLogarithmic: true),
          series: zip(values.dimensions, Self.roles).map { dimension, role in
            let records = records(dimension, values.lastCount)
            return Plot.Series(
              "d = \(dimension)", role, x: x,
              y: x.indices.map { place in Estimate(records.map { $0.eigenvalues[place] }).value })
          })))
  }

  private var rateTable: ReportTable {
    ReportTable(
      "rates", title: "Powers of n",
      columns: [
        "d", "stopped by", "power of n", "95% low", "95% high", "from n", "lack of fit F",
        "degrees of freedom", "p of it", "beta measured", "beta: 95% low", "beta: 95% high",
        "-beta/(beta+1)", "-p/(2p-1), from memory",
      ],
      rows: values.dimensions.flatMap { dimension in
        Self.rules.map { rule in
          let fit = rate(dimension, rule.excess)
          let (interval, test) = (fit?.line.slopeInterval(), fit?.lackOfFit)
          let decays = decays(dimension)
          let spread = Estimate.meanInterval(of: decays)
          let decay = decays.isEmpty ? nil : Estimate(decays).value
          return [
            .integer(dimension), .text(rule.name), ReportTable.Cell(fit?.line.slope),
            ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
            ReportTable.Cell(fit.map { exp($0.firstX).rounded() }), ReportTable.Cell(test?.f),
            test.map { .text("\($0.numerator), \($0.denominator)") } ?? .none,
            ReportTable.Cell(test?.probability), ReportTable.Cell(decay),
            ReportTable.Cell(spread?.lowerBound), ReportTable.Cell(spread?.upperBound),
            ReportTable.Cell(decay.map { KernelRates.rate(decay: $0) }),
            .number(KernelRates.rate(decay: KernelRates.rememberedDecay(dimension))),
          ] as [ReportTable.Cell]
        }
      },
      note:
        "Least squares of the mean log excess against log n; Student's t interval. The least n is left "
        + "out as long as the test of lack of fit rejects at 5% and more than four are left. beta: a "
        + "line through the logarithms of the eigenvalues at places \(values.fittedPlaces.first ?? 0) to "
        + "\(values.fittedPlaces.last ?? 0), n = \(values.lastCount). \(setting)")
  }

  private var excessTable: ReportTable {
    ReportTable(
      "excesses", title: "Excess against the number of points",
      columns: [
        "d", "n", "best step", "95% low", "95% high", "median best step", "Raskutti's rule",
        "its median step", "training loss at the floor", "last step", "linear regression",
        "prediction 0",
      ],
      rows: values.dimensions.flatMap { dimension in
        values.counts.map { count in
          let records = records(dimension, count)
          let interval = Estimate.meanInterval(of: records.map(\.oracle))
          func mean(_ excess: (KernelRatesPlan.Record) -> Double) -> ReportTable.Cell {
            records.isEmpty ? .none : .number(Estimate(records.map(excess)).value)
          }
          func median(_ step: (KernelRatesPlan.Record) -> Int) -> ReportTable.Cell {
            records.isEmpty ? .none : .number(EarlyStoppingFindings.median(records.map(step)))
          }
          return [
            .integer(dimension), .integer(count), mean(\.oracle),
            ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
            median(\.oracleStep), mean(\.raskutti), median(\.raskuttiStep), mean(\.floor),
            mean(\.last), mean(\.linear), mean(\.zero),
          ]
        }
      }, note: "Means over data sets and coordinates. \(setting)")
  }
}
