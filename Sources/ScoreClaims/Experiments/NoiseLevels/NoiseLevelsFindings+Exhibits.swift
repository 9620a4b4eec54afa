import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

extension NoiseLevelsFindings {
  var caveats: [String] {
    [
      "Powers are over the \(values.smallNoise.count) levels of least noise. The memorising score "
        + "grows like 1/sigma, a power of 1/2, only where sigma is far below the gaps between "
        + "points, which more points make smaller."
    ]
  }

  var exhibits: [Exhibit] { [.figure(figure), .table(errorTable), .table(powerTable)] }

  var factor: Double { LinearScoreRegression.quantileFactor(delta: values.delta) }

  /// `sigma D_delta` that a share `missShare` of the data sets exceeds, in closed form.
  func exactQuantile(_ m: Int, level: Int) -> Double {
    factor
      * values.regression(at: plan.times[level])
      .errorQuantile(1 - values.missShare, sampleCount: m)
  }

  private var setting: String {
    "N(0, \(values.variance)), scores -a x; \(values.repeats) data sets at each level and m, "
      + "\(values.memorized) that are memorised; delta = \(values.delta), "
      + "\(values.probePoints) points a level."
  }
}

// MARK: - Figure and tables

extension NoiseLevelsFindings {
  private var figure: Figure {
    let x = plan.times.map { 1 / $0 }
    let series = done.flatMap { found in
      let m = found.m
      let fits = found.gaps.map { gaps in
        let sizes = gaps.map { abs($0) }.sorted()
        return QuantileEstimate(ofSorted: sizes, delta: values.missShare)
      }
      let memories = plan.times.indices.map { level in
        Estimate(found.memorizing.map { $0[level].quantile })
      }
      return [
        Plot.Series(
          "least squares, m = \(m)", .measured, .points, x: x,
          y: fits.map { factor * $0.orderStatistic },
          lower: fits.map { factor * $0.interval.lowerBound },
          upper: fits.map { factor * $0.interval.upperBound }),
        Plot.Series(
          "closed form, m = \(m)", .exact, x: x,
          y: plan.times.indices.map { exactQuantile(m, level: $0) }),
        Plot.Series("memorising, m = \(m)", .comparison, x: x, y: memories.map(\.value)),
      ]
    }
    return Figure(
      "d_delta_against_noise", title: "D_delta against the noise level",
      caption: "Least squares: what a share \(values.missShare) of the data sets exceeds, with the "
        + "95% interval of its rank, and in closed form. Memorising: the mean over data sets. "
        + setting,
      .plot(
        Plot(
          x: .init("1 / t, the inverse of the Ornstein-Uhlenbeck time", isLogarithmic: true),
          y: .init("sigma D_delta", isLogarithmic: true), series: series)))
  }

  private var errorTable: ReportTable {
    ReportTable(
      "errors", title: "Errors at every level",
      columns: [
        "m", "time", "mean sigma^2 L2^2", "standard error", "exact sigma^2 L2^2", "sigma D_delta",
        "sigma D_delta: 95% low", "sigma D_delta: 95% high", "exact sigma D_delta",
        "sigma L2, memorising", "sigma D_delta, memorising", "memorising: 95% low",
        "memorising: 95% high",
      ],
      rows: done.flatMap { found in
        let m = found.m
        return plan.times.indices.map { level in
          let gaps = found.gaps[level]
          let square = Estimate(gaps.map { $0 * $0 })
          let sizes = gaps.map { abs($0) }.sorted()
          let quantile = QuantileEstimate(ofSorted: sizes, delta: values.missShare)
          let memories = found.memorizing.map { $0[level] }
          let interval = Estimate.meanInterval(of: memories.map(\.quantile))
          let exact = values.regression(at: plan.times[level]).expectedError(sampleCount: m)
          return [.integer(m)]
            + [
              plan.times[level], square.value, square.standardError, exact,
              factor * quantile.orderStatistic, factor * quantile.interval.lowerBound,
              factor * quantile.interval.upperBound, exactQuantile(m, level: level),
              Estimate(memories.map(\.l2)).value, Estimate(memories.map(\.quantile)).value,
              interval?.lowerBound, interval?.upperBound,
            ].map { ReportTable.Cell($0) }
        }
      },
      note: "sigma D_delta of least squares is what a share \(values.missShare) of the data sets "
        + "exceeds, with the interval of its rank; of the memorising score the mean, with Student's "
        + "t interval. " + setting)
  }

  private var powerTable: ReportTable {
    let rows = done.flatMap { found in
      let m = found.m
      return growths(found).map { name, powers in
        let interval = Estimate.meanInterval(of: powers)
        return [
          .integer(m), .text(name), .number(Estimate(powers).value),
          ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
        ] as [ReportTable.Cell]
      }
    }
    return ReportTable(
      "powers", title: "Power of 1/t with which sigma times the error grows",
      columns: ["m", "error", "power", "95% low", "95% high"], rows: rows,
      note: "Least squares over the \(values.smallNoise.count) levels of least noise, in "
        + "\(Self.batchCount) batches of data sets (memorising: in each data set); Student's t "
        + "interval of their mean, 95%.")
  }

  func growths(_ found: Found) -> [(name: String, powers: [Double])] {
    [
      ("least squares, L2", growth(found) { Self.rms($0) }),
      ("least squares, D_delta", growth(found) { quantile($0) }),
      ("memorising, L2", found.memorizing.map { growth($0.map(\.l2)) }),
      ("memorising, D_delta", found.memorizing.map { growth($0.map(\.quantile)) }),
    ]
  }
}
