import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension FreshNoiseFindings {
  var exhibits: [Exhibit] {
    settings.map { setting in .figure(figure(setting)) }
      + [.table(errorTable), .table(drawsTable), .table(normalTable)]
  }

  private func cells(_ repeats: [Double]) -> [ReportTable.Cell] {
    let interval = Estimate.meanInterval(of: repeats)
    return [
      repeats.isEmpty ? .none : .number(Estimate(repeats).value),
      ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
    ]
  }

  /// Every score that was measured in a setting, with its errors by data set.
  private func scores(_ setting: Setting) -> [(name: String, errors: [Plan.Errors])] {
    FreshNoise.draws.indices.map { place in
      ("minimiser, k = \(FreshNoise.draws[place])", setting.fits.map { $0.draws[place] })
    } + [
      ("minimiser, fresh noise", setting.fits.map(\.fresh)),
      ("descent, fixed noise", setting.fixedRuns),
      ("descent, fresh noise", setting.freshRuns),
      ("one Gaussian", setting.fits.map(\.gaussian)),
      ("zero", setting.fits.map(\.zero)),
    ]
  }

  private func figure(_ setting: Setting) -> Figure {
    let k = FreshNoise.draws.map { Double($0) }
    let places = FreshNoise.draws.indices
    func series(_ label: String, _ role: Plot.Role, _ repeats: [[Double]]) -> Plot.Series {
      let known = zip(k, repeats).filter { !$0.1.isEmpty }
      let means = known.map { Estimate($0.1).value }
      let intervals = known.map { Estimate.meanInterval(of: $0.1) }
      return Plot.Series(
        label, role, .points, x: known.map(\.0), y: means,
        lower: zip(intervals, means).map { $0?.lowerBound ?? $1 },
        upper: zip(intervals, means).map { $0?.upperBound ?? $1 })
    }
    let fresh = setting.fits.map(\.fresh.statistical.squared)
    return Figure(
      "errors_\(setting.data.rawValue)_\(setting.level + 1)",
      title: "Noise draws a point, \(name(setting))",
      caption:
        "n = \(values.points), \(values.repeats) data sets, 95% intervals; sigma^2 L2^2 from "
        + "the population's minimiser, and from that with fresh noise",
      .plot(
        Plot(
          x: .init("noise draws a point k", isLogarithmic: true),
          y: .init("sigma^2 L2^2", isLogarithmic: true),
          series: [
            series(
              "minimiser of k draws", .measured,
              places.map { place in setting.fits.map { $0.draws[place].statistical.squared } }),
            Plot.Series(
              "fresh noise", .exact, x: fresh.isEmpty ? [] : k,
              y: fresh.isEmpty ? [] : k.map { _ in Estimate(fresh).value }),
            series(
              "distance from fresh noise", .comparison,
              places.map { place in setting.fits.map { $0.distances[place] } }),
          ])))
  }

  private var errorTable: ReportTable {
    ReportTable(
      "errors", title: "Errors of each score",
      columns: [
        "data", "time", "score", "statistical sigma^2 L2^2", "95% low", "95% high",
        "statistical sigma D_delta", "D_delta: 95% low", "D_delta: 95% high", "sigma^2 L2^2",
        "sigma D_delta",
      ],
      rows: settings.flatMap { setting in
        scores(setting).map { score in
          let lead: [ReportTable.Cell] = [
            .text(setting.data.name), .number(values.times[setting.level]), .text(score.name),
          ]
          let (own, whole) = (score.errors.map(\.statistical), score.errors.map(\.whole))
          return lead + cells(own.map(\.squared)) + cells(own.map { $0.quantiles[0] })
            + [cells(whole.map(\.squared))[0], cells(whole.map { $0.quantiles[0] })[0]]
        }
      },
      note:
        "n = \(values.points), \(values.repeats) data sets, \(plan.runCount) of descents; statistical "
        + "from the population's minimiser of \(values.features) random features, the last two columns "
        + "from the exact score; delta = \(values.delta).")
  }

  private var drawsTable: ReportTable {
    ReportTable(
      "draws", title: "Distance from the minimiser with fresh noise",
      columns: ["data", "time", "k", "sigma^2 L2^2", "95% low", "95% high", "power of k"],
      rows: settings.flatMap { setting in
        FreshNoise.draws.indices.map { place in
          [
            .text(setting.data.name), .number(values.times[setting.level]),
            .integer(FreshNoise.draws[place]),
          ] + cells(setting.fits.map { $0.distances[place] })
            + [isDone && place == 0 ? .number(Estimate(powers(setting)).value) : .none]
        }
      }, note: "\(values.repeats) data sets; the power is the mean over ten batches of them.")
  }

  private var normalTable: ReportTable {
    let draws: [Int?] = FreshNoise.draws + [nil]
    return ReportTable(
      "normal", title: "Lines on normal data",
      columns: ["time", "noise", "sigma^2 L2^2", "95% low", "95% high", "closed form"],
      rows: values.times.indices.flatMap { level in
        let noise = plan.process.level(at: values.times[level])
        return draws.indices.map { place -> [ReportTable.Cell] in
          [
            .number(values.times[level]),
            .text(draws[place].map { "k = \($0)" } ?? "fresh"),
          ] + cells(normal[level]?[place] ?? [])
            + [
              .number(
                FreshNoise.expectedNormal(draws[place], level: noise) / Double(values.points))
            ]
        }
      },
      note:
        "\(values.normalSets) data sets of n = \(values.points); the closed form is to first order in "
        + "1/n.")
  }
}
