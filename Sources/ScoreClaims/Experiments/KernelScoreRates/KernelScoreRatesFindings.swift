import Glibc
import ScoreCore
import ScoreLab

/// What errors of kernel scores say of the rates.
struct KernelScoreRatesFindings: ExperimentFindings {
  let plan: KernelScoreRatesPlan
  private var sets: [ScoreLaw: [KernelScoreRatesPlan.SetErrors]] = [:]
  private var batches: [ScoreLaw: [KernelScoreRatesPlan.BatchStops]] = [:]
  private var agreement: Double?

  init(_ plan: KernelScoreRatesPlan, _ records: KernelScoreRatesPlan.Records) {
    self.plan = plan
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.errors(let law, _), .errors(let found)): sets[law, default: []].append(found)
      case (.stop(let law, _), .stop(let found)): batches[law, default: []].append(found)
      case (.agreement, .agreement(let found)): agreement = found
      case (_, .errors), (_, .stop), (_, .agreement):
        preconditionFailure("A record is that of its unit.")
      }
    }
  }

  var values: KernelScoreRates { plan.values }

  /// The data sets of a law, once all are there.
  func errors(_ law: ScoreLaw) -> [KernelScoreRatesPlan.SetErrors]? {
    sets[law].flatMap { $0.count == values.repeats ? $0 : nil }
  }

  func stops(_ law: ScoreLaw) -> [KernelScoreRatesPlan.BatchStops]? {
    batches[law].flatMap { $0.count == KernelScoreRates.batchCount ? $0 : nil }
  }

  // MARK: - Powers, one a data set

  func countPowers(_ law: ScoreLaw) -> [Double]? {
    errors(law)?.map { power(values.counts.map { Double($0) }, $0.byCount) }
  }

  func timePowers(_ law: ScoreLaw) -> [Double]? {
    let used = values.usedTimes(law)
    return errors(law)?.map {
      power(Array(values.times(law).prefix(used)), Array($0.byTime[0].prefix(used)))
    }
  }

  func integralPowers(_ law: ScoreLaw) -> [Double]? {
    let used = values.usedTimes(law)
    return errors(law)?.map {
      power(
        Array(values.times(law).prefix(used)),
        Array(integrals($0.byTime[0], law).prefix(used)))
    }
  }

  func stopPowers(_ law: ScoreLaw) -> [Double]? {
    stops(law)?.map { power(values.counts.map { Double($0) }, $0.times) }
  }

  /// The integral of an error over t from each place to the last, by the trapezoidal rule in log t.
  func integrals(_ errors: [Double], _ law: ScoreLaw) -> [Double] {
    let times = values.times(law)
    var (sum, result) = (0.0, [0.0])
    for place in (0..<(times.count - 1)).reversed() {
      let (a, b) = (errors[place] * times[place], errors[place + 1] * times[place + 1])
      sum += log(times[place + 1] / times[place]) * (a + b) / 2
      result.append(sum)
    }
    return result.reversed()
  }

  private func power(_ x: [Double], _ y: [Double]) -> Double {
    LineFit.powerLaw(x: x, y: y)?.slope ?? .nan
  }

  /// The leading term of the error on the uniform law on the line: its length over
  /// `4 sqrt(pi) n t^(3/2)`.
  ///
  /// Derived: the variance of the estimate's slope is `p int K'^2 / n`, over p, and integrated over
  /// the support.
  func leadingTerm(time: Double) -> Double {
    values.side / (4 * Double.pi.squareRoot() * Double(values.mostPoints) * pow(time, 1.5))
  }
}

// MARK: - Checks

extension KernelScoreRatesFindings {
  var checks: [Check] {
    ScoreLaw.allCases.flatMap(rateChecks) + ScoreLaw.onLine.map(stopCheck)
      + [gainCheck, leadingCheck, mixtureCheck]
  }

  private func rateChecks(_ law: ScoreLaw) -> [Check] {
    let (d, onLine) = (Double(law.dimension), law.dimension == 1)
    return [
      Check(
        .claim, "power_n", "power of n of the squared error at one level, \(law.name)",
        meanOf: countPowers(law), .near(-1, tolerance: onLine ? 0.2 : 0.35),
        basis: "-1 up to logarithms of n, which weigh more in the plane"),
      Check(
        .claim, "power_t", "power of t of the squared error, \(law.name)",
        meanOf: timePowers(law), .near(-(d + 2) / 2, tolerance: onLine ? 0.25 : 0.4),
        basis: "-(d + 2) / 2, nearer than that of another dimension"),
      Check(
        .claim, "power_t0", "power of t_0 of the error summed over t >= t_0, \(law.name)",
        meanOf: integralPowers(law), .near(-d / 2, tolerance: onLine ? 0.2 : 0.3),
        basis: "-d / 2, nearer than that of another dimension"),
    ]
  }

  private func stopCheck(_ law: ScoreLaw) -> Check {
    Check(
      .claim, "best_stop", "power of n of the best t_0 for total variation, \(law.name)",
      meanOf: stopPowers(law), .near(law.stopPower, tolerance: law == .uniform ? 0.2 : 0.15),
      basis: "the square of the best bandwidth in L1, from memory; batches of data sets")
  }

  private var gainCheck: Check {
    Check(
      .claim, "bandwidth_gain",
      "log2 of the error with Silverman's bandwidth over that with the noise alone, least t, "
        + ScoreLaw.mixture.name,
      meanOf: errors(.mixture)?.map {
        log2($0.byTime[BandwidthRule.whole.rawValue][0] / $0.byTime[0][0])
      }, .atMost(-1), basis: "a smooth law allows a wider kernel; a factor of 2")
  }

  private var leadingCheck: Check {
    let place = KernelScoreRates.middle
    let term = leadingTerm(time: values.times(.uniform)[place])
    return Check(
      .agreement, "leading_term", "error over its leading term at the middle t, uniform, d = 1",
      meanOf: errors(.uniform)?.map { $0.byTime[0][place] / term }, .near(1, tolerance: 0.25),
      basis: "side / (4 sqrt(pi) n t^1.5); edges and higher orders")
  }

  private var mixtureCheck: Check {
    Check(
      .agreement, "kernel_mixture",
      "largest difference of the kernel score and that of a Gaussian mixture with the same parts",
      measured: agreement, .atMost(1e-9), basis: "another implementation, 200 points in the plane")
  }
}
