import Glibc
import ScoreCore

extension NoiseLevelsRun {
  var report: ExperimentReport {
    ExperimentReport(
      title: "Noise levels",
      claim: "For a class of few parameters the number of points that gives D_delta <= eps / sigma "
        + "does not depend on the noise level: sigma D_delta falls like m^-1/2 at every level and "
        + "does not grow as the noise shrinks. Where the class is not limited it does: sigma D_delta "
        + "of the score that memorises the points grows without bound.",
      source: "Gupta et al. 2024 (arXiv:2311.13745), Lemma 1.4",
      caveats: [
        "Lemma 1.4 is an upper bound for networks; this is the class of scores -a x on normal data, "
          + "which holds the exact score at every level, so that nothing but m limits it.",
        "Powers are over the \(values.smallNoise.count) levels of least noise. The memorising score "
          + "grows like 1/sigma, a power of 1/2, only where sigma is far below the gaps between "
          + "points, which more points make smaller.",
      ],
      figures: [figure], tables: [errorTable, powerTable], checks: checks)
  }

  /// The numbers of points of which every data set has been used, with what was found.
  private var done: [(m: Int, found: Found)] {
    zip(values.sampleCounts, found).filter {
      $1.gaps.count == values.times.count && $1.memorizing.count == values.memorized
    }.map { (m: $0, found: $1) }
  }

  private var isDone: Bool { unitsDone == unitCount }

  private var factor: Double { LinearScoreRegression.quantileFactor(delta: values.delta) }

  /// `sigma D_delta` that a share `missShare` of the data sets exceeds, in closed form.
  private func exactQuantile(_ m: Int, level: Int) -> Double {
    factor
      * values.regression(at: values.times[level])
      .errorQuantile(1 - values.missShare, sampleCount: m)
  }

  private var setting: String {
    "N(0, \(values.variance)), scores -a x; \(values.repeats) data sets at each level and m, "
      + "\(values.memorized) that are memorised; delta = \(values.delta), "
      + "\(values.probePoints) points a level."
  }
}

// MARK: - Figure and tables

