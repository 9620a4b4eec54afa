import ScoreCore
import ScoreLab
import ScoreTheory

extension ThreeErrorsFindings {
  /// The mean of repeats with the ends of its interval; none where there are none.
  private func cells(_ repeats: [Double]) -> [ReportTable.Cell] {
    let interval = Estimate.meanInterval(of: repeats)
    return [
      repeats.isEmpty ? .none : .number(Estimate(repeats).value),
      ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
    ]
  }

  var splitTable: ReportTable {
    ReportTable(
      "split", title: "The parts of the error",
      columns: [
        "class", "time", "part", "sigma^2 L2^2", "95% low", "95% high", "sigma D_delta",
        "D_delta: 95% low", "D_delta: 95% high", "sigma D at 3 delta",
      ],
      rows: runs.flatMap { found in
        Self.parts.map { part in
          let gaps = found.splits.map(part.gap)
          return [.text(found.kind.name), .number(values.times[found.level]), .text(part.name)]
            + cells(gaps.map(\.squared)) + cells(gaps.map { $0.quantiles[0] })
            + [cells(gaps.map { $0.quantiles[1] })[0]]
        }
      }, note: setting + "; delta = \(values.delta). Student's t intervals over data sets.")
  }

  var samplesTable: ReportTable {
    ReportTable(
      "statistical", title: "Statistical error against n",
      columns: [
        "class", "time", "n", "sigma^2 L2^2", "95% low", "95% high", "first order", "sigma D_delta",
      ],
      rows: ScoreClass.allCases.flatMap { kind in
        (kind == .network ? values.middle..<values.middle + 1 : 0..<values.levelCount).flatMap {
          level -> [[ReportTable.Cell]] in
          let first = kind == .network ? nil : expectedEstimation(kind, level: level)
          return zip(counts(kind), statistical(kind, level: level)).map { n, gaps in
            [.text(kind.name), .number(values.times[level]), .integer(n)]
              + cells(gaps.map(\.squared)) + [ReportTable.Cell(first.map { $0 / Double(n) })]
              + [cells(gaps.map { $0.quantiles[0] })[0]]
          }
        }
      },
      note: "\(values.dataSets) data sets at each n in ten batches, \(values.repeats) of networks; "
        + "first order is tr(G^-1 S)/n, delta = \(values.delta).")
  }

  /// The powers of eps in the samples needed for a statistical error of eps, next to those claimed.
  var exponentTable: ReportTable {
    let measured = ScoreClass.allCases.flatMap { kind in
      let powers = [
        ("L2", statisticalPowers(kind, level: values.middle) { $0.squared.squareRoot() }),
        ("D_delta", statisticalPowers(kind, level: values.middle) { $0.quantiles[0] }),
      ]
      return powers.map { name, powers -> [ReportTable.Cell] in
        [.text("measured, \(kind.name)"), .text(name)] + cells(isDone ? powers.map { 1 / $0 } : [])
      }
    }
    let claimed: [(String, Double)] = [
      ("any class of few parameters, known", -2), ("Gaur et al. v6 and TMLR 2026", -4),
      ("Gupta et al. C.2 with its number of steps, disputed", -5), ("Gaur et al. v2", -6),
    ]
    return ReportTable(
      "exponents", title: "Power of eps in the samples needed",
      columns: ["source", "error", "power", "95% low", "95% high"],
      rows: measured
        + claimed.map { name, power in
          [.text(name), .text("bound"), .number(power), .none, .none]
        },
      note:
        "At \(time(values.middle)): the inverse of the power of n with which the statistical error "
        + "falls, Student's t interval over batches or data sets. Claimed powers are upper bounds for "
        + "samples needed in total variation.")
  }

  var approximationTable: ReportTable {
    let levels = 0..<values.levelCount
    let lines = levels.map { level in
      [.text("linear"), .integer(1), .number(values.times[level])]
        + (linear.isEmpty ? [.none, .none, .none] : [.number(linear[level]), .none, .none])
        + [ReportTable.Cell(expectedApproximation(level: level)), .none, .none]
    }
    let random = zip(values.featureCounts, features).flatMap { count, draws in
      levels.map { level in
        [.text("random features"), .integer(count), .number(values.times[level])]
          + cells(draws.map { $0[level] }) + [.none, .none, .none]
      }
    }
    let networks = zip(values.widths, populations).flatMap { width, found in
      found.enumerated().map { level, found -> [ReportTable.Cell] in
        [
          .text("network"), .integer(width), .number(values.times[level]),
          .number(found.gap.squared), .none, .none, .none, .number(found.minimum.gradientNorm),
          .text(found.minimum.ending.rawValue),
        ]
      }
    }
    return ReportTable(
      "approximation", title: "Approximation error",
      columns: [
        "class", "width", "time", "sigma^2 L2^2", "95% low", "95% high", "closed form",
        "gradient norm", "L-BFGS",
      ], rows: lines + random + networks,
      note: "Intervals over \(values.featureDraws) draws of the features; closed form "
        + "sigma^2 (I - 1/Var).")
  }

  var descentTable: ReportTable {
    ReportTable(
      "decay", title: "Distance to the minimiser, steps like 1/k",
      columns: ["steps", "sigma^2 L2^2", "95% low", "95% high"],
      rows: values.checkpoints.indices.map { place in
        [.integer(values.checkpoints[place])] + cells(descents.decays.map { $0[place] })
      }, note: "Linear class, \(time(values.middle)); \(values.descents) runs in ten batches.")
  }

  var floorTable: ReportTable {
    ReportTable(
      "floors", title: "Where constant steps end",
      columns: ["step size", "sigma^2 L2^2", "95% low", "95% high", "first order"],
      rows: values.rates.indices.map { place in
        [.number(values.rates[place])] + cells(descents.floors.map { $0[place] })
          + [cells(descents.expected.map { $0[place] })[0]]
      }, note: "Linear class, \(time(values.middle)); ten runs at each step size.")
  }
}
