import Glibc
import ScoreCore
import Testing

@Suite struct ProcessContractTests {
  /// Times inside the run, near both ends and between.
  private func times(of process: any ForwardProcess) -> [Double] {
    let (stop, horizon) = (process.stop, process.horizon)
    return [0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99].map { stop + $0 * (horizon - stop) }
      + [0.1, 0.3, 0.6].map { stop * pow(horizon / stop, $0) }
  }

  @Test("Drift and diffusion drive alpha and sigma", arguments: try ProcessSubject.all())
  func equations(subject: ProcessSubject) {
    let process = subject.process
    for time in times(of: process) {
      // The fourth-order difference errs by (h / L)^4 / 30, L the scale of the level, below 1e-7.
      let h = 2e-3 * min(time, process.horizon - time)
      func slope(_ value: (NoiseLevel) -> Double) -> Double {
        func at(_ k: Double) -> Double { value(process.level(at: time + k * h)) }
        return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
      }
      let level = process.level(at: time)
      let (drift, diffusion) = (process.drift(at: time), process.diffusionSquared(at: time))
      let variance = level.sigma * level.sigma
      // Rounding of the levels over h.
      let (alphaNoise, varianceNoise) = (1e-15 * level.alpha / h, 1e-15 * variance / h)
      #expect(
        abs(slope(\.alpha) - drift * level.alpha)
          <= 1e-7 * abs(drift) * level.alpha + alphaNoise, "\(time)")
      #expect(
        abs(slope { $0.sigma * $0.sigma } - (2 * drift * variance + diffusion))
          <= 1e-7 * (2 * abs(drift) * variance + diffusion) + varianceNoise, "\(time)")
    }
  }

  @Test("The weight of a frozen score is its integral", arguments: try ProcessSubject.all())
  func frozenScore(subject: ProcessSubject) {
    let process = subject.process
    let sorted = ([process.stop] + times(of: process)).sorted()
    var total = 0.0
    for (end, start) in zip(sorted, sorted.dropFirst()) {
      let integral = scoreIntegral(process, from: start, to: end)
      total += integral
      let weight = process.frozenScoreWeight(from: start, to: end)
      // The rule's error, and rounding of two levels that are nearly the same.
      let tolerance = 1e-9 + 1e-15 * start / (start - end)
      #expect(abs(weight / integral - 1) <= tolerance, "from \(start) to \(end)")
    }
    let whole = process.frozenScoreWeight(from: sorted[sorted.count - 1], to: sorted[0])
    #expect(abs(whole / total - 1) <= 1e-9)
  }

  /// `int_s^t g^2 / alpha du`, since `d(sigma^2 / alpha^2) = g^2 / alpha^2 dt`, by Simpson's rule
  /// in log time; a panel is below 1e-2 of every scale of the integrand, and (1e-2)^4 / 180 is
  /// left.
  private func scoreIntegral(
    _ process: any ForwardProcess, from start: Double, to end: Double
  ) -> Double {
    let n = 4000
    let h = log(start / end) / Double(n)
    func rate(_ k: Double) -> Double {
      let u = end * exp(k * h)
      return u * process.diffusionSquared(at: u) / process.level(at: u).alpha
    }
    var integral = 0.0
    for k in 0..<n {
      let left = Double(k)
      integral += h / 6 * (rate(left) + 4 * rate(left + 0.5) + rate(left + 1))
    }
    return integral
  }

  @Test("Time, log SNR and level agree with each other", arguments: try ProcessSubject.all())
  func inverse(subject: ProcessSubject) {
    let process = subject.process
    for time in times(of: process) + [process.stop, process.horizon] {
      let level = process.level(at: time)
      #expect(abs(process.time(atLogSNR: level.logSNR) - time) <= 1e-12 * process.horizon)
      let same = process.level(atLogSNR: level.logSNR)
      #expect(abs(same.alpha / level.alpha - 1) < 1e-12)
      #expect(abs(same.sigma / level.sigma - 1) < 1e-12)
    }
  }

  @Test("Signal falls with time, and the run has room", arguments: try ProcessSubject.all())
  func monotone(subject: ProcessSubject) {
    let process = subject.process
    let sorted = ([process.stop, process.horizon] + times(of: process)).sorted()
    #expect(sorted.first == process.stop && sorted.last == process.horizon && process.stop > 0)
    let ratios = sorted.map { process.level(at: $0).logSNR }
    #expect(zip(ratios, ratios.dropFirst()).allSatisfy { $0 > $1 })
    #expect(process.logSNRRange == ratios[ratios.count - 1]...ratios[0])
  }

  @Test("The prior is the distribution at the horizon of data at a single point at the origin")
  func prior() throws {
    for entry in ProcessCatalog.all {
      let process = try entry.make()
      let sigma = process.level(at: process.horizon).sigma
      // The standard members end at noise of the prior's deviation, up to 1e-4.
      #expect(abs(process.priorDeviation / sigma - 1) < 1e-4, "\(entry.name)")
    }
  }

  @Test("Names are unique and found")
  func names() {
    #expect(Set(ProcessCatalog.all.map(\.name)).count == ProcessCatalog.all.count)
    for entry in ProcessCatalog.all {
      #expect(ProcessCatalog.entry(named: entry.name)?.summary == entry.summary)
    }
    #expect(ProcessCatalog.entry(named: "none") == nil)
  }

  @Test("At every corner of its ranges a member is made, or names the parameter at fault")
  func corners() throws {
    for entry in ProcessCatalog.all {
      for corner in ParameterCorners.of(entry.parameters) {
        do throws(ParameterError) {
          let process = try entry.make(corner)
          let range = process.logSNRRange
          #expect(range.lowerBound.isFinite && range.upperBound > range.lowerBound, "\(corner)")
          #expect(process.diffusionSquared(at: process.horizon).isFinite)
          for entry in TimeGridCatalog.all where entry.name != "given" {
            let times = try entry.make().times(stepCount: 40, process: process)
            #expect(zip(times, times.dropFirst()).allSatisfy { $0 > $1 }, "\(corner)")
          }
        } catch {
          #expect(entry.parameters.contains { [$0.name] == error.path }, "\(error)")
        }
      }
    }
  }

  @Test("A stop that is not below the horizon is refused")
  func order() {
    let wrong: [(String, [String: ParameterValue])] = [
      ("ornstein_uhlenbeck", ["horizon": .number(0.5), "stop": .number(0.5)]),
      ("vp", ["horizon": .number(0.01), "stop": .number(0.02)]),
      ("ve", ["sigma_min": .number(5), "sigma_max": .number(0.1)]),
      ("edm", ["sigma_min": .number(5), "sigma_max": .number(5)]),
      ("vp", ["beta_min": .number(2), "beta_max": .number(1)]),
      ("vp", ["horizon": .number(1.01)]), ("cosine", ["horizon": .number(1)]),
      ("flow", ["horizon": .number(1)]), ("flow", ["stop": .number(0)]),
      ("flow", ["horizon": .number(0.5), "stop": .number(0.5)]),
    ]
    for (name, values) in wrong {
      #expect(throws: ParameterError.self) { try ProcessCatalog.entry(named: name)?.make(values) }
    }
    #expect {
      try ProcessCatalog.entry(named: "vp")?.make(["horizon": .number(0.1), "stop": .number(0.2)])
    } throws: {
      "\($0)" == "stop: must be below horizon, which is 0.1, found 0.2"
    }
    #expect {
      try ProcessCatalog.entry(named: "flow")?.make(["horizon": .number(0.5), "stop": .number(0.5)])
    } throws: {
      "\($0)" == "stop: must be below horizon, which is 0.5, found 0.5"
    }
  }
}
