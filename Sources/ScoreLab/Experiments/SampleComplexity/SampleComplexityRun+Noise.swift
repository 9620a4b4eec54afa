import Glibc
import ScoreCore

/// The errors against the noise level gamma at which sampling stops, for a fixed n.
extension SampleComplexityRun {
  /// An error of a score at a level, under a name.
  private struct Error {
    let name: String
    let number: (TrialRecord.Level) -> Double
  }

  private func errors(of who: ComplexityEstimator) -> [Error] {
    let index = deltaIndex
    return [
      Error(name: "L2, \(who.label)") { $0[who].l2 },
      Error(name: "D_delta, \(who.label)") { $0[who].quantiles[index] },
    ]
  }

  /// Whether each run has several levels, and their times.
  private var times: [Double]? {
    guard let levels = done.first?.record.levels, levels.count > 1 else { return nil }
    return levels.map(\.time)
  }

  /// The first and the last value of the sweep that have runs.
  private var ends: [Double] {
    let measured = values.values.filter { !found(at: $0, \.excess).isEmpty }
    return Set([measured.first, measured.last].compactMap { $0 }).sorted()
  }

  var noiseFigures: [Figure] {
    guard let times else { return [] }
    return ends.map { value in
      let roles: [Plot.Role] = [.measured, .comparison, .exact, .muted]
      let lines = zip(errors(of: .last) + errors(of: .kernel), roles).map { error, role in
        let all = times.indices.map { level in
          found(at: value) { error.number($0.levels[level]) }
        }
        return Plot.Series(
          error.name, role, x: times.map { 1 / $0 }, y: all.map { Estimate($0).value },
          lower: all.map { $0.min() ?? .nan }, upper: all.map { $0.max() ?? .nan })
      }
      return Figure(
        "noise_level_at_\(values.label(value))",
        title: "Error against the stop, \(values.sweep.rawValue) = \(values.label(value))",
        caption: "Means of \(values.repeats) runs, bars from least to largest; sigma times the "
          + "error at the level gamma, delta = \(run.probe.delta), \(run.probe.points) points a "
          + "level. Claimed: polynomial in 1/gamma for L2 where the law has rare far mass, "
          + "polylogarithmic for D_delta; the table has what was found. \(rules)",
        .plot(
          Plot(
            x: .init("1 / gamma, the time one stops at", isLogarithmic: true),
            y: .init("sigma times the error", isLogarithmic: true), series: lines)))
    }
  }

  var noiseTables: [ReportTable] {
    guard let times else { return [] }
    return [growthTable(times), levelTable(times)]
  }

  /// The power of 1/gamma that fits the half of the levels with the least noise, run by run.
  private func growthTable(_ times: [Double]) -> ReportTable {
    let small = max(3, (times.count + 1) / 2)
    let places = times.prefix(small).map { 1 / $0 }
    let measured = values.values.filter { !found(at: $0, \.excess).isEmpty }
    let rows = measured.flatMap { value in
      ComplexityEstimator.allCases.flatMap { errors(of: $0) }.map { error in
        let powers = found(at: value) { record in
          let found = record.levels.prefix(small).map(error.number)
          return LineFit.powerLaw(x: places, y: found)?.slope ?? .nan
        }
        return [
          .number(value), .text(error.name), .number(Estimate(powers).value),
          .number(powers.min() ?? .nan), .number(powers.max() ?? .nan),
        ] as [ReportTable.Cell]
      }
    }
    return ReportTable(
      "growth", title: "Power of 1/gamma with which sigma times the error grows",
      columns: [values.sweep.rawValue, "error", "mean power", "least", "largest"], rows: rows,
      note: "Least squares over the \(min(small, times.count)) levels of least noise in each of "
        + "\(values.repeats) runs. An L2 that is polynomial in 1/gamma has a power above 0, a "
        + "D_delta that is polylogarithmic one near 0; a network that bounds its outputs need not "
        + "show the first, and a training set with far points need not either.")
  }

  private func levelTable(_ times: [Double]) -> ReportTable {
    let measured = values.values.filter { !found(at: $0, \.excess).isEmpty }
    let columns = ComplexityEstimator.allCases.flatMap { errors(of: $0) }
    return ReportTable(
      "levels", title: "Errors at every level",
      columns: [values.sweep.rawValue, "time"] + columns.map(\.name),
      rows: measured.flatMap { value in
        times.indices.map { level in
          [.number(value), .number(times[level])]
            + columns.map { column in
              .number(Estimate(found(at: value) { column.number($0.levels[level]) }).value)
            }
        }
      },
      note: "Times sigma, means of \(values.repeats) runs; delta = \(run.probe.delta), "
        + "\(run.probe.points) points a level.")
  }
}
