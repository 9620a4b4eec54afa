import Glibc
import ScoreCore
import ScoreLab

extension SampleComplexityFindings {
  var slopeTable: ReportTable {
    let rows = measures.flatMap { measure in
      ComplexityEstimator.allCases.map { who in
        let fit = fit { measure.value($0, who) }
        let interval = fit?.line.slopeInterval()
        let test = fit?.lackOfFit
        return [
          .text("\(who.label), \(measure.name)"), ReportTable.Cell(fit?.line.slope),
          ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
          ReportTable.Cell(fit.map { exp($0.firstX) }), .integer(fit?.line.count ?? 0),
          ReportTable.Cell(test?.f),
          test.map { .text("\($0.numerator), \($0.denominator)") } ?? .none,
          ReportTable.Cell(test?.probability),
          .text(rates(measure).map(\.label).joined(separator: "; ")),
        ] as [ReportTable.Cell]
      }
    }
    return ReportTable(
      "slopes", title: "Slopes on log-log axes",
      columns: [
        "error", "slope", "95% low", "95% high", "from \(values.sweep.rawValue)", "values",
        "lack of fit F", "degrees of freedom", "p", "claimed",
      ], rows: rows,
      note:
        "Least squares of the mean log error of \(values.repeats) runs against log "
        + "\(values.sweep.rawValue); Student's t interval with values - 2 degrees of freedom. The "
        + "smallest value is left out as long as the test of lack of fit rejects at 5% and more than "
        + "five values are left. W includes its null, which flattens it.")
  }

  var runTable: ReportTable {
    let columns = measures.flatMap { measure in
      ComplexityEstimator.allCases.map { (measure, $0) }
    }
    let head = [values.sweep.rawValue, "run", "best step", "stop step", "held-out excess", "h"]
    return ReportTable(
      "runs", title: "Every run",
      columns: head + columns.map { "\($0.name), \($1.label)" }
        + ComplexityEstimator.allCases.flatMap {
          ["D_delta, \($0.label): 95% low", "D_delta, \($0.label): 95% high"]
        },
      rows: done.map { cell, record in
        [
          .number(cell.trial.value), .integer(cell.trial.repeatIndex + 1),
          .integer(record.bestStep),
          .integer(record.stopStep), .number(record.excess), .number(record.bandwidth),
        ] + columns.map { .number($0.value(record, $1)) }
          + ComplexityEstimator.allCases.flatMap { who in
            [
              .number(plotted(record) { $0[who].quantiles[deltaIndex].lower }),
              .number(plotted(record) { $0[who].quantiles[deltaIndex].upper }),
            ]
          }
      },
      note:
        "L2 and D_delta times sigma, at \(place), delta = \(run.probe.delta), with the 95% interval "
        + "by ranks of \(run.probe.points) points; h is the kernel's bandwidth. "
        + "\(done.count { $0.record.stopStep >= values.steps }) of \(done.count) runs did not stop "
        + "early. \(rules)")
  }

  var deltaTable: ReportTable {
    let places = values.values.filter { !found(at: $0, \.excess).isEmpty }.flatMap { value in
      [ComplexityEstimator.early, .last].map { (value: value, who: $0) }
    }
    return ReportTable(
      "deltas", title: "sigma D_delta of the network for several delta",
      columns: [
        values.sweep.rawValue, "network", "delta", "sigma D_delta", "95% low", "95% high", "points",
      ],
      rows: places.flatMap { value, who in
        deltas.indices.map { index in
          let found = found(at: value) { plotted($0) { knownQuantile($0[who], index) } }
          return [.number(value), .text(who.label), .number(deltas[index])]
            + (isKnown(deltas[index]) ? meanCells(found) : [.none, .none, .none])
            + [.text(standing(deltas[index]))]
        }
      },
      note: "Means of \(values.repeats) runs with Student's t intervals, each at \(place), from "
        + "\(run.probe.points) points. Below 10 / delta points D_delta is unknown, and below "
        + "100 / delta points are few.")
  }

  private func standing(_ delta: Double) -> String {
    switch QuantileEstimate.standing(count: run.probe.points, delta: delta) {
    case .unknown(let needed): "unknown, needs \(needed)"
    case .few: "few"
    case .enough: "enough"
    }
  }
}
