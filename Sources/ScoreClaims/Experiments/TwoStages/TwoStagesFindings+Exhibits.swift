import NumberFormatting
import ScoreCore
import ScoreLab

extension TwoStagesFindings {
  var exhibits: [Exhibit] {
    [
      .figure(figure("samples_w2", "Sliced W2 of samples from the law", "sliced W2", \.distance)),
      .figure(
        figure("samples_angle", "KL of the angle of samples", "KL in nats", \.angleKL)),
      .figure(
        figure(
          "reconstruction", "Squared error of held-out points that come back", "squared error",
          \.reconstruction)),
      .table(table),
    ]
  }

  private var setting: String {
    "circle in \(values.dimension) dimensions, n = \(values.points), \(values.samples) samples; "
      + "\(values.repeats) data sets, 95% intervals"
  }

  private static func role(_ way: Way) -> Plot.Role {
    switch way {
    case .stages: .measured
    case .angle: .exact
    case .component, .plane, .code, .planeCode, .network, .features: .comparison
    case .again, .gaussian, .law: .null
    }
  }

  private func figure(
    _ name: String, _ title: String, _ label: String,
    _ number: (TwoStagesPlan.Outcome) -> Double?
  ) -> Figure {
    let ways = Way.allCases
    return Figure(
      name, title: title, caption: setting,
      .plot(
        Plot(
          x: .init("way"), y: .init(label, isLogarithmic: true),
          series: ways.indices.compactMap { place in
            let found = numbers(ways[place], number)
            guard !found.isEmpty else { return nil }
            return Plot.Series(
              ways[place].name, Self.role(ways[place]), .points, x: [Double(place)],
              meansOf: [found])
          }, categories: ways.map(\.name))))
  }

  private var table: ReportTable {
    func cells(_ repeats: [Double]) -> [ReportTable.Cell] {
      let interval = Estimate.meanInterval(of: repeats)
      return [
        repeats.isEmpty ? .none : .number(Estimate(repeats).value),
        ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
      ]
    }
    return ReportTable(
      "ways", title: "Ways to new points",
      columns: [
        "way", "squared error", "low", "high", "sliced W2", "low", "high", "angular KL", "low",
        "high", "RMS distance from the circle", "low", "high",
      ],
      rows: Way.allCases.map { way in
        [.text(way.name)] + cells(numbers(way, \.reconstruction))
          + cells(numbers(way, \.distance)) + cells(numbers(way, \.angleKL))
          + cells(numbers(way, \.spread))
      },
      note: setting + ". The law itself is the null: what perfect samples have by chance.")
  }
}
