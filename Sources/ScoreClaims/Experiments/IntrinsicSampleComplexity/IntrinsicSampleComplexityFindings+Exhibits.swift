import NumberFormatting
import ScoreCore
import ScoreLab

extension IntrinsicSampleComplexityFindings {
  var exhibits: [Exhibit] {
    [.figure(dimensionFigure), .figure(countFigure), .table(errorTable), .table(powerTable)]
  }

  private var setting: String {
    "circle of thickness \(NumberText.plain(values.thickness)), sigma = "
      + "\(NumberText.plain(values.sigma)); \(values.repeats) data sets, 95% intervals"
  }

  private static let roles: [Path: Plot.Role] = [
    .plain: .comparison, .aware: .measured, .known: .exact,
  ]

  private func series(_ path: Path, _ x: [Double], _ errors: [[Double]]) -> Plot.Series {
    let isKnown = !errors.contains(where: \.isEmpty)
    return Plot.Series(
      path.name, Self.roles[path] ?? .muted, x: isKnown ? x : [], meansOf: isKnown ? errors : [])
  }

  private var dimensionFigure: Figure {
    let dimensions = values.dimensions.map { Double($0) }
    func means(_ number: (Plan.Sets) -> Double) -> [Double] {
      sets.map { $0.isEmpty ? .nan : Estimate($0.map(number)).value }
    }
    let last = values.counts.count - 1
    return Figure(
      "error_against_dimension",
      title: "Error against the ambient dimension, n = \(values.counts[last])",
      caption: setting,
      .plot(
        Plot(
          x: .init("ambient dimension d", isLogarithmic: true),
          y: .init("sigma^2 L2^2", isLogarithmic: true),
          series: Path.allCases.map { path in
            series(
              path, dimensions,
              values.dimensions.indices.map { errors(path, dimension: $0, count: last) })
          } + [
            Plot.Series("one Gaussian", .null, x: dimensions, y: means(\.gaussian)),
            Plot.Series("zero", .muted, x: dimensions, y: means(\.zero)),
          ])))
  }

  private var countFigure: Figure {
    let place = values.dimensions.count - 1
    return Figure(
      "error_against_points",
      title: "Error against n in \(values.dimensions[place]) dimensions", caption: setting,
      .plot(
        Plot(
          x: .init("points n", isLogarithmic: true), y: .init("sigma^2 L2^2", isLogarithmic: true),
          series: Path.allCases.map { path in
            series(
              path, values.counts.map { Double($0) },
              values.counts.indices.map { errors(path, dimension: place, count: $0) })
          })))
  }

  private func cells(_ repeats: [Double]) -> [ReportTable.Cell] {
    let interval = Estimate.meanInterval(of: repeats)
    return [
      repeats.isEmpty ? .none : .number(Estimate(repeats).value),
      ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
    ]
  }

  private var errorTable: ReportTable {
    ReportTable(
      "errors", title: "Errors",
      columns: ["d", "n", "path", "sigma^2 L2^2", "95% low", "95% high"],
      rows: values.dimensions.indices.flatMap { d -> [[ReportTable.Cell]] in
        let lead = ReportTable.Cell.integer(values.dimensions[d])
        let learned = values.counts.indices.flatMap { n in
          Path.allCases.map { path in
            [lead, .integer(values.counts[n]), .text(path.name)]
              + cells(errors(path, dimension: d, count: n))
          }
        }
        return learned + [
          [lead, .none, .text("one Gaussian")] + cells(sets[d].map(\.gaussian)),
          [lead, .none, .text("zero")] + cells(sets[d].map(\.zero)),
        ]
      },
      note:
        "\(setting); summed over coordinates, mean over \(values.testPoints) points. Each path has the "
        + "best of \(IntrinsicSampleComplexity.ridges.count) penalties, by the exact score.")
  }

  private var powerTable: ReportTable {
    let byDimension = values.dimensions.indices.flatMap { d in
      Path.allCases.map { path in
        [.text("of n, d = \(values.dimensions[d])"), .text(path.name)]
          + cells(isDone ? slopes(path, dimension: d) : [])
      }
    }
    let byCount = values.counts.indices.flatMap { n in
      Path.allCases.map { path in
        [.text("of d, n = \(values.counts[n])"), .text(path.name)]
          + cells(isDone ? growth(path, count: n) : [])
      }
    }
    return ReportTable(
      "powers", title: "Powers of the error",
      columns: ["power", "path", "mean", "95% low", "95% high"], rows: byCount + byDimension,
      note: setting)
  }
}
