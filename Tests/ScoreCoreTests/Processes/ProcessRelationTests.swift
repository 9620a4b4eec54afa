import Glibc
import ScoreCore
import Testing

/// How the processes are one another in other coordinates or clocks.
@Suite struct ProcessRelationTests {
  static let fractions = [0.001, 0.02, 0.1, 0.4, 0.8, 1]

  @Test("VP is Ornstein-Uhlenbeck at half the integral of beta", arguments: fractions)
  func clock(time: Double) {
    let vp = VariancePreserving(betaMinimum: 0.1, betaMaximum: 20)
    // The integral by Simpson's rule, exact for a linear rate.
    let beta = [0, time / 2, time].map { vp.diffusionSquared(at: $0) }
    let integral = time / 6 * (beta[0] + 4 * beta[1] + beta[2])
    let level = OrnsteinUhlenbeck(horizon: 20, stop: 1e-6).level(at: integral / 2)
    #expect(abs(vp.level(at: time).alpha / level.alpha - 1) < 1e-14)
    #expect(abs(vp.level(at: time).sigma / level.sigma - 1) < 1e-14)
    #expect(vp.drift(at: time) == -beta[2] / 2)
  }

  @Test("VP has the coefficients that are printed with the method", arguments: fractions)
  func printed(t: Double) {
    let logMean = -t * t * (20 - 0.1) / 4 - t * 0.1 / 2
    let vp = VariancePreserving().level(at: t)
    #expect(abs(vp.alpha - exp(logMean)) < 1e-15)
    #expect(abs(vp.sigma * vp.sigma - (1 - exp(2 * logMean))) < 1e-15)
    let sub = SubVariancePreserving().level(at: t)
    #expect(abs(sub.alpha - exp(logMean)) < 1e-15)
    #expect(abs(sub.sigma - (1 - exp(2 * logMean))) < 1e-15)
  }

  @Test("The cosine process has the printed signal", arguments: [0.001, 0.1, 0.5, 0.9, 0.992])
  func cosine(t: Double) {
    func f(_ t: Double) -> Double { cos((t + 0.008) / 1.008 * .pi / 2) }
    let level = CosineProcess().level(at: t)
    #expect(abs(level.alpha - f(t) / f(0)) < 1e-14)
    #expect(abs(level.alpha * level.alpha + level.sigma * level.sigma - 1) < 1e-15)
  }

  @Test("The horizon of the cosine process leaves the stated signal")
  func remaining() {
    let process = CosineProcess()
    #expect(abs(process.level(at: process.horizon).alpha - 0.0125) < 1e-4)
  }

  @Test("Fifty of a thousand linear steps leave 78% of the signal")
  func fewSteps() {
    // The chain with beta from 1e-4 to 0.02 in N steps, and its continuous limit.
    for (steps, expected) in [(50, 0.602952), (250, 0.0797025)] {
      let slope: Double = (0.02 - 1e-4) / Double(steps - 1)
      let betas: [Double] = (0..<steps).map { k in 1e-4 + slope * Double(k) }
      let product: Double = betas.reduce(1) { $0 * (1 - $1) }
      #expect(abs(product / expected - 1) < 1e-5)
      let n = Double(steps)
      let process = VariancePreserving(betaMinimum: 1e-4 * n, betaMaximum: 0.02 * n)
      // log(1 - b) and -b differ by b^2 / 2 + b^3 / 3, summed, with b at most 0.02.
      let alpha = process.level(at: 1).alpha
      #expect(abs(2 * log(alpha) - log(product)) < 1.02 * betas.reduce(0) { $0 + $1 * $1 } / 2)
    }
  }

  @Test(
    "A point, its noise and its score change coordinates exactly", arguments: [-6.0, -2, 0, 3, 8])
  func coordinates(logSNR: Double) throws {
    let distribution = try DistributionCatalog.all.filter { $0.name == "ring_of_gaussians" }.map {
      try $0.make(CatalogParameters([:], describedBy: $0.parameters), FixedTable())
    }
    let score = ExactScore(try #require(distribution.first))
    let edm = ElucidatedProcess().level(atLogSNR: logSNR)
    let x = Points(rows: [[0.3, -1], [1.2, 0.4], [-4, 2]])
    for subject in try ProcessSubject.all() {
      let level = subject.process.level(atLogSNR: logSNR)
      #expect(abs(level.sigma / level.alpha / edm.sigma - 1) < 1e-13, "\(subject.name)")
      let here = score.score(at: x, level: level)
      let there = score.score(
        at: Points(values: x.values.map { $0 / level.alpha }, dimension: 2),
        level: NoiseLevel(alpha: 1, sigma: level.sigma / level.alpha))
      let largest = here.values.reduce(0) { max($0, abs($1)) }
      for (a, b) in zip(here.values, there.values) {
        #expect(abs(a - b / level.alpha) < 1e-11 * largest, "\(subject.name)")
      }
    }
  }
}