extension NoiseLevelsRun {
  private var figure: Figure {
    let x = values.times.map { 1 / $0 }
    let series = done.flatMap { m, found in
      let fits = found.gaps.map { gaps in
        let sizes = gaps.map { abs($0) }.sorted()
        return QuantileEstimate(ofSorted: sizes, delta: values.missShare)
      }
      let memories = values.times.indices.map { level in
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
          y: values.times.indices.map { exactQuantile(m, level: $0) }),
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
      rows: done.flatMap { m, found in
        values.times.indices.map { level in
          let gaps = found.gaps[level]
          let square = Estimate(gaps.map { $0 * $0 })
          let sizes = gaps.map { abs($0) }.sorted()
          let quantile = QuantileEstimate(ofSorted: sizes, delta: values.missShare)
          let memories = found.memorizing.map { $0[level] }
          let interval = Estimate.meanInterval(of: memories.map(\.quantile))
          let exact = values.regression(at: values.times[level]).expectedError(sampleCount: m)
          return [.integer(m)]
            + [
              values.times[level], square.value, square.standardError, exact,
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
    let rows = done.flatMap { m, found in
      growths(found).map { name, powers in
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

  private func growths(_ found: Found) -> [(name: String, powers: [Double])] {
    [
      ("least squares, L2", growth(found) { Self.rms($0) }),
      ("least squares, D_delta", growth(found) { quantile($0) }),
      ("memorising, L2", found.memorizing.map { growth($0.map(\.l2)) }),
      ("memorising, D_delta", found.memorizing.map { growth($0.map(\.quantile)) }),
    ]
  }
}

// MARK: - Checks

extension NoiseLevelsRun {
  private var checks: [Check] {
    values.sampleCounts.flatMap { m in
      let found = isDone ? done.first { $0.m == m }?.found : nil
      return growthChecks(m, found) + agreements(m, found)
    } + [0, values.times.count - 1].map { rateCheck(level: $0) }
  }

  private func growthChecks(_ m: Int, _ found: Found?) -> [Check] {
    let powers = found.map { growths($0).map(\.powers) }
    func check(
      _ name: String, _ statement: String, _ index: Int, _ requirement: Check.Requirement,
      basis: String
    ) -> Check {
      Check(
        .claim, name, "\(statement), m = \(m): power of 1/t at the least noise",
        measured: powers.map { Estimate($0[index]).value },
        interval: powers.flatMap { Estimate.meanInterval(of: $0[index]) }, requirement,
        basis: basis)
    }
    return [
      check(
        "growth_l2", "sigma L2 of least squares", 0, .near(0, tolerance: 0.05),
        basis: "sigma^2 E[L2^2] is at most 1/(m - 2); a tenth of the power 1/2 of 1/sigma"),
      check(
        "growth_d_delta", "sigma D_delta of least squares", 1, .near(0, tolerance: 0.05),
        basis: "Lemma 1.4; a tenth of the power 1/2 of 1/sigma"),
      check(
        "growth_memorizing", "sigma D_delta of the memorising score", 3, .atLeast(0.25),
        basis: "1/sigma has the power 1/2; half of it"),
    ]
  }

  private func rateCheck(level: Int) -> Check {
    let rates = isDone ? rate(atLevel: level) : nil
    return Check(
      .claim, "rate",
      "power of m with which sigma D_delta of least squares falls, t = "
        + ShortNumber.text(values.times[level]),
      measured: rates.map { Estimate($0).value },
      interval: rates.flatMap { Estimate.meanInterval(of: $0) }, .near(-0.5, tolerance: 0.05),
      basis: "Lemma 1.4: m of order 1/eps^2; a tenth of the power")
  }

  private func agreements(_ m: Int, _ found: Found?) -> [Check] {
    let levels = values.times.indices
    let means = found.map { found in
      levels.map { level in
        let square = Estimate(found.gaps[level].map { $0 * $0 })
        let exact = values.regression(at: values.times[level]).expectedError(sampleCount: m)
        return abs(square.value - exact) / square.standardError
      }
    }
    let shares = found.map { found in
      levels.map { level in
        let bound = exactQuantile(m, level: level) / factor
        return deviation(
          found.gaps[level].count { abs($0) > bound }, of: values.repeats, share: values.missShare)
      }
    }
    let points = found.map { found in
      levels.map { level in
        let bound = factor * abs(found.gaps[level][0])
        let errors = found.probes[level].errors
        return deviation(
          errors.count { Double($0) > bound }, of: errors.count, share: values.delta)
      }
    }
    func check(
      _ name: String, _ statement: String, _ deviations: [Double]?, basis: String
    ) -> Check {
      Check(
        .agreement, name, "\(statement), m = \(m), in standard errors",
        measured: deviations.map { $0.contains(where: \.isNaN) ? .nan : $0.max() ?? .nan },
        .atMost(4.5), basis: "\(basis); the largest of \(levels.count) levels")
    }
    return [
      check(
        "l2_closed_form", "sigma^2 E[L2^2] of least squares", means,
        basis: "closed form (1 - sigma^2/v_t)/(m - 2)"),
      check(
        "d_delta_closed_form", "share of data sets with sigma D_delta above its exact quantile",
        shares, basis: "Student's t with m degrees of freedom"),
      check(
        "d_delta_at_points", "share of points with errors above D_delta of the first fit", points,
        basis: "the error of -a x is proportional to x, which is normal"),
    ]
  }

  /// How far a number of hits is from a share, in standard errors.
  private func deviation(_ hits: Int, of count: Int, share: Double) -> Double {
    let n = Double(count)
    return abs(Double(hits) / n - share) / (share * (1 - share) / n).squareRoot()
  }
}
