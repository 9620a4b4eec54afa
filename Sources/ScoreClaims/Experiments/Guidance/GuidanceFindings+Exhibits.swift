import NumberFormatting
import ScoreCore
import ScoreLab

extension GuidanceFindings {
  var exhibits: [Exhibit] {
    [
      .figure(shiftFigure), .figure(scoreFigure), .table(lawTable), .table(pairTable),
      .table(networkTable),
    ]
  }

  private func cells(_ repeats: [Double]) -> [ReportTable.Cell] {
    let interval = Estimate.meanInterval(of: repeats)
    return [
      repeats.isEmpty ? .none : .number(Estimate(repeats).value),
      ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
    ]
  }

  private var shiftFigure: Figure {
    let w = exact.map(\.weight)
    return Figure(
      "laws", title: "What guidance samples from",
      caption:
        "Classes N(-1, s^2) and N(1, s^2), s = \(NumberText.plain(values.deviation)); exact scores, by "
        + "quantiles, no draws.",
      .plot(
        Plot(
          x: .init("weight w"), y: .init("in data units"),
          series: [
            .init("mean, guided", .measured, x: w, y: exact.map(\.law.mean)),
            .init("mean, tilted law", .claimed, x: w, y: exact.map(\.tiltedMean)),
            .init("deviation, guided", .comparison, x: w, y: exact.map(\.law.deviation)),
            .init("deviation, tilted law", .muted, x: w, y: exact.map(\.tiltedDeviation)),
          ])))
  }

  private var scoreFigure: Figure {
    let roles: [Plot.Role] = [.muted, .comparison, .measured]
    return Figure(
      "scores", title: "The guided score is not that of the noisy tilted law",
      caption:
        "Root mean square gap over the size of the latter score, under the noisy tilted law.",
      .plot(
        Plot(
          x: .init("noise over signal", isLogarithmic: true),
          y: .init("relative gap of the score", lower: 0),
          series: zip([0.5, 2, 8], roles).compactMap { weight, role in
            exact.first { $0.weight == weight }.map {
              .init(
                "w = \(NumberText.plain(weight))", role, x: Guidance.ratios, y: $0.scoreGaps)
            }
          })))
  }

  private var lawTable: ReportTable {
    ReportTable(
      "laws", title: "What guidance samples from",
      columns: [
        "w", "mean", "deviation", "tilted mean", "tilted deviation", "TV to the tilted law",
        "TV to the class",
      ],
      rows: exact.map {
        [
          .number($0.weight), .number($0.law.mean), .number($0.law.deviation),
          .number($0.tiltedMean), .number($0.tiltedDeviation), .number($0.law.toTilted),
          .number($0.law.toConditional),
        ]
      },
      note:
        "Nothing is drawn: \(values.cells) quantiles and \(values.flowSteps) steps of the flow. Without guidance, "
        + "w = 0, the tilted law is the class.")
  }

  private var pairTable: ReportTable {
    let pair = GaussianPair(
      conditional: Guidance.pairVariances.conditional, marginal: Guidance.pairVariances.marginal)
    return ReportTable(
      "pair", title: "The Gaussian pair N(0, 1) and N(0, 2)",
      columns: ["w", "variance of the flow", "of the stochastic sampler", "of the tilted law"],
      rows: Guidance.weights.map { w in
        [
          .number(w), .number(pair.flowVariance(weight: w)),
          .number(pair.samplerVariance(weight: w)), .number(pair.tiltedVariance(weight: w)),
        ]
      },
      note: "Closed forms, from pure noise. What the samplers do is held against them by checks.")
  }

  private var networkTable: ReportTable {
    let sources: [(String, KeyPath<Plan.Trained, Plan.Law>)] = [
      ("network, w = \(NumberText.plain(values.weight))", \.guided), ("network, w = 0", \.plain),
    ]
    return ReportTable(
      "networks", title: "Guided networks",
      columns: [
        "samples", "mean", "95% low", "95% high", "deviation", "deviation: 95% low",
        "deviation: 95% high", "TV to the exact flow", "exact: 95% low", "exact: 95% high",
        "TV to the tilted law", "tilted: 95% low", "tilted: 95% high",
      ],
      rows: sources.map { name, law in
        let laws = trained.map { $0[keyPath: law] }
        return [.text(name)] + cells(laws.map(\.mean)) + cells(laws.map(\.deviation))
          + cells(laws.map(\.toExact)) + cells(laws.map(\.toTilted))
      },
      note:
        "\(trained.count) data sets of \(values.points) points; a label is hidden in a share "
        + "\(Guidance.unlabelled) of the rows. Quantiles, no draws.")
  }
}
