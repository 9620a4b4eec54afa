import ScoreCore
import ScoreLab

extension CertificateFindings {
  var exhibits: [Exhibit] {
    let terms = CertificateTerms(found: self)
    return [
      .figure(explicitFigure(terms)), .figure(sweepFigure),
      .figure(corollaryFigure(terms.corollary)), .figure(errorFigure),
      .table(explicitTable(terms)), .table(distanceTable(terms)), .table(sweepTable),
      .table(corollaryTable(terms.corollary)),
    ]
  }

  var caveats: [String] {
    var caveats: [String] = []
    if let limit = CertificateTerms(found: self).certifiedLimit, limit >= 1 {
      caveats.append(
        "The certificate's upper limit is \(Caption.number(limit)): it says nothing, and is no "
          + "check."
      )
    }
    if isExact { caveats.append("training_steps = 0: the exact score is followed.") }
    if let step = trained?.divergenceStep {
      caveats.append("Training diverged at step \(step); the last good weights are used.")
    }
    if let bounds, bounds.curveDraws > 0 {
      caveats.append(
        "The Fisher information is a mean over \(bounds.curveDraws) draws of the distribution.")
    }
    return caveats
  }

  var sizes: String {
    "\(scoreErrors.count) exact paths, \(paths.count) samples, \(paths.stepCount) steps; "
      + (isExact ? "the exact score." : "a network after \(trained?.step ?? 0) training steps.")
  }

  private func bars(
    _ name: String, _ title: String, caption: String,
    _ groups: [(label: String, role: Plot.Role, bars: [(String, Double?)])]
  ) -> Figure {
    var (series, categories): ([Plot.Series], [String]) = ([], [])
    for group in groups {
      let x = group.bars.indices.map { Double(categories.count + $0) }
      series.append(
        .init(group.label, group.role, .bars, x: x, y: group.bars.map { $0.1 ?? .nan }))
      categories += group.bars.map(\.0)
    }
    return Figure(
      name, title: title, caption: caption,
      .plot(
        Plot(
          x: .init(""), y: .init("total variation distance", lower: 0), series: series,
          categories: categories)))
  }

  private func explicitFigure(_ terms: CertificateTerms) -> Figure {
    let explicit = terms.explicit
    var measured = explicit.prefix(3).filter { $0.measured != nil }.map {
      ("\($0.name), measured", $0.measured)
    }
    measured.append(
      ("samples", terms.totalDistance ?? (isExact ? exactVariation : variation)?.value))
    return bars(
      "certificate", "The certificate term by term",
      caption: sizes + " Stopping at gamma = \(Caption.number(paths.process.stop)) costs at most "
        + "\(Caption.number(terms.earlyStop)) in W2 to q_0, in data units, which no total "
        + "variation "
        + "distance can express.",
      [
        ("bound", .claimed, explicit.map { ($0.name, $0.value) }),
        ("measured", .measured, measured),
      ])
  }

  private func corollaryFigure(_ terms: [CertificateTerms.Term]) -> Figure {
    bars(
      "corollary", "Corollary B.6 term by term, constants unknown",
      caption: sizes + " Up to constants: not to be added or compared with a measurement.",
      [("term (<~)", .claimed, terms.map { ($0.name, $0.value) })])
  }

  private var sweepFigure: Figure {
    let (distribution, steps) = (sweep.distribution, sweep.steps)
    func line(
      _ label: String, _ role: Plot.Role, _ rows: [CertificateSweep.Row],
      _ y: (CertificateSweep.Row) -> Double
    ) -> Plot.Series {
      .init(label, role, x: rows.map { Double($0.steps) }, y: rows.map(y))
    }
    return Figure(
      "steps", title: "What the steps cost against their number",
      caption: "The exact score, started from q_T: exact distances. The bound falls like N^(-1/2), "
        + "the distance like N^(-1).",
      .plot(
        Plot(
          x: .init("steps N", isLogarithmic: true),
          y: .init("total variation distance", isLogarithmic: true),
          series: [
            line("distance", .measured, distribution) { $0.distance },
            line("sqrt(KL / 2)", .exact, distribution) { $0.bound },
            line("distance on N(0, v)", .comparison, steps) { $0.distance },
            line(
              "sqrt(1/N) (T + log 1/gamma), <~", .claimed,
              distribution.isEmpty ? steps : distribution
            ) {
              paperRate($0)
            },
          ])))
  }

  /// `sqrt(d / N) (T + log 1 / gamma)`.
  func paperRate(_ row: CertificateSweep.Row) -> Double {
    (Double(row.dimension) / Double(row.steps)).squareRoot() * paths.logTime
  }

  private var errorFigure: Figure {
    let x = Array(paths.times.prefix(stepErrors.count))
    let quantiles = stepErrors.map(\.quantile)
    return Figure(
      "errors", title: "The score's error at each step",
      caption: sizes + " Both times sigma; D at the share delta / N = "
        + "\(Caption.number(values.delta / Double(paths.stepCount))), with 95% intervals.",
      .plot(
        Plot(
          x: .init("noise time t", isLogarithmic: true), y: .init("sigma times error", lower: 0),
          series: [
            .init("L2", .measured, x: x, y: stepErrors.map(\.l2)),
            .init(
              "D", .comparison, x: x, y: quantiles.map { $0.value ?? .nan },
              lower: quantiles.map { $0.value == nil ? .nan : $0.interval.lowerBound },
              upper: quantiles.map { $0.value == nil ? .nan : $0.interval.upperBound }),
          ])))
  }
}
