import Glibc
import ScoreCore
import ScoreLab

extension HardPairFindings {
  var exhibits: [Exhibit] {
    [
      .fixedFigure(scores), .figure(errorShares), .figure(quantileFigure), .figure(choices),
      .figure(sweepFigure(isScaled: false)), .figure(sweepFigure(isScaled: true)),
      .fixedTable(valuesTable), .table(quantileTable), .table(baselineTable),
      .table(choiceTable), .table(sweepTable),
    ]
  }

  private var scores: Figure {
    let (pair, time) = (values.pair, values.time)
    let R = pair.separation(at: time)
    let x = (0...600).map { (R + 4) * (Double($0) / 300 - 1) }
    return Figure(
      "scores", title: "The two candidates",
      caption: "Closed forms at t = \(short(time)), R_t = \(short(R)). The truth is s_1, whose far "
        + "part has the weight \(short(pair.eta)) and is on the right.",
      .plot(
        Plot(
          x: .init("x, standard deviations"), y: .init("score, 1 / standard deviation"),
          series: [
            .init("s_1, the truth", .exact, x: x, y: x.map { pair.firstScore(at: $0, time: time) }),
            .init(
              "s_2, wrong", .comparison, x: x, y: x.map { pair.secondScore(at: $0, time: time) }),
          ])))
  }

  private var errorShares: Figure {
    let floor = ErrorHistogram.floor
    return Figure(
      "error_histogram", title: "Errors of the wrong score under the noisy distribution",
      caption:
        "\(HardPairPlan.drawCount) draws of p_1 at t = \(short(values.time)), four bins a decade; "
        + "the "
        + "first holds all errors below \(short(floor)). Marks are closed forms; a D_delta below "
        + "the "
        + "first bin is drawn there.",
      .plot(
        Plot(
          x: .init("log10 of |s_1 - s_2|"),
          y: .init("share of draws", isLogarithmic: true, lower: 1e-6, upper: 1),
          series: [
            .init(
              "draws", .measured, .bars, x: histogram?.middles.map { log10($0) } ?? [],
              y: histogram?.shares ?? [])
          ],
          marks: [
            .init("L2", at: log10(exact.l2), isVertical: true),
            .init(
              "D_\(short(values.delta))", at: log10(max(exact.quantile, floor)), isVertical: true),
          ])))
  }

  private var quantileFigure: Figure {
    let floor = ErrorHistogram.floor
    let curve = exact.quantiles
    let shown = quantiles.filter { $0.value > floor }
    return Figure(
      "error_against_delta", title: "D_delta against delta",
      caption:
        "Line: closed form. Points: order statistics of \(HardPairPlan.drawCount) draws with 95% "
        + "intervals from binomial ranks. Values below \(short(floor)) are not drawn.",
      .plot(
        Plot(
          x: .init("delta", isLogarithmic: true),
          y: .init("D_delta, 1 / standard deviation", isLogarithmic: true),
          series: [
            .init("exact", .exact, x: curve.x, y: curve.y.map { $0 > floor ? $0 : .nan }),
            .init(
              "Markov L2/sqrt(delta)", .claimed, x: curve.x,
              y: curve.x.map { exact.l2 / $0.squareRoot() }),
            .init(
              "draws", .measured, .points, x: shown.map(\.delta), y: shown.map(\.value),
              lower: shown.map(\.interval.lowerBound), upper: shown.map(\.interval.upperBound)),
          ],
          marks: [.init("eta", at: values.pair.eta, isVertical: true)])))
  }

  private var choices: Figure {
    let counts = values.sampleCounts.map { Double($0) }
    let curve = exact.wrongChoice
    let found = ErrorSense.allCases.map { sense in
      (sense, repeatsDone == 0 ? [] : choiceRows.map { sense == .l2 ? $0.l2 : $0.quantile })
    }
    let measured = found.filter { !$0.1.isEmpty }.map { sense, shares in
      Plot.Series(
        "\(sense.label(values.delta)), drawn", sense == .l2 ? .measured : .comparison, .points,
        x: counts, y: shares.map(\.share), lower: shares.map(\.interval.lowerBound),
        upper: shares.map(\.interval.upperBound))
    }
    let lines = ErrorSense.allCases.map { sense in
      Plot.Series(
        "\(sense.label(values.delta)), formula", sense == .l2 ? .exact : .claimed, x: curve.x,
        y: curve.y.map { $0 * failureProbability(sense) })
    }
    return Figure(
      "wrong_choice", title: "P(training over both scores fails) against samples",
      caption: "\(repeatsDone) training sets, each used up to every m; 95% Clopper-Pearson "
        + "intervals. A choice fails when sigma_t times its error is above "
        + "\(short(values.tolerance)); D_delta is estimated in each repeat.",
      .plot(
        Plot(
          x: .init("samples m", isLogarithmic: true),
          y: .init("probability of failure", lower: 0, upper: 0.6), series: lines + measured)))
  }

  private func sweepFigure(isScaled: Bool) -> Figure {
    func factor(_ time: Double) -> Double {
      isScaled ? (-expm1(-2 * time)).squareRoot() : 1
    }
    func scaled(_ curve: HardPairValues.Curve) -> [Double] {
      zip(curve.x, curve.y).map { $1 * factor($0) }
    }
    let prefix = isScaled ? "sigma_t " : ""
    let floor = ErrorHistogram.floor
    let times = sweep.map(\.time)
    let label = "D_\(short(values.delta))"
    return Figure(
      isScaled ? "noise_sweep_scaled" : "noise_sweep",
      title: "Errors against noise\(isScaled ? ", times sigma_t" : "")",
      caption:
        "Lines: closed forms. Points: \(HardPairPlan.drawCount) draws a level; D_delta with 95% "
        + "intervals from binomial ranks, L2 with two standard errors of its square. Values below "
        + "\(short(floor)) are not drawn.",
      .plot(
        Plot(
          x: .init("time t", lower: 0, upper: exact.sweepEnd),
          y: .init("\(prefix)error", isLogarithmic: true),
          series: [
            .init("\(prefix)L2", .exact, x: exact.sweepL2.x, y: scaled(exact.sweepL2)),
            .init(
              "\(prefix)\(label)", .claimed, x: exact.sweepQuantile.x,
              y: scaled(exact.sweepQuantile).map { $0 > floor ? $0 : .nan }),
            .init(
              "L2, drawn", .measured, .points, x: times,
              y: sweep.map { factor($0.time) * $0.squares.value.squareRoot() },
              lower: sweep.map { factor($0.time) * $0.squares.bound(-2).squareRoot() },
              upper: sweep.map { factor($0.time) * $0.squares.bound(2).squareRoot() }),
            .init(
              "\(label), drawn", .comparison, .points, x: times,
              y: sweep.map {
                $0.quantile.value > floor ? factor($0.time) * $0.quantile.value : .nan
              },
              lower: sweep.map { factor($0.time) * $0.quantile.interval.lowerBound },
              upper: sweep.map { factor($0.time) * $0.quantile.interval.upperBound }),
          ])))
  }
}

extension Estimate {
  /// The value and some standard errors, but not below 0.
  fileprivate func bound(_ errors: Double) -> Double { max(0, value + errors * standardError) }
}
