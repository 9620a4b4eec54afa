import Glibc
import ScoreCore
import ScoreLab

/// The errors against the noise level gamma at which sampling stops, for a fixed n.
extension SampleComplexityFindings {
  /// An error of a score at a level, under a name.
  private struct Error {
    let name: String
    let number: @Sendable (TrialRecord.Level) -> Double
  }

  private func errors(of who: ComplexityEstimator) -> [Error] {
    [
      Error(name: "L2, \(who.label)") { $0[who].l2 },
      Error(name: "D_delta, \(who.label)") { [self] in knownQuantile($0[who], deltaIndex) },
    ]
  }

  /// The power of 1/gamma that fits an error of a run at the half of the levels with least noise.
  private func growth(_ record: TrialRecord, _ number: (TrialRecord.Level) -> Double) -> Double {
    let levels = record.levels.prefix(smallNoiseCount(record.levels.count))
    let found = levels.map(number)
    guard found.allSatisfy({ $0 > 0 && $0.isFinite }) else { return .nan }
    return LineFit.powerLaw(x: levels.map { 1 / $0.time }, y: found)?.slope ?? .nan
  }

  private func smallNoiseCount(_ levelCount: Int) -> Int { max(3, (levelCount + 1) / 2) }

  /// The powers of L2 and of D_delta of the network at the last step in a run.
  func growths(_ record: TrialRecord) -> (l2: Double, quantile: Double) {
    let powers = errors(of: .last).map { growth(record, $0.number) }
    return (powers[0], powers[1])
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
          + "level. Claimed: polynomial in 1/gamma for L2 where the distribution has rare far "
          + "mass, "
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

  private func growthTable(_ times: [Double]) -> ReportTable {
    let measured = values.values.filter { !found(at: $0, \.excess).isEmpty }
    let rows = measured.flatMap { value in
      ComplexityEstimator.allCases.flatMap { errors(of: $0) }.map { error in
        let powers = found(at: value) { growth($0, error.number) }
        let interval = Estimate.meanInterval(of: powers)
        return [
          .number(value), .text(error.name), .number(Estimate(powers).value),
          ReportTable.Cell(interval?.lowerBound), ReportTable.Cell(interval?.upperBound),
        ] as [ReportTable.Cell]
      }
    }
    return ReportTable(
      "growth", title: "Power of 1/gamma with which sigma times the error grows",
      columns: [values.sweep.rawValue, "error", "mean power", "95% low", "95% high"], rows: rows,
      note:
        "Least squares over the \(smallNoiseCount(times.count)) levels of least noise in each of "
        + "\(values.repeats) runs, and Student's t interval of their mean. An L2 that is "
        + "polynomial in "
        + "1/gamma has a power above 0, a D_delta that is polylogarithmic one near 0; a network "
        + "that "
        + "bounds its outputs need not show the first, and a training set with far points need not "
        + "either.")
  }

  private func levelTable(_ times: [Double]) -> ReportTable {
    let measured = values.values.filter { !found(at: $0, \.excess).isEmpty }
    let columns = ComplexityEstimator.allCases.flatMap { errors(of: $0) }
    return ReportTable(
      "levels", title: "Errors at every level",
      columns: [values.sweep.rawValue, "time"]
        + columns.flatMap { [$0.name, "\($0.name): 95% low", "\($0.name): 95% high"] },
      rows: measured.flatMap { value in
        times.indices.map { level in
          [.number(value), .number(times[level])]
            + columns.flatMap { column in
              meanCells(found(at: value) { column.number($0.levels[level]) })
            }
        }
      },
      note: "Times sigma, means of \(values.repeats) runs with Student's t intervals; delta = "
        + "\(run.probe.delta), \(run.probe.points) points a level.")
  }

  /// A mean over runs and its interval, as cells.
  func meanCells(_ values: [Double]) -> [ReportTable.Cell] {
    let interval = Estimate.meanInterval(of: values)
    return [
      .number(Estimate(values).value), ReportTable.Cell(interval?.lowerBound),
      ReportTable.Cell(interval?.upperBound),
    ]
  }
}
