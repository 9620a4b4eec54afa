import Glibc
import ScoreCore
import ScoreLab
import ScoreTheory

/// What data sets of every n and dimension say of rates.
struct KernelRatesFindings: ExperimentFindings {
  private struct Key: Hashable {
    var dimension: Int
    var count: Int
  }

  let plan: KernelRatesPlan
  let isDone: Bool
  /// The records of each dimension and n, one a data set that is finished.
  private let found: [Key: [KernelRatesPlan.Record]]

  init(_ plan: KernelRatesPlan, _ records: KernelRatesPlan.Records) {
    self.plan = plan
    isDone = records.isComplete
    var found: [Key: [KernelRatesPlan.Record]] = [:]
    for (unit, record) in records.finished {
      found[Key(dimension: unit.dimension, count: unit.count), default: []].append(record)
    }
    self.found = found
  }

  var values: KernelRates { plan.values }

  /// The records of a dimension and n in the order of the data sets.
  func records(_ dimension: Int, _ count: Int) -> [KernelRatesPlan.Record] {
    found[Key(dimension: dimension, count: count)] ?? []
  }

  /// The power of n of an excess, once every data set is there.
  func rate(
    _ dimension: Int, _ excess: (KernelRatesPlan.Record) -> Double = { $0.oracle }
  ) -> GroupedLineFit? {
    guard isDone else { return nil }
    return GroupedLineFit.leavingOutMisfit(
      values.counts.map { count in
        .init(x: log(Double(count)), values: records(dimension, count).map { log(excess($0)) })
      }, leastGroups: 4)
  }

  /// The power with which eigenvalues fall on each of the largest data sets, positive.
  func decays(_ dimension: Int) -> [Double] {
    let places = values.fittedPlaces.map { Double($0) }
    return records(dimension, values.lastCount).map { record in
      -(LineFit.powerLaw(x: places, y: record.eigenvalues)?.slope ?? .nan)
    }
  }

  /// log2 of the excess over that of linear regression, on each of the largest data sets.
  func ratiosToLinear(_ dimension: Int) -> [Double] {
    records(dimension, values.lastCount).map { log2($0.oracle / $0.linear) }
  }
}

// MARK: - Checks

extension KernelRatesFindings {
  var checks: [Check] {
    values.dimensions.flatMap { dimension in
      [
        rateCheck(
          "remembered_rate", dimension, KernelRates.rememberedDecay(dimension),
          "p/(p-1), from memory"),
        rateCheck(
          "measured_rate", dimension, isDone ? Estimate(decays(dimension)).value : nil,
          "that of the eigenvalues measured"),
        check(
          .claim, "decay", "power of i with which eigenvalues fall, \(place(dimension))",
          isDone ? decays(dimension) : nil,
          .near(KernelRates.rememberedDecay(dimension), tolerance: 0.25),
          basis: "p/(p-1), from memory; a quarter; Student's t over data sets"),
        check(
          .claim, "beats_linear",
          "log2 of the excess over that of linear regression, \(place(dimension)), n = "
            + "\(values.lastCount)",
          isDone ? ratiosToLinear(dimension) : nil, .atMost(0),
          basis: "the same points, pair by pair; Student's t over data sets"),
      ]
    } + [zeroCheck, inSampleCheck]
  }

  private func place(_ dimension: Int) -> String { "d = \(dimension)" }

  /// The excess falls at least as fast as a decay of eigenvalues says.
  private func rateCheck(
    _ name: String, _ dimension: Int, _ decay: Double?, _ origin: String
  ) -> Check {
    let fit = rate(dimension)
    let gap = decay.map { -KernelRates.rate(decay: $0) }
    return Check(
      .claim, name,
      "power of n of the excess at the best step, plus beta/(beta+1), beta = \(origin), "
        + place(dimension),
      measured: fit.flatMap { fit in gap.map { fit.line.slope + $0 } },
      interval: fit?.line.slopeInterval().flatMap { interval in
        gap.map { interval.lowerBound + $0...interval.upperBound + $0 }
      }, .atMost(0),
      basis: "a line through means of logarithms; Student's t interval of its slope")
  }

  private func check(
    _ kind: Check.Kind, _ name: String, _ statement: String, _ values: [Double]?,
    _ requirement: Check.Requirement, basis: String
  ) -> Check {
    Check(
      kind, name, statement, measured: values.map { Estimate($0).value },
      interval: values.flatMap { Estimate.meanInterval(of: $0) }, requirement, basis: basis)
  }

  private var zeroCheck: Check {
    let exact = 1 - plan.floor
    return Check(
      .agreement, "zero", "excess of the prediction 0 from 1 - the Bayes floor, in standard errors",
      measured: isDone
        ? values.dimensions.map { dimension in
          let mean = Estimate(all(dimension).map(\.zero))
          return abs(mean.value - exact) / mean.standardError
        }.max() : nil, .atMost(4.5),
      basis: "quadrature; the largest of \(values.dimensions.count) dimensions")
  }

  private var inSampleCheck: Check {
    Check(
      .agreement, "in_sample",
      "excess at the training points against its expectation, in standard errors",
      measured: isDone
        ? values.dimensions.flatMap { dimension in
          KernelRatesPlan.comparedSteps.indices.map { place in
            let gaps = Estimate(all(dimension).map { $0.inSampleGaps[place] })
            return abs(gaps.value) / gaps.standardError
          }
        }.max() : nil, .atMost(4.5),
      basis:
        "closed form from eigenvalues; the largest of "
        + "\(values.dimensions.count * KernelRatesPlan.comparedSteps.count) dimensions and steps")
  }

  private func all(_ dimension: Int) -> [KernelRatesPlan.Record] {
    values.counts.flatMap { records(dimension, $0) }
  }
}
