import Glibc
import ScoreCore
import TestSupport
import Testing

/// Where the error lies: the worst points and the shells of distance.
@Suite struct ErrorPlacesTests {
  private static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.001)
  /// One Gaussian about the origin, whose mean is known.
  private static let variance = 0.25
  private static let distribution = GaussianMixture([.init(mean: [0, 0], spread: .isotropic(0.5))])

  private func probe(points: Int = 1000) -> ErrorProbe {
    ErrorProbe(
      distribution: Self.distribution, process: Self.process, levelCount: 5, pointCount: points,
      seed: 3)
  }

  /// A score that is off by 1 / sigma beyond a distance from the centre and exact within.
  private func wrongBeyond(_ radius: Double) -> TestScore {
    TestScore(dimension: 2) { x, level in
      var s = Self.distribution.score(at: x, level: level)
      let squares = x.squaredNorms()
      for row in 0..<s.count where squares[row] > radius * radius { s[row, 0] += 1 / level.sigma }
      return s
    }
  }

  @Test("A survey has the errors of a plain measurement")
  func sameErrors() {
    var (a, b) = (probe(), probe())
    for index in 0..<5 {
      #expect(
        a.survey(wrongBeyond(0.5), levelIndex: index).errors
          == b.measure(wrongBeyond(0.5), levelIndex: index))
    }
  }

  @Test("Shells go outwards, hold every point once and carry all of L2^2")
  func shellsArePartition() {
    var probe = probe()
    for index in 0..<5 {
      let shells = probe.survey(wrongBeyond(0.5), levelIndex: index).places.shells
      let counts: [Int] = shells.map(\.errors.errors.count)
      #expect(counts.reduce(0, +) == 1000)
      #expect(counts.suffix(3) == [50, 40, 10])
      for (near, far) in zip(shells, shells.dropFirst()) {
        #expect(near.inner <= near.outer && near.outer <= far.inner)
      }
      // A sum of 12 shares, each rounded.
      let total: Double = shells.map(\.share).reduce(0, +)
      #expect(abs(total - 1) < 1e-12)
    }
  }

  @Test("An error beyond a distance shows in the shells beyond it and in no other")
  func errorFarOut() {
    var probe = probe()
    let radius = 0.8
    let shells = probe.survey(wrongBeyond(radius), levelIndex: 2).places.shells
    #expect(shells.contains { $0.outer <= radius } && shells.contains { $0.inner > radius })
    for shell in shells {
      if shell.outer <= radius { #expect(shell.share == 0 && shell.errors.mean == 0) }
      // Errors are kept in float32.
      if shell.inner > radius { #expect(abs(shell.errors.mean - 1) < 1e-6 && shell.share > 0) }
    }
  }

  @Test("The worst points are those of the largest errors, with the distribution's density there")
  func worstPoints() {
    var probe = probe()
    let linear = TestScore(dimension: 2) { x, level in
      Points(
        values: Self.distribution.score(at: x, level: level).values.map { 1.5 * $0 }, dimension: 2)
    }
    let level = Self.process.level(at: probe.times[2])
    let (errors, places) = probe.survey(linear, levelIndex: 2)
    #expect(places.worst.map { Float($0.error) } == errors.errors.suffix(10).reversed())
    // Half the score is missing: the error is sigma |x| / (2 variance) of the noisy Gaussian, and
    // so the worst points are the farthest ones.
    let variance = level.alpha * level.alpha * Self.variance + level.sigma * level.sigma
    for point in places.worst {
      let square = point.position.map { $0 * $0 }.reduce(0, +)
      let expected = 0.5 * level.sigma * square.squareRoot() / variance
      #expect(abs(point.error / expected - 1) < 1e-6)
      let logDensity = -square / (2 * variance) - log(2 * Double.pi * variance)
      #expect(abs(point.logDensity - logDensity) < 1e-9)
    }
  }

  @Test("Few points leave shells out, and a score without error has no share")
  func fewPoints() {
    var few = probe(points: 3)
    let places = few.survey(wrongBeyond(0), levelIndex: 1).places
    #expect(places.worst.count == 3 && places.shells.count == 3)
    var exact = probe(points: 50)
    let none = exact.survey(ExactScore(Self.distribution), levelIndex: 1).places
    #expect(none.shells.allSatisfy { $0.share == 0 })
  }

  @Test("An error that is no number leaves the worst points empty")
  func broken() {
    var probe = probe(points: 20)
    let broken = TestScore(dimension: 2) { x, _ in
      Points(values: x.values.map { _ in Double.nan }, dimension: 2)
    }
    #expect(probe.survey(broken, levelIndex: 0).places.worst.isEmpty)
  }

  @Test("The Markov gap is L2 / (sqrt(delta) D_delta)")
  func markovGap() {
    // Ninety-five errors of 1 and five of 3: L2^2 = 0.95 + 0.45, and D_0.05 = 1.
    let errors = ScoreErrorDistribution(
      level: NoiseLevel(alpha: 0.6, sigma: 0.8), time: 0.5,
      unsorted: Array(repeating: 1, count: 95) + Array(repeating: 3, count: 5))
    #expect(abs(errors.markovGap(delta: 0.05) - (1.4 / 0.05).squareRoot()) < 1e-12)
    #expect(abs(errors.mean - 1.1) < 1e-12)
  }
}
