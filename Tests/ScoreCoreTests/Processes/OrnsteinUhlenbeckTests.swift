import Glibc
import ScoreCore
import Testing

@Suite struct OrnsteinUhlenbeckTests {
  static let process = OrnsteinUhlenbeck(horizon: 20, stop: 1e-12)
  static let times = (0...130).map { pow(10, -12 + 0.1 * Double($0)) }

  @Test("The variance is preserved: alpha^2 + sigma^2 = 1", arguments: times)
  func preserving(time: Double) {
    let level = Self.process.level(at: time)
    #expect(abs(level.alpha * level.alpha + level.sigma * level.sigma - 1) < 4e-16)
  }

  @Test("Sigma keeps its digits at small times", arguments: times.filter { $0 < 1e-3 })
  func smallTimes(t: Double) {
    // 1 - e^-2t = 2t (1 - t + 2/3 t^2 - 1/3 t^3 + 2/15 t^4 - ...)
    let series = 2 * t * (1 - t * (1 - t * (2.0 / 3 - t * (1.0 / 3 - t * 2 / 15))))
    let sigma = Self.process.level(at: t).sigma
    #expect(abs(sigma * sigma / series - 1) < 1e-15)
  }

  @Test("Time, log SNR and level agree with each other", arguments: times)
  func roundTrip(time: Double) {
    let level = Self.process.level(at: time)
    let back = Self.process.time(atLogSNR: level.logSNR)
    // exp(log SNR) carries the rounding of a logarithm of size up to 40.
    #expect(abs(back / time - 1) < 4e-14)
    let same = Self.process.level(atLogSNR: level.logSNR)
    #expect(abs(same.alpha / level.alpha - 1) < 4e-14)
    #expect(abs(same.sigma / level.sigma - 1) < 4e-14)
  }

  @Test("The longest run keeps its inverse functions", arguments: [30.0, 300, 700])
  func longRuns(horizon: Double) {
    let process = OrnsteinUhlenbeck(horizon: horizon, stop: 0.001)
    let level = process.level(at: horizon)
    #expect(abs(level.logSNR + 2 * horizon) < 1e-12 * horizon)
    let same = process.level(atLogSNR: level.logSNR)
    // The exponent carries the rounding of a logarithm of twice the horizon.
    #expect(abs(same.alpha / level.alpha - 1) < 4e-16 * horizon && same.sigma == 1)
    #expect(abs(process.time(atLogSNR: level.logSNR) / horizon - 1) < 1e-15)
  }

  @Test("The log SNR range runs from the horizon to the stop")
  func range() {
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
    // log(e^-2t / (1 - e^-2t)) = -log(e^2t - 1)
    #expect(abs(process.logSNRRange.lowerBound + log(expm1(10.0))) < 1e-12)
    #expect(abs(process.logSNRRange.upperBound + log(expm1(0.002))) < 1e-12)
  }
}
