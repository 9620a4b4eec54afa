import NumberFormatting
import ScoreCore
import ScoreLab
import ScoreTheory

extension PolyakLojasiewiczFindings {
  var exhibits: [Exhibit] { [.figure(figure), .table(networkTable), .table(linearTable)] }

  private var setting: String {
    "Population's loss at t = \(NumberText.plain(values.time)), steps of \(values.rate)"
  }

  private var figure: Figure {
    let roles: [Plot.Role] = [.measured, .comparison, .claimed, .null]
    let networks = networks.enumerated().map { place, descents -> Plot.Series in
      let found = descents.first.map { ratios($0, least: least) } ?? []
      return Plot.Series(
        "ReLU network, first weights times \(values.scales[place])", roles[place % roles.count],
        x: found.map { Double($0.step + 1) }, y: found.map(\.ratio))
    }
    let lines = linear.enumerated().map { place, descent -> Plot.Series in
      let found = ratios(descent, least: 0)
      return Plot.Series(
        "linear score, 2v = \(NumberText.plain(2 * noisyVariance(place)))", .exact,
        x: found.map { Double($0.step + 1) }, y: found.map(\.ratio))
    }
    return Figure(
      "ratio_along_descents", title: "Squared gradient over twice the loss above its least",
      caption: setting + "; the first of \(values.repeats) draws of first weights",
      .plot(
        Plot(
          x: .init("step + 1", isLogarithmic: true), y: .init("ratio", isLogarithmic: true),
          series: networks + lines)))
  }

  private var networkTable: ReportTable {
    ReportTable(
      "networks", title: "ReLU networks",
      columns: [
        "scale of first weights", "draw", "ratio at the first weights", "least ratio", "at step",
        "loss above its least there", "largest ratio", "loss above its least at the end",
      ],
      rows: zip(values.scales, networks).flatMap { scale, descents in
        descents.enumerated().map { draw, descent in
          let found = ratios(descent, least: least)
          let lowest = found.min { $0.ratio < $1.ratio }
          let place = descent.places.first { $0.step == lowest?.step }
          return [
            .number(scale), .integer(draw + 1), ReportTable.Cell(found.first?.ratio),
            ReportTable.Cell(lowest?.ratio), lowest.map { .integer($0.step) } ?? .none,
            ReportTable.Cell(place.map { $0.loss - least }),
            ReportTable.Cell(found.map(\.ratio).max()),
            ReportTable.Cell(descent.places.last.map { $0.loss - least }),
          ]
        }
      },
      note: setting
        + "; two atoms \(values.separation) apart, width \(values.width). The least loss "
        + "that is known lies \(NumberText.plain(least)) above the Bayes floor.")
  }

  private var linearTable: ReportTable {
    ReportTable(
      "linear", title: "Linear scores of normal data",
      columns: ["variance", "least ratio", "largest ratio", "2 v"],
      rows: linear.enumerated().map { place, descent in
        let found = ratios(descent, least: 0).map(\.ratio)
        return [
          .number(values.variances[place]), ReportTable.Cell(found.min()),
          ReportTable.Cell(found.max()), .number(2 * noisyVariance(place)),
        ]
      }, note: setting + "; v is the variance of the noisy points.")
  }
}
