import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

extension HardPairFindings {
  var valuesTable: ReportTable {
    let pair = values.pair
    let row = { (time: Double, divergence: Double, transport: Double) -> [ReportTable.Cell] in
      let R = pair.separation(at: time)
      let quantiles = [0.5, 1.5, 2].map { pair.quantileError(delta: $0 * pair.eta, time: time) }
      return
        ([
          time, R, pair.l2Squared(time: time), pair.eta * R * R, pair.totalVariation(time: time),
          pair.wasserstein1(time: time), transport, divergence,
        ] + quantiles + [pair.quantileError(delta: values.delta, time: time)]).map { .number($0) }
    }
    return ReportTable(
      "values", title: "How far the two distributions and their scores are apart",
      columns: [
        "t", "R_t", "L2^2", "eta R_t^2", "TV", "W1", "W2^2", "KL, nats", "D at eta/2",
        "D at 1.5 eta", "D at 2 eta", "D at delta",
      ],
      rows: [
        row(0, exact.divergence.start, exact.transport.start),
        row(values.time, exact.divergence.noisy, exact.transport.noisy),
      ],
      note: "eta = \(short(pair.eta)), R = \(short(pair.separation)), delta = "
        + "\(short(values.delta)). Closed forms and quadratures.")
  }

  var quantileTable: ReportTable {
    ReportTable(
      "quantiles", title: "D_delta at t = \(short(values.time))",
      columns: ["delta", "exact", "drawn", "95% lower", "95% upper", "Markov L2/sqrt(delta)"],
      rows: quantiles.map { quantile in
        [
          quantile.delta, values.pair.quantileError(delta: quantile.delta, time: values.time),
          quantile.value, quantile.interval.lowerBound, quantile.interval.upperBound,
          exact.l2 / quantile.delta.squareRoot(),
        ].map { .number($0) }
      },
      note: "\(HardPairPlan.drawCount) draws; intervals from binomial ranks. Below a delta of "
        + "\(short(100 / Double(HardPairPlan.drawCount))) the points are few.")
  }

  var baselineTable: ReportTable {
    ReportTable(
      "baselines", title: "The wrong score and scores that learn nothing",
      columns: [
        "score", "L2^2", "standard error", "D_\(short(values.delta))", "95% lower", "95% upper",
      ],
      rows: baselines.map { baseline in
        let (squares, quantile) = (baseline.squares, baseline.quantile)
        return [.text(baseline.name)]
          + [
            squares.value, squares.standardError, quantile.value, quantile.interval.lowerBound,
            quantile.interval.upperBound,
          ].map { .number($0) }
      },
      note: "\(HardPairPlan.drawCount) draws at t = \(short(values.time)); errors against s_1.")
  }

  var choiceTable: ReportTable {
    let quantile = failureProbability(.quantile)
    return ReportTable(
      "failures", title: "Training over both scores",
      columns: [
        "m", "P(wrong), formula", "(1 - eta)^m / 2", "failures in L2", "share", "95% lower",
        "95% upper", "failures in D_delta", "formula for D_delta", "share in D_delta",
        "lower in D_delta", "upper in D_delta",
      ],
      rows: repeatsDone == 0
        ? []
        : choiceRows.map { row in
          let p = values.pair.wrongChoiceProbability(sampleCount: row.m, time: values.time)
          let none = 0.5 * exp(Double(row.m) * log1p(-values.pair.eta))
          return [
            .integer(row.m), .number(p), .number(none), .integer(row.l2.count),
            .number(row.l2.share), .number(row.l2.interval.lowerBound),
            .number(row.l2.interval.upperBound), .integer(row.quantile.count),
            .number(p * quantile), .number(row.quantile.share),
            .number(row.quantile.interval.lowerBound), .number(row.quantile.interval.upperBound),
          ]
        },
      note: "\(repeatsDone) training sets; Clopper-Pearson intervals; a choice fails when sigma_t "
        + "times its error is above \(short(values.tolerance)); D_delta is estimated over "
        + "\(values.errorDrawCount) points of each repeat.")
  }

  var sweepTable: ReportTable {
    ReportTable(
      "noise_levels", title: "Errors against noise",
      columns: [
        "t", "L2^2", "L2^2 drawn", "standard error", "D_delta", "D_delta drawn", "95% lower",
        "95% upper", "sigma_t L2", "sigma_t D_delta",
      ],
      rows: sweep.map { point in
        let squared = values.pair.l2Squared(time: point.time)
        let quantile = values.pair.quantileError(delta: values.delta, time: point.time)
        let sigma = (-expm1(-2 * point.time)).squareRoot()
        return [
          point.time, squared, point.squares.value, point.squares.standardError, quantile,
          point.quantile.value, point.quantile.interval.lowerBound,
          point.quantile.interval.upperBound,
          sigma * squared.squareRoot(), sigma * quantile,
        ].map { .number($0) }
      },
      note: "delta = \(short(values.delta)); \(HardPairPlan.drawCount) draws a level.")
  }
}
