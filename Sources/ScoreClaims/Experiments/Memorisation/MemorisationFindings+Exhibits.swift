import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension MemorisationFindings {
  var exhibits: [Exhibit] {
    [
      .figure(effectiveFigure), .figure(temperatureFigure), .table(sampleTable),
      .table(weightTable), .table(temperatureTable),
    ]
  }

  private func cells(_ repeats: [Double]) -> [ReportTable.Cell] {
    let interval = Estimate.meanInterval(of: repeats)
    return [
      repeats.isEmpty ? .none : .number(Estimate(repeats).value),
      ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
    ]
  }

  private func series(
    _ property: KeyPath<Plan.Record, [Memorisation.Source: [Double]]>,
    _ source: Memorisation.Source, _ role: Plot.Role, label: String? = nil
  ) -> Plot.Series {
    .init(
      label ?? source.name, role, .points, x: values.noises,
      meansOf: values.noises.indices.map { numbers(property, source, level: $0) })
  }

  private var effectiveFigure: Figure {
    Figure(
      "effective", title: "Effective number of points",
      caption:
        "1 / sum w^2 of the weights of n = \(values.points) training points, mean over fresh noisy points of "
        + "\(records.count) data sets, 95% intervals; of the network at the temperature that fits it best.",
      .plot(
        Plot(
          x: .init("noise sigma", isLogarithmic: true),
          y: .init("effective number of points", isLogarithmic: true),
          series: [
            series(\.effective, .empirical, .muted),
            series(\.effective, .smoothed, .measured),
            series(\.fittedEffective, .learned, .comparison),
            series(\.fittedEffective, .exact, .exact),
          ])))
  }

  private var temperatureFigure: Figure {
    Figure(
      "temperatures", title: "The temperature that a score is like",
      caption:
        "T at which the score of n = \(values.points) training points is nearest, over \(records.count) data "
        + "sets; tried from 1 to \(NumberText.plain(Memorisation.temperatures.last ?? 1)) by factors of sqrt 2.",
      .plot(
        Plot(
          x: .init("noise sigma", isLogarithmic: true),
          y: .init("temperature", isLogarithmic: true),
          series: [
            series(\.temperatures, .learned, .measured),
            series(\.temperatures, .exact, .exact),
            .init(
              "max(sigma_c / sigma, 1)", .claimed, x: values.noises,
              y: values.noises.map { max(values.collapse / $0, 1) }),
          ])))
  }

  private var sampleTable: ReportTable {
    ReportTable(
      "samples", title: "Samples of each score",
      columns: [
        "samples of", "share of copies", "95% low", "95% high", "energy distance",
        "energy: 95% low",
        "energy: 95% high", "held-out less training", "gap: 95% low", "gap: 95% high",
      ],
      rows: Memorisation.Source.allCases.map { source in
        [.text(source.name)] + cells(numbers(\.ratios, source))
          + cells(numbers(\.distances, source)) + cells(numbers(\.gaps, source))
      },
      note:
        "\(values.samples) samples, n = \(values.points), \(records.count) data sets. A copy is nearer to one "
        + "training point than a third of the distance to the next; fresh points are its null, and that of "
        + "the other two. The gap is the energy distance to n held-out points less that to the training points."
    )
  }

  private var weightTable: ReportTable {
    ReportTable(
      "weights", title: "Effective number of points",
      columns: ["score", "sigma", "effective number", "95% low", "95% high"],
      rows: Memorisation.weighted.flatMap { source in
        values.noises.indices.map { level in
          [.text(source.name), .number(values.noises[level])]
            + cells(numbers(\.effective, source, level: level))
        }
      }, note: "Of n = \(values.points), mean over \(values.samples) fresh noisy points.")
  }

  private var temperatureTable: ReportTable {
    ReportTable(
      "temperatures", title: "The temperature that a score is like",
      columns: [
        "score", "sigma", "temperature", "95% low", "95% high", "effective number there",
        "effective: 95% low", "effective: 95% high",
      ],
      rows: Memorisation.fitted.flatMap { source in
        values.noises.indices.map { level in
          [.text(source.name), .number(values.noises[level])]
            + cells(numbers(\.temperatures, source, level: level))
            + cells(numbers(\.fittedEffective, source, level: level))
        }
      },
      note:
        "The score of the training points at this temperature is nearest to the score in squared distance."
    )
  }
}
