import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// What data sets of every n say of the samples needed.
struct SampleExponentsFindings: ExperimentFindings {
  let plan: SampleExponentsPlan
  let isDone: Bool
  private var batches: [Int: [SampleExponentsPlan.FitErrors]] = [:]
  private(set) var drawn: SampleExponentsPlan.DrawnErrors?
  /// In the order of ``ErrorMeasure``; empty until they are known.
  private(set) var powers: [NeededSamples] = []

  init(_ plan: SampleExponentsPlan, _ records: SampleExponentsPlan.Records) {
    self.plan = plan
    isDone = records.isComplete
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.fits(let n, _), .fits(let errors)): batches[n, default: []].append(errors)
      case (_, .fits): preconditionFailure("A record is that of its unit.")
      case (_, .draws(let found)): drawn = found
      case (_, .powers(let found)): powers = found
      }
    }
  }

  var values: SampleExponents { plan.values }

  /// The errors of the data sets of n points that are finished.
  func errors(_ measure: ErrorMeasure, _ n: Int) -> [Double] {
    (batches[n] ?? []).flatMap {
      switch measure {
      case .l2: $0.l2
      case .dDelta: $0.dDelta
      case .variation: $0.variation
      }
    }
  }

  func errorsToTarget(_ n: Int) -> [Double] { (batches[n] ?? []).flatMap(\.toTarget) }

  /// The n of which every data set is finished, ascending.
  var finishedCounts: [Int] {
    values.counts.filter { batches[$0]?.count == SampleExponents.batchCount }
  }

  func power(_ measure: ErrorMeasure) -> NeededSamples? {
    zip(ErrorMeasure.allCases, powers).first { $0.0 == measure }?.1
  }
}

// MARK: - Checks

extension SampleExponentsFindings {
  var checks: [Check] {
    ErrorMeasure.allCases.flatMap { measure in
      [
        powerCheck(
          "power_\(measure.key)", measure, .near(-2, tolerance: 0.25),
          basis: "few parameters, -2; an eighth of it"),
        powerCheck(
          "bound_\(measure.key)", measure, .atLeast(StatedPower.leastSteepBound),
          basis: "the least steep of the bounds, Gaur et al. v6 and TMLR 2026"),
      ]
    } + [closedFormCheck, pointsCheck, samplesCheck, quadratureCheck]
  }

  private func powerCheck(
    _ name: String, _ measure: ErrorMeasure, _ requirement: Check.Requirement, basis: String
  ) -> Check {
    let found = isDone ? power(measure) : nil
    return Check(
      .claim, name, "power of eps in the samples needed, \(measure.name)",
      measured: found?.power, interval: found?.interval, requirement,
      basis: "\(basis); \(values.resamples) resamples of the data sets")
  }

  /// `sigma^2 E[L2^2]` of least squares over lines: with `n - 3` from the inverse of a chi-square number.
  static func expectedSquare(_ n: Int, level: NoiseLevel, data: NormalLaw) -> Double {
    let share = 1 - level.sigma * level.sigma / data.noisy(at: level).variance
    return share * Double(2 * n - 2) / (Double(n) * Double(n - 3))
  }

  private var closedFormCheck: Check {
    let n = Double(values.repeats)
    let deviations = values.counts.flatMap { count -> [Double] in
      let found = batches[count] ?? []
      return plan.levels.enumerated().map { place, level in
        let mean = found.reduce(0) { $0 + $1.sums[place] } / n
        let square = found.reduce(0) { $0 + $1.squares[place] } / n
        let exact = Self.expectedSquare(count, level: level, data: values.data)
        return abs(mean - exact) / ((square - mean * mean) / (n - 1)).squareRoot()
      }
    }
    return agreement(
      "l2_closed_form", "sigma^2 E[L2^2] of least squares, in standard errors",
      isDone ? deviations : nil, .atMost(4.5),
      basis: "closed form; the largest of \(deviations.count) values of n and levels")
  }

  private var pointsCheck: Check {
    let delta = values.delta
    return agreement(
      "d_delta_at_points",
      "share of points with errors above D_delta of the first fit, in standard errors from delta",
      drawn?.shares.map {
        abs($0 - delta) / (delta * (1 - delta) / Double(values.draws)).squareRoot()
      }, .atMost(4.5), basis: "the largest of \(plan.levels.count) levels")
  }

  private var samplesCheck: Check {
    agreement(
      "tv_at_samples", "total variation from drawn samples, in standard errors from the formula",
      drawn.map { [abs($0.drawnVariation - $0.variation) / $0.standardError] }, .atMost(4.5),
      basis: "\(values.draws) samples; their share between the crossings of the two densities")
  }

  private var quadratureCheck: Check {
    agreement(
      "tv_quadrature", "relative difference of total variation by formula and by quadrature",
      drawn.map { [$0.quadratureGap] }, .atMost(1e-6), basis: "the largest of 20 data sets")
  }

  private func agreement(
    _ name: String, _ statement: String, _ numbers: [Double]?, _ requirement: Check.Requirement,
    basis: String
  ) -> Check {
    Check(
      .agreement, name, statement,
      measured: numbers.map { $0.contains(where: \.isNaN) ? .nan : $0.max() ?? .nan },
      requirement, basis: basis)
  }
}
