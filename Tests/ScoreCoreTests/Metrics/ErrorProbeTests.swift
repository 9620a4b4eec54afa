import Glibc
import ScoreCore
import TestSupport
import Testing

@Suite struct ErrorProbeTests {
  static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
  static let distribution = ReferenceGaussian(dimension: 2, variance: 0.3)

  private func probe(seed: UInt64 = 3, points: Int = 256) -> ErrorProbe {
    ErrorProbe(
      distribution: Self.distribution, process: Self.process, levelCount: 7, pointCount: points,
      seed: seed)
  }

  private func scaled(_ factor: Double) -> TestScore {
    TestScore(dimension: 2) { x, level in
      Points(
        values: Self.distribution.score(at: x, level: level).values.map { factor * $0 },
        dimension: 2)
    }
  }

  @Test("The levels are even in log SNR and include both ends")
  func levels() {
    let times = probe().times
    #expect(times.first == Self.process.stop && times.last == Self.process.horizon)
    let ratios = times.map { Self.process.level(at: $0).logSNR }
    for k in 1..<6 { #expect(abs(ratios[k - 1] - 2 * ratios[k] + ratios[k + 1]) < 1e-9) }
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("Levels at given times are measured at those times")
  func givenTimes() {
    var probe = ErrorProbe(
      distribution: Self.distribution, process: Self.process, times: [0.02, 0.5], pointCount: 64,
      seed: 3)
    let found = probe.measure(scaled(1), levelIndex: 1)
    #expect(probe.times == [0.02, 0.5] && found.time == 0.5)
    #expect(found.level == Self.process.level(at: 0.5) && found.errors.count == 64)
  }

  @Test("The exact score has no error at all")
  func exactScore() {
    var probe = probe()
    for index in 0..<7 {
      let errors = probe.measure(ExactScore(Self.distribution), levelIndex: index)
      #expect(errors.errors == [Float](repeating: 0, count: 256))
      #expect(errors.time == probe.times[index])
    }
  }

  @Test("A shifted score is wrong by sigma |c| at every quantile")
  func shiftedScore() {
    var probe = probe()
    let shifted = TestScore(dimension: 2) { x, level in
      var s = Self.distribution.score(at: x, level: level)
      for row in 0..<s.count {
        s[row, 0] += 3
        s[row, 1] -= 4
      }
      return s
    }
    for index in 0..<7 {
      let errors = probe.measure(shifted, levelIndex: index)
      let exact = 5 * Self.process.level(at: probe.times[index]).sigma
      // Errors are kept in float32.
      for delta in [0.001, 0.05, 0.5, 0.999] {
        #expect(abs(errors.quantileError(delta: delta) / exact - 1) < 2e-7)
      }
      #expect(abs(errors.l2 / exact - 1) < 2e-7)
    }
  }

  @Test("A scaled score has the L2 error |c| sigma sqrt(I)")
  func scaledScore() throws {
    var probe = probe(points: 4096)
    for index in 0..<7 {
      let level = Self.process.level(at: probe.times[index])
      let information = try #require(Self.distribution.fisherInformation(at: level))
      let l2 = probe.measure(scaled(0.9), levelIndex: index).l2
      // ||s||^2 / I is chi-squared with 2 degrees over 2, of variance 1; five standard errors.
      let ratio = l2 * l2 / (0.01 * level.sigma * level.sigma * information)
      #expect(abs(ratio - 1) < 5 / 64)
    }
  }

  @Test("The points depend on the seed and not on the order of measuring")
  func deterministic() {
    var (forward, backward, other) = (probe(), probe(), probe(seed: 4))
    let a = (0..<7).map { forward.measure(scaled(0.5), levelIndex: $0) }
    let b = (0..<7).reversed().map { backward.measure(scaled(0.5), levelIndex: $0) }
    #expect(a == b.reversed())
    #expect(forward.measure(scaled(0.5), levelIndex: 2) == a[2])
    #expect(other.measure(scaled(0.5), levelIndex: 2) != a[2])
  }
}
