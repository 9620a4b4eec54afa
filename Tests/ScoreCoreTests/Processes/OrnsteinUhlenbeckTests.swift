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

  @Test("Drift and diffusion drive alpha and sigma", arguments: [0.01, 0.1, 0.5, 1, 3])
  func equations(time: Double) {
    let h = 1e-5 * time
    let (before, after) = (Self.process.level(at: time - h), Self.process.level(at: time + h))
    let level = Self.process.level(at: time)
    let drift = Self.process.drift(at: time)
    // d alpha / dt = f alpha;  d sigma^2 / dt = 2 f sigma^2 + g^2.
    let alphaSlope = (after.alpha - before.alpha) / (2 * h)
    #expect(abs(alphaSlope - drift * level.alpha) < 1e-8)
    let varianceSlope =
      (after.sigma * after.sigma - before.sigma * before.sigma) / (2 * h)
    let expected =
      2 * drift * level.sigma * level.sigma + Self.process.diffusionSquared(at: time)
    #expect(abs(varianceSlope - expected) < 1e-8)
  }

  @Test("The log SNR range runs from the horizon to the stop")
  func range() {
    let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
    // log(e^-2t / (1 - e^-2t)) = -log(e^2t - 1)
    #expect(abs(process.logSNRRange.lowerBound + log(expm1(10.0))) < 1e-12)
    #expect(abs(process.logSNRRange.upperBound + log(expm1(0.002))) < 1e-12)
  }
}
