import Glibc
import ScoreCore
import Testing

@testable import ScoreLab

/// The angles of samples against the exact ones.
@Suite struct AngularDensityTests {
  @Test("With little noise the exact shares are those of the von Mises density", arguments: [0, 3])
  func shares(concentration: Double) throws {
    let circle = VonMisesCircle(concentration: concentration, radius: 1)
    let law = try #require(circle.angularLaw)
    let shares = AngularDensity.shares(
      of: law, level: NoiseLevel(alpha: 1, sigma: 0.001), bins: 40)
    #expect(abs(shares.reduce(0, +) - 1) <= 1e-12)
    for (bin, share) in shares.enumerated() {
      let low = 2 * Double.pi * (Double(bin) / 40 - 0.5)
      var expected = 0.0
      for part in 0..<1000 {
        let angle = low + (Double(part) + 0.5) * 2 * Double.pi / 40_000
        expected += exp(law.logDensity(angle)) * 2 * Double.pi / 40_000
      }
      // The noise smears the angle by 0.001.
      #expect(abs(share - expected) <= 1e-4)
    }
  }

  @Test("With much noise the exact shares are those of many draws")
  func noisyShares() throws {
    let circle = VonMisesCircle(concentration: 2, radius: 1)
    let law = try #require(circle.angularLaw)
    let level = NoiseLevel(alpha: 0.7, sigma: 0.7)
    let exact = AngularDensity.shares(of: law, level: level, bins: 8)
    let count = 40_000
    var stream = RandomStream(seed: 1, purpose: .test)
    let clean = circle.sample(count: count, using: &stream)
    let x = level.noisy(clean, noise: stream.normals(count: count, dimension: 2))
    let shares = AngularDensity.shares(of: law.angles(of: x), bins: 8)
    for (a, b) in zip(shares, exact) {
      // Four and a half standard errors of a share, eight times.
      #expect(abs(a - b) <= 4.5 * (b * (1 - b) / Double(count)).squareRoot())
    }
  }

  @Test("Exact samples are in the null, whose middle is near (B - 1) / 2 n")
  func null() throws {
    var session = try Session(
      try RunConfiguration.small(
        "distribution.kind=circle", "distribution.dimension=2", "sampler.count=1000"))
    session.show(MeasurementRequest([AngularDensityMeasurement.self]))
    session.train(to: 3)
    session.measureFully()
    let density = try #require(session.measurements.angularDensity)
    #expect(density.sampleCount == 1000 && density.exact.count == 48)
    let middle = 47.0 / 2000
    #expect(density.null.lowerBound < middle && density.null.upperBound > middle)
    #expect(density.null.upperBound < 2 * middle)
    // A network of three steps does not have the density; a uniform angle has the KL of kappa = 2.
    #expect(density.divergence > density.null.upperBound)
    #expect(abs(density.uniform - 0.824) < 0.15)
    #expect(density.history.map(\.step) == [3])
    // Draws of the exact distribution are within the null nine times out of ten.
    let law = try #require(VonMisesCircle(concentration: 2, radius: 1).angularLaw)
    let process = session.configuration.process.make()
    let inside = (0..<40).count { draw in
      var stream = RandomStream(seed: UInt64(draw), purpose: .test)
      let x = session.distribution.noisySample(
        count: 1000, level: process.level(at: process.stop), using: &stream)
      let shares = AngularDensity.shares(of: law.angles(of: x), bins: 48)
      return density.null.contains(AngularDensity.divergence(of: shares, from: density.exact))
    }
    #expect(inside >= 28)
  }

  @Test("Data that are on no circle have no angle")
  func noCircle() throws {
    var session = try Session(try RunConfiguration.small("distribution.kind=two_moons"))
    session.show(MeasurementRequest([AngularDensityMeasurement.self]))
    session.train(to: 3)
    session.measureFully()
    #expect(try #require(session.measurements.angularDensity).exact.isEmpty)
  }
}
